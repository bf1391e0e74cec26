"""When the signatures came: an hour of 20 July 2025 in the public counter of a petition to the Assemblée nationale.

The counter was read about once an hour, so that it gives the rate; the total of the hour and its worst minute are those
that the platform's operators told. Within the minute signatures come as people do: each by itself.
"""

import csv
import gzip
import random
from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

FILE = "petitions/assemblee_nationale_timeseries.csv.gz"
PETITION = "i-3014"
BEGINS = datetime(2025, 7, 20, 10, 0, tzinfo=UTC)
SIGNATURES = 32_274
WORST_MINUTE = 639
PEAK = 30
"""Which minute is the worst: in the middle, where the stages are crossed."""


def counter(data: Path) -> list[tuple[float, int]]:
    """The readings of the counter: moment and signatures."""
    with gzip.open(data / FILE, "rt", encoding="utf-8") as text:
        rows = (row for row in csv.DictReader(text) if row["petition"] == PETITION)
        return sorted(
            (datetime.fromisoformat(row["observed_at_utc"]).replace(tzinfo=UTC).timestamp(), int(row["signatures"]))
            for row in rows
        )


def per_minute(readings: list[tuple[float, int]]) -> list[float]:
    """How many signatures each minute of the hour brought, between two readings as many as in any other minute."""
    moments = [moment for moment, _ in readings]

    def at(moment: float) -> float:
        after = bisect_right(moments, moment)
        (begun, low), (ended, high) = readings[after - 1], readings[after]
        return low + (high - low) * (moment - begun) / (ended - begun)

    start = BEGINS.timestamp()
    return [at(start + 60 * (minute + 1)) - at(start + 60 * minute) for minute in range(60)]


def arrivals(data: Path, speed: float, seed: int = 3014) -> list[float]:
    """When each signature is due, in seconds from the beginning, ``speed`` times as fast as it was."""
    chance = random.Random(seed)
    found = per_minute(counter(data))
    rest = (SIGNATURES - WORST_MINUTE) / sum(number for minute, number in enumerate(found) if minute != PEAK)
    wanted = [WORST_MINUTE if minute == PEAK else number * rest for minute, number in enumerate(found)]
    return sorted(moment / speed for moment in _moments(wanted, chance))


def _moments(wanted: list[float], chance: random.Random) -> Iterator[float]:
    """So many moments in each minute, that all of them together are the hour's signatures."""
    owed = 0.0
    for minute, number in enumerate(wanted):
        owed += number
        due = round(owed)
        owed -= due
        yield from (60 * (minute + chance.random()) for _ in range(due))
