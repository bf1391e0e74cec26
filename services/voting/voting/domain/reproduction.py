"""Which of our rules gives the winners that a city published, or what is different, said and not guessed.

A ranking by a tally and an envelope are not always all that decided: equal projects are taken in another order, one is
left out that fits, one is added, or another rule was used altogether. Given tallies, costs, envelope and official
winners, this module names the simple rules that give exactly these winners, or else the smallest honest account of the
difference.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class SimpleRule(StrEnum):
    """Best tally first, skipping what does not fit or stopping there; ``…_threshold``: below it nothing wins."""

    SKIP = "greedy_skip"
    STOP = "greedy_stop"
    SKIP_THRESHOLD = "greedy_skip_threshold"
    STOP_THRESHOLD = "greedy_stop_threshold"


class Difference(StrEnum):
    """What stands between the official winners and the nearest simple rule."""

    NONE = "none"
    TIE = "tie"
    """Projects with the same tally were taken in another order than the published rule's."""
    LEFT_OUT = "left_out"
    """Projects that fit were not taken, for example because they exclude one another."""
    ADDED = "added"
    """Projects were awarded beyond what the rule gives."""
    OTHER_RULE = "other_rule"
    """The winners do not follow the order of the tally."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A project: what it costs and its tally, in votes or points."""

    id: str
    cost: int
    tally: int


@dataclass(frozen=True, slots=True)
class Account:
    """The rules that give the winners; if none, the nearest one, what differs, and the projects it is about.

    ``missing`` won by the nearest rule and not officially, ``extra`` the other way round.
    """

    rules: tuple[SimpleRule, ...]
    difference: Difference
    nearest: SimpleRule | None = None
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()


def account_for(
    entries: Sequence[Entry], envelope: int, official: frozenset[str], *, threshold: int | None = None
) -> Account:
    """Say how these winners come about. Equal tallies: the cheaper first, then the order given."""
    chosen = {rule: winners(entries, envelope, rule, threshold or 0) for rule in _rules(threshold)}
    exact = tuple(rule for rule, ids in chosen.items() if ids == official)
    if exact:
        return Account(exact, Difference.NONE)
    nearest = min(chosen, key=lambda rule: len(chosen[rule] ^ official))
    ids = chosen[nearest]
    difference = _difference(entries, envelope, official, nearest, threshold or 0)
    order = [entry.id for entry in _ordered(entries)]
    return Account(
        (),
        difference,
        nearest,
        tuple(one for one in order if one in ids - official),
        tuple(one for one in order if one in official - ids),
    )


def _rules(threshold: int | None) -> tuple[SimpleRule, ...]:
    return tuple(SimpleRule) if threshold else (SimpleRule.SKIP, SimpleRule.STOP)


def winners(entries: Sequence[Entry], envelope: int, rule: SimpleRule, threshold: int) -> frozenset[str]:
    """The winners by a simple rule."""
    return _fill(_ordered(entries), envelope, rule, threshold)


def _ordered(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda one: (-one.tally, one.cost))


def _fill(order: Iterable[Entry], envelope: int, rule: SimpleRule, threshold: int) -> frozenset[str]:
    least = threshold if rule in {SimpleRule.SKIP_THRESHOLD, SimpleRule.STOP_THRESHOLD} else 0
    taken: set[str] = set()
    for one in order:
        if one.tally < least:
            continue
        if one.cost <= envelope:
            taken.add(one.id)
            envelope -= one.cost
        elif rule in {SimpleRule.STOP, SimpleRule.STOP_THRESHOLD}:
            break
    return frozenset(taken)


def _difference(
    entries: Sequence[Entry], envelope: int, official: frozenset[str], rule: SimpleRule, threshold: int
) -> Difference:
    by_rule = winners(entries, envelope, rule, threshold)
    favoured = sorted(entries, key=lambda one: (-one.tally, one.id not in official, one.cost))
    if _fill(favoured, envelope, rule, threshold) == official:
        return Difference.TIE
    if by_rule < official:
        return Difference.ADDED
    if _only_left_out(favoured, envelope, official):
        return Difference.LEFT_OUT
    return Difference.OTHER_RULE


def _only_left_out(order: Sequence[Entry], envelope: int, official: frozenset[str]) -> bool:
    """Whether the winners fit one after the other, and what was left out though it fits is rarer than they are."""
    left_out = 0
    for one in order:
        if one.id in official:
            envelope -= one.cost
        elif 0 <= one.cost <= envelope:
            left_out += 1
    return envelope >= 0 and 3 * left_out <= len(official)
