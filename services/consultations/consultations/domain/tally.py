"""From counted rows to results: shares, mean and median, Borda points. Every rule is published on the page it makes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counted:
    """How many answers put ``value`` at ``position`` (0: the first, or the only one)."""

    value: str | int
    position: int
    count: int


@dataclass(frozen=True, slots=True)
class Share:
    """How often an option was chosen, and by how many per cent of those who answered (one decimal)."""

    option: str
    count: int
    percent: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """How often each value of a scale was chosen, with their mean (two decimals) and median."""

    bars: tuple[tuple[int, int], ...]
    mean: float | None
    median: float | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What an option got in a ranking."""

    option: str
    points: int
    first_places: int
    place: int


def answered(rows: Iterable[Counted]) -> int:
    """How many people answered the question: whoever answers gives exactly one value at position 0."""
    return sum(row.count for row in rows if row.position == 0)


def shares(options: Sequence[str], rows: Sequence[Counted]) -> tuple[Share, ...]:
    """Counts per option, in the order of ``options``."""
    people = answered(rows)
    counts = _by_value(rows)
    return tuple(Share(option, counts.get(option, 0), _percent(counts.get(option, 0), people)) for option in options)


def histogram(lowest: int, highest: int, rows: Sequence[Counted]) -> Histogram:
    """Counts per value, with mean and median; both ``None`` when nobody answered."""
    counts = _by_value(rows)
    bars = tuple((value, counts.get(value, 0)) for value in range(lowest, highest + 1))
    people = sum(count for _, count in bars)
    if not people:
        return Histogram(bars, None, None)
    mean = sum(value * count for value, count in bars) / people
    middle = _at(bars, (people - 1) // 2) + _at(bars, people // 2)
    return Histogram(bars, round(mean, 2), middle / 2)


def standings(options: Sequence[str], rows: Sequence[Counted]) -> tuple[Standing, ...]:
    """Borda's count of rankings of ``n`` options, best first.

    A place gives ``n - 1 - position`` points, and none to an option left out. Equal points: more first places first;
    equal in both: the same place, in the order of ``options``.
    """
    most = len(options) - 1
    points = dict.fromkeys(options, 0)
    firsts = dict.fromkeys(options, 0)
    for row in rows:
        option = str(row.value)
        if option in points:
            points[option] += row.count * max(most - row.position, 0)
            firsts[option] += row.count if row.position == 0 else 0
    ordered = sorted(options, key=lambda option: (-points[option], -firsts[option]))
    scores = [(points[option], firsts[option]) for option in ordered]
    return tuple(
        Standing(option, *score, place=scores.index(score) + 1) for option, score in zip(ordered, scores, strict=True)
    )


def _by_value(rows: Iterable[Counted]) -> Mapping[str | int, int]:
    counts: dict[str | int, int] = {}
    for row in rows:
        counts[row.value] = counts.get(row.value, 0) + row.count
    return counts


def _percent(count: int, people: int) -> float:
    return round(100 * count / people, 1) if people else 0.0


def _at(bars: Sequence[tuple[int, int]], rank: int) -> int:
    """The value of the person at ``rank`` (from 0) when all stand in order."""
    for value, count in bars:
        rank -= count
        if rank < 0:
            return value
    raise ValueError("fewer people than the rank")
