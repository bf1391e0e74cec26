"""Winners: the envelope is never exceeded, every project is explained, ties are put in order by the published rule."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from voting.domain.award import Verdict
from voting.domain.ballots import ApprovalBallot
from voting.domain.count import Result, count
from voting.domain.rules import Approval, Candidate, Fill, Rules, TieBreak

RULES = Rules(
    election_id=UUID(int=1),
    slug="vote",
    title={"fr": "Vote"},
    method=Approval(max_choices=3),
    candidates=tuple(
        Candidate(code, {"fr": code}, cost=cost) for code, cost in (("a", 500), ("b", 300), ("c", 300), ("d", 100))
    ),
    opens_at=datetime(2026, 9, 1, tzinfo=UTC),
    closes_at=datetime(2026, 9, 20, tzinfo=UTC),
    envelope=600,
)
BALLOTS = st.lists(st.frozensets(st.sampled_from("abcd"), max_size=3).map(ApprovalBallot), max_size=30)


def counted(rules: Rules, **votes: int) -> Result:
    return count(rules, (ApprovalBallot(frozenset({code})) for code, times in votes.items() for _ in range(times)))


def verdicts(result: Result) -> dict[str, str]:
    return {one.candidate.id: one.verdict.value for one in result.award.placed}


@given(BALLOTS, st.sampled_from(Fill), st.sampled_from(TieBreak))
def test_the_envelope_holds_and_every_project_has_its_place(
    ballots: list[ApprovalBallot], fill: Fill, tie_break: TieBreak
) -> None:
    rules = replace(RULES, fill=fill, tie_break=tie_break, lot_seed="seed")

    result = count(rules, ballots)

    placed = result.award.placed
    assert {one.candidate.id for one in placed} == {"a", "b", "c", "d"}
    assert sum(one.candidate.cost or 0 for one in placed if one.verdict is Verdict.WON) == result.award.spent
    assert (result.award.spent or 0) <= 600
    assert [result.votes[one.candidate.id] for one in placed] == sorted(result.votes.values(), reverse=True)
    for one in placed:
        if one.verdict is Verdict.TOO_EXPENSIVE:
            assert (one.candidate.cost or 0) > (one.available or 0)


def test_skip_takes_what_still_fits_and_stop_does_not() -> None:
    skipped = counted(RULES, a=3, b=2, d=1)
    stopped = counted(replace(RULES, fill=Fill.STOP), a=3, b=2, d=1)

    assert verdicts(skipped) == {"a": "won", "b": "too_expensive", "d": "won", "c": "below_minimum"}
    assert verdicts(stopped) == {"a": "won", "b": "too_expensive", "d": "after_stop", "c": "below_minimum"}
    assert [one.available for one in skipped.award.placed] == [600, 100, 100, 0]


def test_a_tie_is_recorded_with_its_order_and_whether_it_decided() -> None:
    result = counted(RULES, a=2, b=2, c=2)

    (tie,) = result.award.ties
    assert tie.candidate_ids == ("b", "c", "a")
    assert tie.decisive
    assert [one.rank for one in result.award.placed] == [1, 1, 1, 4]


def test_ties_by_the_order_on_the_ballot_and_by_lot() -> None:
    by_order = counted(replace(RULES, tie_break=TieBreak.BALLOT_ORDER), a=2, b=2, c=2)
    lots = {
        counted(replace(RULES, tie_break=TieBreak.LOT, lot_seed=str(seed)), a=2, b=2, c=2).award.ties[0].candidate_ids
        for seed in range(40)
    }

    assert by_order.award.ties[0].candidate_ids == ("a", "b", "c")
    assert len(lots) == 6


def test_without_an_envelope_the_ranking_is_the_result() -> None:
    result = counted(replace(RULES, envelope=None), a=1)

    assert set(verdicts(result).values()) == {"ranked"}
    assert result.award.spent is None


def test_a_project_below_the_minimum_cannot_win() -> None:
    result = counted(replace(RULES, method=Approval(3, minimum_votes=2)), a=2, d=1)

    assert verdicts(result)["d"] == "below_minimum"
