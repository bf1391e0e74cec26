"""From the count to the winners: ties put in order by the published rule, then the envelope is filled.

Everything that happened is kept, so that a page can explain each project: what was left when its turn came, and why it
won or not.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from voting.domain.rules import Candidate, Fill, Rules, TieBreak, excluded_by, names_winners


class Verdict(StrEnum):
    """Why a project won or did not."""

    WON = "won"
    ADOPTED = "adopted"
    COMPLETED = "completed"
    TOO_EXPENSIVE = "too_expensive"
    AFTER_STOP = "after_stop"
    BELOW_MINIMUM = "below_minimum"
    TOO_FEW_GOOD = "too_few_good"
    REJECTED = "rejected"
    EXCLUDED = "excluded"
    NOT_SHARED = "not_shared"
    RANKED = "ranked"


WINS = frozenset({Verdict.WON, Verdict.ADOPTED, Verdict.COMPLETED})
Barrier = Callable[[str], Verdict | None]
"""Why a project cannot win whatever its rank; ``None``: it can."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A project at its place. Projects that the count leaves equal share a rank.

    ``available`` is what was left of the envelope when its turn came; ``excluded_by`` the project chosen instead of it.
    By equal shares: ``price`` is what a supporter paid at most, ``together`` what the supporters of a project that was
    not chosen still had together.
    """

    candidate: Candidate
    rank: int
    verdict: Verdict
    available: int | None = None
    excluded_by: str | None = None
    price: int | None = None
    together: int | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """Projects that the count left equal, in the order given by the tie-break; decisive if only some won."""

    candidate_ids: tuple[str, ...]
    decisive: bool


@dataclass(frozen=True, slots=True)
class Award:
    """Every project at its place, and the ties. ``added``: units of money added to each share, by equal shares."""

    placed: tuple[Placed, ...]
    ties: tuple[Tie, ...]
    spent: int | None
    added: int | None = None

    @property
    def winners(self) -> frozenset[str]:
        """The identifiers of the projects that won."""
        return frozenset(one.candidate.id for one in self.placed if one.verdict in WINS)


def award(rules: Rules, groups: Sequence[Sequence[int]], barrier: Barrier) -> Award:
    """Order and fill. ``groups`` are positions of candidates, best first, equals together."""
    order = in_order(rules, groups)
    placed = tuple(fill(rules, order, barrier))
    won = {one.candidate.id for one in placed if one.verdict in WINS}
    return Award(placed, ties(order, won), None if rules.envelope is None else spent(placed))


def in_order(rules: Rules, groups: Sequence[Sequence[int]]) -> list[list[Candidate]]:
    """The groups with their equal projects put in the order of the tie-break."""
    place = tie_break_order(rules)
    return [[rules.candidates[one] for one in sorted(group, key=place.__getitem__)] for group in groups]


def tie_break_order(rules: Rules) -> list[int]:
    """For each position of a candidate its turn between equals, the smaller the earlier."""

    def by_cost(position: int) -> tuple[int, int]:
        return rules.candidates[position].cost or 0, position

    def by_lot(position: int) -> str:
        return hashlib.sha256(f"{rules.lot_seed}:{rules.candidates[position].id}".encode()).hexdigest()

    orders: dict[TieBreak, Callable[[int], tuple[int, int] | str | int]] = {
        TieBreak.LOWER_COST: by_cost,
        TieBreak.BALLOT_ORDER: int,
        TieBreak.LOT: by_lot,
    }
    turns = sorted(range(len(rules.candidates)), key=orders[rules.tie_break])
    return [place for _, place in sorted((position, place) for place, position in enumerate(turns))]


def ranks(order: Sequence[Sequence[Candidate]]) -> dict[str, int]:
    """The rank of each project: equal ones share theirs."""
    found: dict[str, int] = {}
    for group in order:
        rank = len(found) + 1
        found.update((candidate.id, rank) for candidate in group)
    return found


def fill(rules: Rules, order: Sequence[Sequence[Candidate]], barrier: Barrier) -> Iterable[Placed]:
    """Each project in turn, with what becomes of it."""
    available, stopped = rules.envelope, False
    excludes, excluded, place = excluded_by(rules), dict[str, str](), ranks(order)
    for candidate in (one for group in order for one in group):
        by = excluded.get(candidate.id)
        verdict = barrier(candidate.id) or (Verdict.EXCLUDED if by else None)
        if not names_winners(rules):
            verdict = Verdict.RANKED
        if verdict is None:
            verdict = Verdict.ADOPTED if available is None else _by_money(candidate, available, stopped=stopped)
        yield Placed(candidate, place[candidate.id], verdict, available, by if verdict is Verdict.EXCLUDED else None)
        if verdict in WINS:
            available = None if available is None else available - (candidate.cost or 0)
            excluded |= {other: candidate.id for other in excludes.get(candidate.id, ()) if other not in excluded}
        stopped = stopped or (verdict is Verdict.TOO_EXPENSIVE and rules.fill is Fill.STOP)


def _by_money(candidate: Candidate, available: int, *, stopped: bool) -> Verdict:
    if stopped:
        return Verdict.AFTER_STOP
    return Verdict.WON if (candidate.cost or 0) <= available else Verdict.TOO_EXPENSIVE


def ties(order: Sequence[Sequence[Candidate]], won: set[str]) -> tuple[Tie, ...]:
    """The groups of more than one project."""
    return tuple(tie([one.id for one in group], won) for group in order if len(group) > 1)


def tie(ids: Sequence[str], won: set[str]) -> Tie:
    """One group of equal projects."""
    return Tie(tuple(ids), 0 < sum(id_ in won for id_ in ids) < len(ids))


def spent(placed: Iterable[Placed]) -> int:
    """What the winners cost."""
    return sum(one.candidate.cost or 0 for one in placed if one.verdict in WINS)
