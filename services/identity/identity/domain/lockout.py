"""A lock-out that grows with failures: guessing a password takes longer than a life, forgetting one costs minutes.

Failures are counted per login, whether or not an account has it, and before the password is looked at, so that
guesses made at the same time count one by one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil


@dataclass(frozen=True, slots=True)
class LockRules:
    """From the ``failures``-th failure on, wait 1, 2, 4 … minutes, at most ``longest``; forgotten after ``memory``."""

    failures: int = 5
    longest: timedelta = timedelta(hours=24)
    memory: timedelta = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Failures:
    """The failures of one login in a row."""

    count: int = 0
    last_at: datetime | None = None
    locked_until: datetime | None = None


def seconds_to_wait(state: Failures, now: datetime) -> int:
    """How long no attempt is looked at; 0 if one may be made now."""
    if state.locked_until is None or state.locked_until <= now:
        return 0
    return ceil((state.locked_until - now).total_seconds())


def attempt(state: Failures, now: datetime, rules: LockRules) -> Failures:
    """The state once one more attempt is counted as a failure; success wipes it."""
    remembered = state.last_at is not None and now - state.last_at < rules.memory
    count = (state.count if remembered else 0) + 1
    return Failures(count, now, _locked_until(count, now, rules))


def _locked_until(count: int, now: datetime, rules: LockRules) -> datetime | None:
    if count < rules.failures:
        return None
    doublings = min(count - rules.failures, 20)
    return now + min(timedelta(minutes=2**doublings), rules.longest)
