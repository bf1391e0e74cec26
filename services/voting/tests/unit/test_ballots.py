"""Ballots and receipts: one text for one ballot, a code that only its voter knows."""

import json
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from voting.domain.ballots import (
    ApprovalBallot,
    Ballot,
    JudgmentBallot,
    KnapsackBallot,
    OpinionBallot,
    PointsBallot,
    RankingBallot,
    check,
    decode,
    encode,
)
from voting.domain.errors import Invalid
from voting.domain.rules import (
    LATER_FORMAT,
    Approval,
    Blanks,
    Completion,
    EqualShares,
    ForAgainst,
    GoodOpinions,
    Grade,
    Knapsack,
    MajorityJudgment,
    Opinion,
    Points,
    Ranking,
    Rules,
    SharesUse,
    sha256,
)
from voting.domain.rules_text import canonical, from_document, to_document
from voting.domain.secrecy import box_key, pseudonym, receipt, receipt_hash

from services.voting.tests.unit.test_award import RULES

SCALE = MajorityJudgment(tuple(Grade(code, {"fr": code}) for code in ("good", "poor")), Blanks.WORST)
JUDGED = replace(RULES, method=SCALE)
APPROVALS = st.frozensets(st.sampled_from("abcd"), max_size=3).map(ApprovalBallot)
JUDGMENTS = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["good", "poor"])).map(JudgmentBallot)
POINTED = replace(RULES, method=Points(6, 3))
POINTS = st.dictionaries(st.sampled_from("abcd"), st.integers(1, 3), max_size=2).map(PointsBallot)
ASKED = replace(RULES, method=ForAgainst())
OPINIONS = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(Opinion)).map(OpinionBallot)
PACKED = replace(RULES, method=Knapsack())
KNAPSACKS = st.frozensets(st.sampled_from("bcd"), max_size=2).map(KnapsackBallot)
RANKED = replace(RULES, method=Ranking(3))
RANKINGS = st.lists(st.sampled_from("abcd"), max_size=3, unique=True).map(tuple).map(RankingBallot)
WAYS: dict[type[Ballot], Rules] = {
    OpinionBallot: ASKED,
    KnapsackBallot: PACKED,
    RankingBallot: RANKED,
    ApprovalBallot: RULES,
    JudgmentBallot: JUDGED,
    PointsBallot: POINTED,
}
KEY = box_key(b"secret", b"salt", UUID(int=1))


@given(st.one_of(APPROVALS, JUDGMENTS, POINTS, OPINIONS, KNAPSACKS, RANKINGS))
def test_a_ballot_is_read_back_as_it_was_written(ballot: Ballot) -> None:
    assert decode(WAYS[type(ballot)], encode(ballot)) == ballot


@pytest.mark.parametrize("text", ["b,a", "a,a", "z", "a,b,c,d", "a,", ",", "a=good", " a"])
def test_text_that_no_ballot_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode(RULES, text)


@pytest.mark.parametrize("text", ["b=1,a=1", "a=0", "a=-1", "a=04", "a=4", "a=3,b=3,c=1", "z=1", "a", "a=x", "a=1,a=2"])
def test_text_that_no_ballot_of_points_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode(POINTED, text)


@pytest.mark.parametrize("text", ["a>a", "a>", ">", "a,b", "a>b>c>d", "z", "a=1"])
def test_text_that_no_ranking_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode(RANKED, text)


def test_everything_wrong_with_a_ballot_is_said_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        check(RULES, ApprovalBallot(frozenset("abcdz")))

    assert [problem.code for problem in refused.value.problems] == ["unknown-project", "too-many-choices"]


def test_the_hash_of_rules_published_before_stays_what_it_was() -> None:
    """Two hashes that the first version of the rules' text had."""
    assert sha256(canonical(RULES, 1)) == "1d468215a1b36057afe5d98d7eb4421689a455875695dd1e532343f7690ab15a"
    assert sha256(canonical(JUDGED, 1)) == "1c35e228ff2c95501becdc3e266a94a8825310f6b11de2ae87201b07f587eb23"


LATER = (
    replace(RULES, method=Approval(3, minimum_percent=5)),
    replace(RULES, exclusions=(("a", "b"), ("c", "d"))),
    replace(RULES, equal_shares=EqualShares(SharesUse.RULE, Completion.ADD_ONE)),
    POINTED,
    ASKED,
    PACKED,
    RANKED,
    replace(JUDGED, method=replace(SCALE, good_opinions=GoodOpinions("good", 50))),
)


def test_rules_are_read_back_and_hash_alike() -> None:
    assert all(json.loads(canonical(rules, 1))["format"] == LATER_FORMAT for rules in LATER)
    for rules in (RULES, JUDGED, *LATER):
        again = from_document(to_document(rules))
        assert again == rules
        assert sha256(canonical(again, 1)) == sha256(canonical(rules, 1))
        assert sha256(canonical(rules, 2)) != sha256(canonical(rules, 1))


def test_a_receipt_depends_on_everything_and_repeats_for_the_same_cast() -> None:
    voter, cast = pseudonym(KEY, uuid4()), uuid4()

    code = receipt(KEY, voter, cast, "a,b")

    assert code == receipt(KEY, voter, cast, "a,b")
    others = {
        receipt(KEY, voter, cast, "a"),
        receipt(KEY, voter, uuid4(), "a,b"),
        receipt(KEY, pseudonym(KEY, uuid4()), cast, "a,b"),
        receipt(box_key(b"secret", b"other", UUID(int=1)), voter, cast, "a,b"),
    }
    assert code not in others
    assert len(others) == 4
    assert [len(group) for group in code.split("-")] == [4] * 5


def test_a_receipt_is_recognised_however_it_is_typed() -> None:
    assert receipt_hash("0a1b-2C3D 4EFG-HJKM-NPQR") == receipt_hash("OAIB2C3D4EFGHJKMNPQR")
