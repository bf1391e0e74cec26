"""Refresh tokens are used once. One that comes back late is in two hands, and its session ends."""

from datetime import datetime, timedelta
from enum import Enum, auto


class Verdict(Enum):
    """What a presented refresh token deserves."""

    ROTATE = auto()
    """It is the current one: the next takes its place."""
    REPEAT = auto()
    """It was replaced a moment ago, by another tab or in an answer that got lost: the same successor again."""
    REUSED = auto()
    """It was replaced long ago: somebody has a copy."""


def judge(presented: int, current: int, rotated_at: datetime, now: datetime, grace: timedelta) -> Verdict:
    """Compare the generation of a genuine token with the session's current one."""
    if presented == current:
        return Verdict.ROTATE
    if presented == current - 1 and now - rotated_at <= grace:
        return Verdict.REPEAT
    return Verdict.REUSED
