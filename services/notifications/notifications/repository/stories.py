"""Stories: written once by a handler, told by a job, people after people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row
from sqlalchemy.dialects import postgresql

from notifications.domain.stories import Audience, Story
from notifications.domain.words import Interest, Priority, Topic
from notifications.tables import story


@dataclass(frozen=True, slots=True)
class Telling:
    """A story and how far it has been told: up to this account of this audience."""

    story: Story
    audience_at: int
    account_at: UUID | None


class Stories:
    """The same event is one story, however often it comes."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, new: Story) -> bool:
        """Write a story to be told; ``False`` if it was there."""
        statement = postgresql.insert(story).values(_row(new)).on_conflict_do_nothing().returning(story.c.id)
        return self._connection.execute(statement).first() is not None

    def next_untold(self) -> Telling | None:
        """The most urgent story not told to everybody yet, held until the end of the transaction.

        A story for a crowd is not among them before the crowd has been told.
        """
        return self._next(story.c.crowd.is_(None))

    def next_for_a_crowd(self) -> Telling | None:
        """The most urgent story whose crowd has not been told yet."""
        return self._next(story.c.crowd.isnot(None))

    def _next(self, which: sa.ColumnElement[bool]) -> Telling | None:
        wanted = sa.select(story).where(story.c.told_at.is_(None), which)
        query = wanted.order_by(story.c.priority, story.c.occurred_at).limit(1).with_for_update(skip_locked=True)
        row = self._connection.execute(query).first()
        return None if row is None else Telling(_story(row), row.audience_at, row.account_at)

    def crowd_told(self, id_: UUID) -> None:
        """Note that the crowd of a story has been told."""
        self._connection.execute(sa.update(story).where(story.c.id == id_).values(crowd=None, account_at=None))

    def told_until(self, id_: UUID, audience: int, account: UUID | None) -> None:
        """Note how far a story has been told."""
        place = {"audience_at": audience, "account_at": account}
        self._connection.execute(sa.update(story).where(story.c.id == id_).values(place))

    def told(self, id_: UUID, now: datetime) -> None:
        """Note that everybody has been told."""
        self._connection.execute(sa.update(story).where(story.c.id == id_).values(told_at=now))

    def by_ids(self, ids: Iterable[UUID]) -> dict[UUID, Story]:
        """These stories."""
        query = sa.select(story).where(story.c.id.in_(list(set(ids))))
        return {row.id: _story(row) for row in self._connection.execute(query)}

    def forget(self, account: UUID) -> None:
        """Erase the stories that were for this person alone, and its name from those it caused."""
        self._connection.execute(sa.delete(story).where(story.c.account_id == account))
        caused = sa.update(story).where(story.c.except_for == account).values(except_for=None)
        self._connection.execute(caused)

    def drop_before(self, moment: datetime) -> None:
        """Drop what was told before ``moment``, its notices and mails included."""
        self._connection.execute(sa.delete(story).where(story.c.told_at < moment, story.c.occurred_at < moment))


def _row(new: Story) -> dict[str, Any]:
    kind, key = new.subject or (None, None)
    return {
        "id": new.id,
        "kind": new.kind,
        "priority": new.priority.value,
        "occurred_at": new.occurred_at,
        "parameters": dict(new.parameters),
        "subject_kind": kind,
        "subject_key": key,
        "account_id": new.account,
        "audiences": [[a.interest.value, a.key, a.topic.value] for a in new.audiences],
        "except_for": new.except_for,
        "in_inbox": new.in_inbox,
        "crowd": new.crowd,
    }


def _story(row: Row) -> Story:
    return Story(
        id=row.id,
        kind=row.kind,
        priority=Priority(row.priority),
        occurred_at=row.occurred_at,
        parameters=row.parameters,
        subject=None if row.subject_kind is None else (row.subject_kind, row.subject_key),
        account=row.account_id,
        audiences=tuple(Audience(Interest(i), key, Topic(topic)) for i, key, topic in row.audiences),
        except_for=row.except_for,
        in_inbox=row.in_inbox,
        crowd=row.crowd,
    )
