"""The winners by the Method of Equal Shares, explained project by project as those of the ranking are."""

from collections.abc import Iterable, Mapping, Sequence

from voting.domain.award import (
    Award,
    Barrier,
    Placed,
    Tie,
    Verdict,
    in_order,
    ranks,
    spent,
    tie,
    tie_break_order,
)
from voting.domain.equal_shares import Market, Shares, group, share, share_adding_one
from voting.domain.rules import Candidate, Completion, EqualShares, Rules, excluded_by

_ADDING = frozenset({Completion.ADD_ONE, Completion.ADD_ONE_MOST_VOTES})
_FILLING = frozenset({Completion.MOST_VOTES, Completion.ADD_ONE_MOST_VOTES})


def award_by_shares(
    rules: Rules,
    method: EqualShares,
    groups: Sequence[Sequence[int]],
    barrier: Barrier,
    ballots: Mapping[frozenset[str], int],
) -> Award:
    """Choose by equal shares. ``groups`` is the ranking by votes, ``ballots`` how often each ballot was cast.

    The list stays in the order of the ranking; what was bought is told by each project's verdict.
    """
    count = share_adding_one if method.completion in _ADDING else share
    shares = count(_market(rules, barrier), group(ballots, [one.id for one in rules.candidates]))
    order = in_order(rules, groups)
    placed = tuple(_placed(rules, shares, order, barrier))
    if method.completion in _FILLING:
        placed = tuple(_completed(rules, placed))
    won = {one.candidate.id for one in placed if one.verdict in {Verdict.WON, Verdict.COMPLETED}}
    return Award(placed, tuple(_ties(rules, shares, won)), spent(placed), shares.added)


def _market(rules: Rules, barrier: Barrier) -> Market:
    places = {one.id: place for place, one in enumerate(rules.candidates)}
    return Market(
        costs=[one.cost or 0 for one in rules.candidates],
        envelope=rules.envelope or 0,
        order=tie_break_order(rules),
        barred=frozenset(place for id_, place in places.items() if barrier(id_)),
        exclusions={places[id_]: [places[one] for one in others] for id_, others in excluded_by(rules).items()},
    )


def _placed(rules: Rules, shares: Shares, order: Sequence[Sequence[Candidate]], barrier: Barrier) -> Iterable[Placed]:
    bought = {rules.candidates[one.project].id: one.price for one in shares.bought}
    left = {rules.candidates[place].id: money for place, money in shares.left.items()}
    excludes, place = excluded_by(rules), ranks(order)
    for candidate in (one for group_ in order for one in group_):
        id_, rank = candidate.id, place[candidate.id]
        by = next((one for one in bought if one in excludes.get(id_, ())), None)
        if id_ in bought:
            yield Placed(candidate, rank, Verdict.WON, price=bought[id_])
        elif barred := barrier(id_):
            yield Placed(candidate, rank, barred)
        elif by:
            yield Placed(candidate, rank, Verdict.EXCLUDED, excluded_by=by)
        else:
            yield Placed(candidate, rank, Verdict.NOT_SHARED, together=left.get(id_, 0))


def _completed(rules: Rules, placed: Sequence[Placed]) -> Iterable[Placed]:
    """Fill what is left of the envelope in the order of the ranking, skipping what does not fit."""
    available = (rules.envelope or 0) - spent(placed)
    excludes, excluded = excluded_by(rules), dict[str, str]()
    for one in placed:
        id_, cost = one.candidate.id, one.candidate.cost or 0
        if one.verdict is not Verdict.NOT_SHARED:
            yield one
        elif id_ in excluded:
            yield Placed(one.candidate, one.rank, Verdict.EXCLUDED, available, excluded[id_])
        elif cost > available:
            yield Placed(one.candidate, one.rank, Verdict.TOO_EXPENSIVE, available, together=one.together)
        else:
            yield Placed(one.candidate, one.rank, Verdict.COMPLETED, available)
            available -= cost
            excluded |= dict.fromkeys(excludes.get(id_, ()), id_)


def _ties(rules: Rules, shares: Shares, won: set[str]) -> Iterable[Tie]:
    """The projects that once asked exactly as much of their supporters."""
    for purchase in shares.bought:
        if purchase.equals:
            yield tie([rules.candidates[place].id for place in purchase.equals], won)
