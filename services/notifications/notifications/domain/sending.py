"""May this mail leave now? Asked at the moment of sending, since people change their minds while mails wait."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from notifications.domain.delivery import State
from notifications.domain.words import LOCKED, EmailMode, Preferences, Priority, Topic, end_of_quiet

CAPPED = frozenset({Priority.FOLLOW_UP, Priority.NEWS})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mail that is due."""

    topic: Topic
    priority: Priority
    is_digest: bool
    sent_this_week: int
    """Mails of news this person got in seven days, digests not counted."""


@dataclass(frozen=True, slots=True)
class Decision:
    """``state`` is PENDING to send it (now, or from ``not_before`` on), WAITING for the digest, or CANCELLED."""

    state: State
    not_before: datetime | None = None


SEND_NOW = Decision(State.PENDING)


def decide(mail: Candidate, preferences: Preferences, now: datetime, zone: ZoneInfo) -> Decision:
    """What to do with a mail that is due. What protects the account always leaves."""
    if mail.topic is LOCKED and not mail.is_digest:
        return SEND_NOW
    if preferences.suspended or not _wanted(mail, preferences):
        return Decision(State.CANCELLED)
    quiet = end_of_quiet(preferences, now, zone)
    if quiet is not None:
        return Decision(State.PENDING, quiet)
    if _goes_to_digest(mail, preferences):
        return Decision(State.WAITING)
    return SEND_NOW


def _wanted(mail: Candidate, preferences: Preferences) -> bool:
    return mail.is_digest or preferences.of(mail.topic).email is not EmailMode.NEVER


def _goes_to_digest(mail: Candidate, preferences: Preferences) -> bool:
    if mail.is_digest:
        return False
    too_many = mail.priority in CAPPED and mail.sent_this_week >= preferences.weekly_cap
    return too_many or preferences.of(mail.topic).email is EmailMode.DAILY
