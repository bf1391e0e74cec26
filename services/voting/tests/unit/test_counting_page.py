"""The rules as docs/counting.md publishes them, run from the page itself, and the program must do the same."""

import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from voting.domain.award import tie_break_order
from voting.domain.ballots import ApprovalBallot, KnapsackBallot, OpinionBallot, PointsBallot, RankingBallot, check
from voting.domain.count import count
from voting.domain.equal_shares import Market, group, share
from voting.domain.errors import Invalid
from voting.domain.judgment import compare
from voting.domain.rules import Fill, ForAgainst, Knapsack, Opinion, Points, Ranking, TieBreak, excluded_by

from services.voting.tests.unit.test_award import RULES
from services.voting.tests.world import ROOT


def published() -> dict[str, Any]:
    """The functions of the page."""
    page = (ROOT / "docs" / "counting.md").read_text(encoding="utf-8")
    found: dict[str, Any] = {"Fraction": Fraction, "sha256": sha256}
    for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(block, found)
    return found


PAGE = published()
SMALL = settings(max_examples=60, deadline=None)
VOTES = st.lists(st.frozensets(st.sampled_from("abcd"), max_size=3), max_size=12)


@given(st.integers(1, 9).flatmap(lambda n: st.tuples(*[st.lists(st.integers(0, 3), min_size=n, max_size=n)] * 2)))
@SMALL
def test_majority_judgment(pair: tuple[list[int], list[int]]) -> None:
    first, second = (PAGE["majority_value"](grades) for grades in pair)
    profiles = [tuple(grades.count(grade) for grade in range(4)) for grades in pair]
    order = compare(profiles[0], profiles[1])

    assert (order < 0, order > 0) == (first < second, first > second)


POINTS = st.dictionaries(st.sampled_from("abcd"), st.integers(1, 3), max_size=2)


@given(st.lists(POINTS, max_size=9))
@SMALL
def test_points(ballots: list[dict[str, int]]) -> None:
    result = count(replace(RULES, method=Points(6, 3)), map(PointsBallot, ballots))

    assert result.points == PAGE["points_of"]("abcd", ballots)
    ordered = [result.points[one.candidate.id] for one in result.award.placed]
    assert ordered == sorted(ordered, reverse=True)


@given(
    st.lists(st.dictionaries(st.sampled_from("abcd"), st.sampled_from(Opinion)), max_size=9),
    st.sampled_from([0, 50, 66]),
    st.integers(0, 2),
)
@SMALL
def test_for_and_against(ballots: list[dict[str, Opinion]], majority: int, minimum: int) -> None:
    rules = replace(RULES, method=ForAgainst(majority, minimum), envelope=None)
    on = {one: [ballot[one] for ballot in ballots if one in ballot] for one in "abcd"}

    result = count(rules, map(OpinionBallot, ballots))

    assert result.award.winners == {one for one in "abcd" if PAGE["passes"](on[one], majority, minimum)}
    lead = [
        on[one.candidate.id].count(Opinion.FOR) - on[one.candidate.id].count(Opinion.AGAINST)
        for one in result.award.placed
    ]
    assert lead == sorted(lead, reverse=True)


@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=3, unique=True).map(tuple), max_size=9))
@SMALL
def test_ranking(ballots: list[tuple[str, ...]]) -> None:
    result = count(replace(RULES, method=Ranking(3)), map(RankingBallot, ballots))

    assert result.points == PAGE["borda"]("abcd", ballots, 3)
    ordered = [result.points[one.candidate.id] for one in result.award.placed]
    assert ordered == sorted(ordered, reverse=True)


@given(st.frozensets(st.sampled_from("abcd")))
@SMALL
def test_a_knapsack(choices: frozenset[str]) -> None:
    rules = replace(RULES, method=Knapsack())
    try:
        check(rules, KnapsackBallot(choices))
        accepted = True
    except Invalid:
        accepted = False

    assert accepted == PAGE["affordable"](choices, {one.id: one.cost for one in rules.candidates}, rules.envelope)


@given(st.text("0123456789abcdef", min_size=1))
@SMALL
def test_the_lot(seed: str) -> None:
    rules = replace(RULES, tie_break=TieBreak.LOT, lot_seed=seed)
    turns = tie_break_order(rules)
    ours = sorted((turns[place], one.id) for place, one in enumerate(rules.candidates))

    assert PAGE["by_lot"](seed, ["a", "b", "c", "d"]) == [id_ for _, id_ in ours]


@given(VOTES, st.sampled_from(Fill), st.sampled_from([(), (("b", "c"),), (("a", "b"), ("b", "d"))]))
@SMALL
def test_filling_the_envelope(ballots: list[frozenset[str]], fill: Fill, exclusions: tuple[Any, ...]) -> None:
    rules = replace(RULES, fill=fill, exclusions=exclusions)
    result = count(rules, map(ApprovalBallot, ballots))
    order = [one.candidate.id for one in result.award.placed]
    cost = {one.id: one.cost for one in rules.candidates}
    excludes = {id_: excluded_by(rules).get(id_, frozenset()) for id_ in cost}

    chosen = PAGE["fill"](order, cost, rules.envelope, fill.value, lambda one: result.votes[one] > 0, excludes)

    assert result.award.winners == set(chosen)


@given(VOTES.filter(bool), st.integers(0, 40))
@SMALL
def test_equal_shares(ballots: list[frozenset[str]], envelope: int) -> None:
    cost = {"a": 12, "b": 5, "c": 5, "d": 9}
    order = list(cost)
    market = Market(list(cost.values()), envelope, range(4))

    ours = [order[one.project] for one in share(market, group(Counter(ballots), order)).bought]

    assert ours == PAGE["equal_shares"](order, cost, ballots, Fraction(envelope, len(ballots)))
