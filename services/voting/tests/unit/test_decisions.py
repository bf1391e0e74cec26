"""Decisions on top of a count: with a reason, by whoever may, beside the count and never in it."""

import json
from uuid import uuid4

import pytest
from contracts.errors import Fault, FaultCode
from contracts.voting import BallotsFormat, DecideProject, ElectionView, ResultView
from voting.use_cases import deciding

from services.voting.tests.unit.test_results import file_of, result_of, voted
from services.voting.tests.world import World, citizen, manager

REASON = {"fr": "Le conseil le finance sur son propre budget."}


def published(world: World) -> ElectionView:
    election = voted(world)
    world.count(election.id)
    return election


def decide(world: World, election: ElectionView, project: str, kind: str, **changes: object) -> ResultView:
    content = {"id": uuid4(), "election_id": election.id, "candidate_id": project, "kind": kind, "reason": REASON}
    return deciding.decide_project(world.resources, world.manager, DecideProject.model_validate(content | changes))


def test_a_decision_stands_beside_the_count(world: World) -> None:
    election = published(world)
    before, file = result_of(world, election), file_of(world, election, BallotsFormat.JSON)

    decide(world, election, "bikes", "awarded")
    after = decide(world, election, "shade", "withdrawn")

    assert [(one.candidate_id, one.kind, one.reason, one.role) for one in after.decisions] == [
        ("bikes", "awarded", REASON, "campaign_manager"),
        ("shade", "withdrawn", REASON, "campaign_manager"),
    ]
    assert after.model_copy(update={"decisions": ()}) == before
    assert file_of(world, election, BallotsFormat.JSON) == file
    assert "decisions" not in json.loads(file)["result"]
    assert [(one["candidate_id"], one["kind"]) for one in world.events("project_decided.v1")] == [
        ("bikes", "awarded"),
        ("shade", "withdrawn"),
    ]


def test_a_rejected_proposal_can_be_carried_out_without_an_envelope_and_a_ranked_project_cannot(world: World) -> None:
    proposals = world.open(method={"kind": "for_against"}, envelope=None)
    ranked = world.open(envelope=None)
    for one in (proposals, ranked):
        world.count(one.id)

    after = decide(world, proposals, "shade", "awarded")
    with pytest.raises(Fault) as refused:
        decide(world, ranked, "shade", "awarded")

    assert [one.kind for one in after.decisions] == ["awarded"]
    assert refused.value.reason == "nothing-to-award"


def test_the_same_decision_again_is_one_and_another_under_its_identifier_a_conflict(world: World) -> None:
    election, id_ = published(world), uuid4()

    first = decide(world, election, "bikes", "awarded", id=id_)
    again = decide(world, election, "bikes", "awarded", id=id_)
    with pytest.raises(Fault) as refused:
        decide(world, election, "benches", "awarded", id=id_)

    assert first == again
    assert len(again.decisions) == 1
    assert len(world.events("project_decided.v1")) == 1
    assert refused.value.code is FaultCode.CONFLICT


def test_a_decision_that_changes_nothing_is_refused_and_one_can_be_taken_back(world: World) -> None:
    election = published(world)

    for project, kind, reason in (("shade", "awarded", "already-chosen"), ("bikes", "withdrawn", "not-chosen")):
        with pytest.raises(Fault) as refused:
            decide(world, election, project, kind)
        assert refused.value.reason == reason
    decide(world, election, "shade", "withdrawn")
    assert len(decide(world, election, "shade", "awarded").decisions) == 2


def test_everything_wrong_with_a_decision_is_said_at_once(world: World) -> None:
    with pytest.raises(Fault) as refused:
        decide(world, published(world), "nowhere", "awarded", reason={"en": "Because we want to."})

    assert [(one.pointer, one.code) for one in refused.value.errors] == [
        ("/candidate_id", "unknown-project"),
        ("/reason/fr", "missing"),
    ]


def test_only_a_manager_of_the_place_decides_and_only_after_the_count(world: World) -> None:
    election = voted(world)
    with pytest.raises(Fault) as early:
        decide(world, election, "bikes", "awarded")
    world.count(election.id)
    for caller in (citizen(), manager("75012")):
        world.manager = caller
        with pytest.raises(Fault) as refused:
            decide(world, election, "bikes", "awarded")
        assert refused.value.code is FaultCode.FORBIDDEN

    assert early.value.reason == "no-result-yet"
    assert result_of(world, election).decisions == ()
