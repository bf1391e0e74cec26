"""Stories: what happened, told once to each person concerned, however many reasons they have to hear of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from notifications.domain.words import TOPIC_OF, Choice, EmailMode, Interest, Priority, Topic

Parameters = Mapping[str, str | int | float | bool | None]
DIGEST = "daily-digest"
_DIGESTS = UUID("6f9b7a52-6f0e-5d0a-9a53-2f1f6c1f8a10")


@dataclass(frozen=True, slots=True)
class Audience:
    """Everybody who has one interest in one thing. ``topic`` overrides the one the interest has by itself."""

    interest: Interest
    key: str
    topic_override: Topic | None = None

    @property
    def topic(self) -> Topic:
        """Under which line of their preferences these people hear of it."""
        return self.topic_override or TOPIC_OF[self.interest]


@dataclass(frozen=True, slots=True)
class Story:
    """One event, as it will be told. Its identifier is the event's: it cannot be told twice."""

    id: UUID
    kind: str
    priority: Priority
    occurred_at: datetime
    parameters: Parameters = field(default_factory=dict)
    subject: tuple[str, str] | None = None
    """Kind and key of what it is about (``("dossier", "PAR-2026-004217")``)."""
    account: UUID | None = None
    """The one person it is for; ``None``: the audiences."""
    audiences: tuple[Audience, ...] = ()
    """From the closest to the farthest: a person in several hears of it as the first."""
    except_for: UUID | None = None
    """Who did it, and needs not be told."""
    in_inbox: bool = True
    crowd: UUID | None = None
    """A merge of dossiers whose supporters are told as well; ideas says who they are, when they are told."""


def too_old(occurred_at: datetime, now: datetime, limit: timedelta) -> bool:
    """Whether telling it would only surprise: a service deployed late learns the past without mailing it."""
    return now - occurred_at > limit


def digest_id(account: UUID, moment: datetime) -> UUID:
    """The identifier of a person's digest of one day: the same however often it is asked."""
    return uuid5(_DIGESTS, f"{account}|{moment.isoformat()}")


def mail_state(choice: Choice, priority: Priority) -> str | None:
    """How a new mail begins: ``pending``, ``waiting`` for the digest, or not at all."""
    if choice.email is EmailMode.NEVER:
        return None
    return "waiting" if choice.email is EmailMode.DAILY and priority is not Priority.SECURITY else "pending"
