"""Writes stories down, unless they are too old to be news."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from chassis.event_log import Meta

from notifications.domain.stories import Audience, Parameters, Story, too_old
from notifications.domain.words import Interest, Priority
from notifications.repository import Transaction


@dataclass(frozen=True, slots=True)
class News:
    """What there is to tell about a thing, and to whom."""

    kind: str
    priority: Priority
    about: tuple[str, str]
    to: tuple[Audience, ...]
    parameters: Parameters = field(default_factory=dict)
    except_for: UUID | None = None
    crowd: UUID | None = None
    """A merge whose supporters are told as well."""


@dataclass(frozen=True, slots=True)
class Reporter:
    """One event, and the transaction in which it is heard."""

    tx: Transaction
    meta: Meta
    stale_after: timedelta

    def tell(self, news: News) -> None:
        """Tell everybody who has one of these interests."""
        self._write(
            Story(
                id=self.meta.id,
                kind=news.kind,
                priority=news.priority,
                occurred_at=self.meta.occurred_at,
                parameters=news.parameters,
                subject=news.about,
                audiences=news.to,
                except_for=news.except_for,
                crowd=news.crowd,
            )
        )

    def tell_owner(self, account: UUID, kind: str, parameters: Parameters, *, in_inbox: bool) -> None:
        """Tell the owner of an account something that protects it."""
        self._write(
            Story(
                id=self.meta.id,
                kind=kind,
                priority=Priority.SECURITY,
                occurred_at=self.meta.occurred_at,
                parameters=parameters,
                account=account,
                in_inbox=in_inbox,
            )
        )

    def interested(self, account: UUID | None, interest: Interest, key: str) -> None:
        """Note that somebody wrote or answered something, and will want to hear what becomes of it."""
        if account is not None:
            self.tx.people.know([account])
            self.tx.followers.add(account, interest, key)

    def _write(self, story: Story) -> None:
        if not too_old(story.occurred_at, self.tx.now, self.stale_after):
            self.tx.stories.add(story)
