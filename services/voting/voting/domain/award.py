"""From the count to the winners: ties put in order by the published rule, then the envelope is filled.

Everything that happened is kept, so that a page can explain each project: what was left when its turn came, and why it
won or not.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from voting.domain.rules import Candidate, Fill, Rules, TieBreak


class Verdict(StrEnum):
    """Why a project won or did not."""

    WON = "won"
    TOO_EXPENSIVE = "too_expensive"
    AFTER_STOP = "after_stop"
    BELOW_MINIMUM = "below_minimum"
    RANKED = "ranked"


@dataclass(frozen=True, slots=True)
class Placed:
    """A project at its place. Projects that the count leaves equal share a rank."""

    candidate: Candidate
    rank: int
    verdict: Verdict
    available: int | None


@dataclass(frozen=True, slots=True)
class Tie:
    """Projects that the count left equal, in the order given by the tie-break; decisive if only some won."""

    candidate_ids: tuple[str, ...]
    decisive: bool


@dataclass(frozen=True, slots=True)
class Award:
    """Every project at its place, and the ties."""

    placed: tuple[Placed, ...]
    ties: tuple[Tie, ...]
    spent: int | None


def award(rules: Rules, groups: Sequence[Sequence[int]], may_win: Callable[[str], bool]) -> Award:
    """Order and fill. ``groups`` are positions of candidates, best first, equals together."""
    order = [_broken(rules, group) for group in groups]
    ranks = _ranks(order)
    placed = tuple(_fill(rules, [one for group in order for one in group], ranks, may_win))
    won = {one.candidate.id for one in placed if one.verdict is Verdict.WON}
    ties = tuple(_tie(group, won) for group in order if len(group) > 1)
    spent = (
        None if rules.envelope is None else sum(one.candidate.cost or 0 for one in placed if one.candidate.id in won)
    )
    return Award(placed, ties, spent)


def _broken(rules: Rules, group: Sequence[int]) -> list[Candidate]:
    def by_cost(position: int) -> tuple[int, int]:
        return rules.candidates[position].cost or 0, position

    def by_lot(position: int) -> str:
        return hashlib.sha256(f"{rules.lot_seed}:{rules.candidates[position].id}".encode()).hexdigest()

    orders: dict[TieBreak, Callable[[int], tuple[int, int] | str | int]] = {
        TieBreak.LOWER_COST: by_cost,
        TieBreak.BALLOT_ORDER: int,
        TieBreak.LOT: by_lot,
    }
    return [rules.candidates[position] for position in sorted(group, key=orders[rules.tie_break])]


def _ranks(order: Sequence[Sequence[Candidate]]) -> dict[str, int]:
    ranks: dict[str, int] = {}
    for group in order:
        rank = len(ranks) + 1
        ranks.update((candidate.id, rank) for candidate in group)
    return ranks


def _fill(
    rules: Rules, order: Iterable[Candidate], ranks: dict[str, int], may_win: Callable[[str], bool]
) -> Iterable[Placed]:
    available, stopped = rules.envelope, False
    for candidate in order:
        verdict = _verdict(candidate, available, stopped=stopped, may_win=may_win(candidate.id))
        yield Placed(candidate, ranks[candidate.id], verdict, available)
        if verdict is Verdict.WON and available is not None:
            available -= candidate.cost or 0
        stopped = stopped or (verdict is Verdict.TOO_EXPENSIVE and rules.fill is Fill.STOP)


def _verdict(candidate: Candidate, available: int | None, *, stopped: bool, may_win: bool) -> Verdict:
    if available is None:
        return Verdict.RANKED
    if not may_win:
        return Verdict.BELOW_MINIMUM
    if stopped:
        return Verdict.AFTER_STOP
    return Verdict.WON if (candidate.cost or 0) <= available else Verdict.TOO_EXPENSIVE


def _tie(group: Sequence[Candidate], won: set[str]) -> Tie:
    winners = sum(candidate.id in won for candidate in group)
    return Tie(tuple(candidate.id for candidate in group), 0 < winners < len(group))
