"""Winners: the envelope is never exceeded, every project is explained, ties are put in order by the published rule."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st
from voting.domain.award import Verdict
from voting.domain.ballots import ApprovalBallot, JudgmentBallot
from voting.domain.count import Result, count
from voting.domain.rules import (
    Approval,
    Blanks,
    Candidate,
    Completion,
    EqualShares,
    Fill,
    GoodOpinions,
    Grade,
    MajorityJudgment,
    Rules,
    SharesUse,
    TieBreak,
)
from voting.domain.winner_rules import winner_problems

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


def test_a_share_of_the_ballots_can_be_asked_for() -> None:
    """Exactly the share is enough; blank ballots count among all."""
    rules = replace(RULES, method=Approval(3, minimum_percent=50))
    ballots = [ApprovalBallot(frozenset("a"))] * 2 + [ApprovalBallot(frozenset("d"))] + [ApprovalBallot(frozenset())]

    assert verdicts(count(rules, ballots)) == {
        "a": "won",
        "d": "too_few_good",
        "b": "below_minimum",
        "c": "below_minimum",
    }


def test_a_share_of_good_opinions_can_be_asked_for() -> None:
    """Of three who judge a project, two thirds say well of it; the others' silence is no opinion."""
    scale = MajorityJudgment(
        tuple(Grade(code, {"fr": code}) for code in ("love", "like", "no")),
        Blanks.IGNORED,
        None,
        GoodOpinions("like", 66),
    )
    rules = replace(RULES, method=scale)
    ballots = [JudgmentBallot({"a": "love"}), JudgmentBallot({"a": "like", "d": "like"}), JudgmentBallot({"a": "no"})]
    strict = replace(scale, good_opinions=GoodOpinions("like", 67))

    assert verdicts(count(rules, ballots)) == {"a": "won", "d": "won", "b": "below_minimum", "c": "below_minimum"}
    assert verdicts(count(replace(rules, method=strict), ballots))["a"] == "too_few_good"


def test_of_incompatible_projects_the_better_one_wins() -> None:
    rules = replace(RULES, exclusions=(("b", "c", "d"),))

    result = counted(rules, b=3, c=2, d=1)

    assert verdicts(result) == {"b": "won", "c": "excluded", "d": "excluded", "a": "below_minimum"}
    assert {one.excluded_by for one in result.award.placed[1:3]} == {"b"}


def test_a_project_that_does_not_fit_excludes_nobody() -> None:
    rules = replace(RULES, exclusions=(("c", "d"),), envelope=250)

    assert verdicts(counted(rules, c=3, d=2))["d"] == "won"


def by_shares(completion: Completion, use: SharesUse = SharesUse.RULE, **changes: object) -> Rules:
    return replace(RULES, equal_shares=EqualShares(use, completion), **changes)  # type: ignore[arg-type]


def test_equal_shares_as_the_rule() -> None:
    """Six ballots, 100 each: a's four cannot pay its 500; d's two pay 50 each, then b's cannot pay 300."""
    rules = by_shares(Completion.NONE)

    result = counted(rules, a=4, d=2)

    assert verdicts(result) == {"a": "not_shared", "d": "won", "b": "below_minimum", "c": "below_minimum"}
    assert {one.candidate.id: (one.price, one.together) for one in result.award.placed[:2]} == {
        "a": (None, 400),
        "d": (50, None),
    }
    assert (result.award.spent, result.by_shares) == (100, None)


def test_what_equal_shares_leave_goes_by_votes_or_by_adding_one() -> None:
    filled = counted(by_shares(Completion.MOST_VOTES), a=4, d=2)
    added = counted(by_shares(Completion.ADD_ONE), a=4, d=2)

    assert verdicts(filled)["a"] == "completed"
    assert filled.award.spent == 600
    assert verdicts(added)["a"] == "won"
    assert added.award.added == 25


def test_equal_shares_as_information_change_nothing() -> None:
    plain = counted(RULES, a=4, d=2)
    informed = counted(by_shares(Completion.NONE, SharesUse.INFORMATION), a=4, d=2)

    assert informed.award == plain.award
    assert informed.by_shares
    assert informed.by_shares.winners == {"d"}


@given(BALLOTS, st.sampled_from(Completion))
@settings(max_examples=50, deadline=None)
def test_equal_shares_keep_to_the_envelope_and_to_what_excludes(
    ballots: list[ApprovalBallot], completion: Completion
) -> None:
    result = count(by_shares(completion, exclusions=(("b", "c"),)), ballots)

    won = result.award.winners
    assert (result.award.spent or 0) <= 600
    assert not {"b", "c"} <= won
    assert all(result.votes[one] for one in won)


def test_everything_wrong_about_winners_is_said_at_once() -> None:
    wrong = by_shares(Completion.NONE, exclusions=(("a", "x"), ("b", "b")), envelope=None)

    problems = winner_problems(wrong)

    assert [(one.pointer, one.code) for one in problems] == [
        ("/exclusions/0", "unknown-project"),
        ("/exclusions/1", "too-few-projects"),
        ("/envelope", "missing"),
    ]
