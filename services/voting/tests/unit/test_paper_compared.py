"""Two counts of a place side by side: nobody sees another's first, then every number that differs, with its pointer."""

from uuid import uuid4

import pytest
from chassis.auth import Caller
from contracts.errors import Fault, FaultCode
from contracts.voting.sealed_paper import PaperEntries, PaperState, ReadPaperEntries
from voting.sealed import comparing

from services.voting.tests.sealed_world import JUDGMENT, SealedVote
from services.voting.tests.unit.test_sealed_paper import HERE, enter, officer, seen
from services.voting.tests.world import World, citizen


def look(vote: SealedVote, agent: Caller, place: str = HERE) -> PaperEntries:
    request = ReadPaperEntries(election_id=vote.drafted.id, place=place)
    return comparing.read_paper_entries(vote.world.resources, agent, request)


@pytest.fixture
def vote(world: World) -> SealedVote:
    vote = SealedVote.open(world, trustees=2, threshold=1)
    vote.close()
    return vote


def test_nobody_sees_anothers_count_before_their_own(vote: SealedVote) -> None:
    first, second = officer(), officer()
    assert (look(vote, first).state, look(vote, first).entered) == (None, 0)
    enter(vote, first)
    blind = look(vote, second)
    assert (blind.state, blind.entered, blind.entries, blind.differences) == (PaperState.WAITING, 1, (), ())
    assert [one.mine for one in look(vote, first).entries] == [True]


def test_every_number_that_differs_is_named_with_its_pointer_ones_own_first(vote: SealedVote) -> None:
    first, second = officer(), officer()
    enter(vote, first)
    enter(vote, second, envelopes=11, votes={"shade": 7})
    for agent, turn in ((first, 1), (second, -1)):
        found = look(vote, agent)
        assert [one.mine for one in found.entries] == [True, False]
        assert {one.pointer: one.numbers[::turn] for one in found.differences} == {
            "/envelopes": (10, 11),
            "/votes/bikes": (5, 0),
        }
    assert look(vote, vote.world.manager).entries == (), "who has not counted sees no numbers"


def test_a_place_says_how_often_a_count_was_entered_anew(vote: SealedVote) -> None:
    first, second = officer(), officer()
    enter(vote, first)
    enter(vote, first)
    assert seen(vote)[0].changed == 0, "the same again is no change"
    enter(vote, second, votes={"shade": 6})
    enter(vote, second)
    (settled,) = seen(vote)
    assert (settled.state, settled.changed) == (PaperState.SETTLED, 1)
    assert look(vote, first).differences == ()


def test_grades_are_compared_one_by_one(world: World) -> None:
    vote = SealedVote.open(world, method=JUDGMENT, envelope=None, trustees=2, threshold=1)
    vote.close()
    best, worst = vote.drafted.grades[0].code, vote.drafted.grades[-1].code
    first, second = officer(), officer()
    enter(vote, first, grades={"shade": {best: 4, worst: 1}})
    enter(vote, second, grades={"shade": {best: 4, worst: 2}})
    (difference,) = look(vote, first).differences
    assert (difference.pointer, difference.numbers) == (f"/grades/shade/{worst}", (1, 2))


def test_it_is_for_agents_of_that_place(vote: SealedVote) -> None:
    for stranger in (citizen(), officer("75013"), Caller(uuid4())):
        with pytest.raises(Fault) as fault:
            look(vote, stranger)
        assert fault.value.code is FaultCode.FORBIDDEN
