"""How often something may be asked for, judged from when it was."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil


def seconds_to_wait(times: Sequence[datetime], count: int, window: timedelta, now: datetime) -> int:
    """How long until one more is allowed, if at most ``count`` are within ``window``; ``times`` are oldest first."""
    recent = [time for time in times if now - time < window]
    if len(recent) < count:
        return 0
    return max(1, ceil((recent[-count] + window - now).total_seconds()))
