"""The life of one mail: what may happen to it, and what each answer of a mail server means.

At most once for news, at least once for security: a mail whose handing over was cut off may have arrived. It is sent
again only if it protects the account, where a second copy does less harm than none.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from notifications.domain.words import Priority


class State(StrEnum):
    """Where a mail is."""

    WAITING = "waiting"
    """For the daily digest."""
    PENDING = "pending"
    """To be sent from ``not_before`` on."""
    HANDING = "handing"
    """Being handed over: if nobody stamps it after this, nobody knows whether it left."""
    SENT = "sent"
    DIGESTED = "digested"
    """Told in a digest."""
    CANCELLED = "cancelled"
    """No longer wanted, or nobody to send it to."""
    FAILED = "failed"
    UNCERTAIN = "uncertain"


class Verdict(StrEnum):
    """What came of an attempt."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    """For good: this mail, or this mailbox."""
    POSTPONED = "postponed"
    """A temporary trouble of this mail or mailbox."""
    UNREACHABLE = "unreachable"
    """Our own mail server does not serve us now: nobody's mail leaves, and no attempt counts."""
    CUT_OFF = "cut-off"
    """The connection ended after the text had been given and before the answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the mail server said, without any address."""

    verdict: Verdict
    status: str = ""
    """The enhanced status code (RFC 3463), or the reply code when there is none."""
    bad_mailbox: bool = False
    """The mailbox itself was refused for good: other mails would be too."""


@dataclass(frozen=True, slots=True)
class Next:
    """What a mail becomes after an attempt."""

    state: State
    not_before: datetime
    failure: str | None = None
    """Why it was given up (the contract's ``FailureReason``)."""


_CALM = tuple(timedelta(minutes=m) for m in (2, 10, 30, 120, 360, 720, 1440))
_URGENT = tuple(timedelta(seconds=s) for s in (15, 60, 300, 900, 1800, 3600, 3600, 7200, 14400))
UNREACHABLE_PAUSE = timedelta(seconds=30)


def backoff(priority: Priority, attempts: int) -> timedelta | None:
    """How long to wait after the ``attempts``-th failed attempt; ``None``: give up."""
    waits = _URGENT if priority is Priority.SECURITY else _CALM
    return waits[attempts - 1] if attempts <= len(waits) else None


def after(answer: Answer, priority: Priority, attempts: int, now: datetime) -> Next:
    """What becomes of a mail after its ``attempts``-th attempt (this one included)."""
    match answer.verdict:
        case Verdict.ACCEPTED:
            return Next(State.SENT, now)
        case Verdict.REFUSED:
            return Next(State.FAILED, now, "refused")
        case Verdict.UNREACHABLE:
            return Next(State.PENDING, now + UNREACHABLE_PAUSE)
        case Verdict.POSTPONED:
            return _later(priority, attempts, now)
        case Verdict.CUT_OFF:
            return cut_off(priority, attempts, now)


def cut_off(priority: Priority, attempts: int, now: datetime) -> Next:
    """What becomes of a mail of which nobody knows whether it left."""
    if priority is Priority.SECURITY:
        return _later(priority, attempts, now)
    return Next(State.UNCERTAIN, now, "uncertain")


def _later(priority: Priority, attempts: int, now: datetime) -> Next:
    wait = backoff(priority, attempts)
    return Next(State.FAILED, now, "expired") if wait is None else Next(State.PENDING, now + wait)
