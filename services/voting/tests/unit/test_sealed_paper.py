"""Paper beside a sealed vote: counted twice at each place, published once both agree, never mixed."""

from typing import Any
from uuid import uuid4

import pytest
from chassis.auth import Caller, Grant
from contracts.errors import Fault, FaultCode
from contracts.voting import ElectionRef
from contracts.voting.sealed_paper import EnterPaperCount, PaperCounts, PaperPlace, PaperState
from voting import queries
from voting.sealed import paper

from services.voting.tests.sealed_world import JUDGMENT, NOBODY, SealedVote
from services.voting.tests.world import World, citizen

HERE = "75012"


def officer(place: str = HERE) -> Caller:
    return Caller(uuid4(), 250, (Grant("counter_officer", frozenset({place})),))


@pytest.fixture
def vote(world: World) -> SealedVote:
    vote = SealedVote.open(world, trustees=2, threshold=1)
    vote.close()
    return vote


def enter(vote: SealedVote, agent: Caller, *, envelopes: int = 10, place: str = HERE, **counted: Any) -> PaperCounts:
    content = counted or {"votes": {"shade": 7, "bikes": 5}}
    request = EnterPaperCount(election_id=vote.drafted.id, place=place, envelopes=envelopes, **content)
    return paper.enter_paper_count(vote.world.resources, agent, request)


def seen(vote: SealedVote) -> tuple[PaperPlace, ...]:
    request = ElectionRef(election=vote.drafted.slug)
    return paper.get_paper_counts(vote.world.resources, NOBODY, request).places


def test_a_place_is_published_once_two_agents_have_entered_the_same(vote: SealedVote) -> None:
    first, second = officer(), officer()
    enter(vote, first)
    assert seen(vote) == (PaperPlace(place=HERE, state=PaperState.WAITING),), "nobody sees the first count"
    enter(vote, first)
    assert seen(vote)[0].state is PaperState.WAITING, "one agent alone settles nothing"
    enter(vote, second, votes={"shade": 7, "bikes": 5, "books": 0})
    (settled,) = seen(vote)
    assert (settled.state, settled.envelopes, settled.votes) == (PaperState.SETTLED, 10, {"shade": 7, "bikes": 5})


def test_a_difference_blocks_until_it_is_gone(vote: SealedVote) -> None:
    first, second = officer(), officer()
    enter(vote, first)
    enter(vote, second, votes={"shade": 6})
    assert seen(vote) == (PaperPlace(place=HERE, state=PaperState.DIFFERENT),)
    enter(vote, second)
    assert seen(vote)[0].state is PaperState.SETTLED


def test_a_settled_count_is_final(vote: SealedVote) -> None:
    first, second = officer(), officer()
    for agent in (first, second):
        enter(vote, agent)
    enter(vote, first)
    with pytest.raises(Fault) as fault:
        enter(vote, first, votes={"shade": 1})
    assert (fault.value.code, fault.value.reason) == (FaultCode.CONFLICT, "already-settled")


def test_every_error_is_named_at_once(vote: SealedVote) -> None:
    with pytest.raises(Fault) as fault:
        enter(vote, vote.world.manager, place="nowhere", envelopes=1, votes={"shade": 2, "moon": 1})
    assert {(one.pointer, one.code) for one in fault.value.errors} == {
        ("/place", "unknown-place"),
        ("/votes/moon", "unknown-project"),
        ("/votes/shade", "more-than-envelopes"),
        ("/votes", "more-than-choices"),
    }


def test_grades_are_counted_where_grades_are_given(world: World) -> None:
    vote = SealedVote.open(world, method=JUDGMENT, envelope=None, trustees=2, threshold=1)
    vote.close()
    code = vote.drafted.grades[0].code
    for agent in (officer(), officer()):
        enter(vote, agent, grades={"shade": {code: 4}})
    assert seen(vote)[0].grades == {"shade": {code: 4}}
    with pytest.raises(Fault) as fault:
        enter(vote, officer("75013"), place="75013", grades={"shade": {"moon": 1, code: 11}})
    assert {one.code for one in fault.value.errors} == {"unknown-grade", "more-than-envelopes"}
    with pytest.raises(Fault):
        enter(vote, officer("75013"), place="75013", votes={"shade": 1})


def test_paper_is_counted_after_the_closing_by_agents_of_that_place(vote: SealedVote) -> None:
    for stranger in (citizen(), officer("75013")):
        with pytest.raises(Fault) as fault:
            enter(vote, stranger)
        assert fault.value.code is FaultCode.FORBIDDEN
    early = SealedVote.open(vote.world, trustees=2, threshold=1)
    with pytest.raises(Fault) as fault:
        enter(early, officer())
    assert fault.value.reason == "vote-not-closed"


def test_paper_stands_beside_the_sealed_result_and_is_not_in_it(vote: SealedVote) -> None:
    vote.world.register.paper = 12
    for agent in (officer(), officer()):
        enter(vote, agent)
    vote.open_sum(1)
    reference = ElectionRef(election=vote.drafted.slug)
    result = queries.get_result(vote.world.resources, NOBODY, reference)
    assert (result.ballots, {one.votes for one in result.ranking}) == (0, {0})
    counts = paper.get_paper_counts(vote.world.resources, NOBODY, reference)
    assert (counts.struck_off, counts.places[0].envelopes) == (12, 10)
    vote.world.register.unreachable = True
    assert paper.get_paper_counts(vote.world.resources, NOBODY, reference).struck_off is None
