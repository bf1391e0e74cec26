"""Majority judgment with the usual tie-break (Balinski and Laraki): equal majority grades are removed one by one.

A profile is how many ballots give each grade, best grade first. Profiles with different totals (blanks ignored) are
compared as shares, exactly, in integers: as if every ballot were copied until the totals are equal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cmp_to_key

Profile = tuple[int, ...]
_Run = tuple[int, int]
"""So many ballots in a row give this grade (0 is the best)."""


@dataclass(frozen=True, slots=True)
class Gauge:
    """The majority grade's position (``None``: nobody judged) and how many ballots give more, and less."""

    grade: int | None
    above: int
    below: int


def gauge(profile: Profile) -> Gauge:
    """The majority grade: the one that at least half of the ballots give or exceed, the lower of two medians."""
    total = sum(profile)
    if total == 0:
        return Gauge(None, 0, 0)
    at_least = 0
    for grade, count in enumerate(profile):
        at_least += count
        if 2 * at_least > total:
            return Gauge(grade, at_least - count, total - at_least)
    raise AssertionError("unreachable: the whole is more than half of itself")


def compare(first: Profile, second: Profile) -> int:
    """Negative if ``first`` is better, positive if ``second`` is, 0 if no removal of ballots tells them apart.

    Removing the majority grade again and again visits the ballots from the middle outwards, the lower neighbour before
    the upper one: so are the two profiles walked, in runs of equal grades.
    """
    total, other = sum(first), sum(second)
    if not total or not other:
        return (not total) - (not other)
    ours, theirs = _halves(first, other), _halves(second, total)
    runs = [list(reversed(half)) for half in (*ours, *theirs)]
    while runs[0]:
        lower, upper, lower_2, upper_2 = (half[-1][1] for half in runs)
        if lower != lower_2:
            return lower - lower_2
        if upper != upper_2:
            return upper - upper_2
        _advance(runs)
    return 0


def ranking(profiles: Sequence[Profile]) -> list[list[int]]:
    """The positions of the profiles from best to worst; those that nothing tells apart stand together."""
    key = cmp_to_key(compare)
    order = sorted(range(len(profiles)), key=lambda position: key(profiles[position]))
    groups: list[list[int]] = []
    for position in order:
        if groups and compare(profiles[groups[-1][0]], profiles[position]) == 0:
            groups[-1].append(position)
        else:
            groups.append([position])
    return groups


def _halves(profile: Profile, factor: int) -> tuple[list[_Run], list[_Run]]:
    """The runs from the middle down to the worst, and from the middle up to the best, each ballot copied 2 × factor."""
    half = sum(profile) * factor
    counts = [(2 * factor * count, grade) for grade, count in enumerate(profile)]
    return _take(list(reversed(counts)), half)[::-1], _take(counts, half)[::-1]


def _take(runs: Sequence[_Run], length: int) -> list[_Run]:
    taken: list[_Run] = []
    for count, grade in runs:
        part = min(count, length)
        length -= part
        if part:
            taken.append((part, grade))
    return taken


def _advance(runs: list[list[_Run]]) -> None:
    """Go on to where the next run ends in any of the halves, which are all of the same length."""
    step = min(half[-1][0] for half in runs)
    for half in runs:
        count, grade = half.pop()
        if count > step:
            half.append((count - step, grade))
