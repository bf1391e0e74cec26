"""The trustees make the key of a sealed vote together, in public; then its rules are frozen."""

import json
from uuid import UUID

import pytest
from belenios.base58 import DIGITS, is_uuid
from belenios.ceremony import new_seed
from belenios.election import read_election
from belenios.groups import group_named
from belenios.trustees import check_trustees, decryption_keys, read_trustees
from chassis.auth import Caller
from contracts.errors import Fault, FaultCode
from contracts.voting import CancelElection, DraftElection, ElectionRef, ReviseElection, State
from contracts.voting.sealed import InviteTrustee, MissingStep, Phase, RestartCeremony, Step
from hypothesis import given
from hypothesis import strategies as st
from voting.sealed import ceremony, views
from voting.sealed.questions import uuid_of
from voting.use_cases import closing, preparing

from services.voting.tests.sealed_world import JUDGMENT, SealedVote, sealed_draft
from services.voting.tests.world import World, ballot, citizen

ALL = (1, 2, 3)


@pytest.fixture
def vote(world: World) -> SealedVote:
    return SealedVote.draft(world)


def test_the_ceremony_is_public_and_says_what_is_missing(vote: SealedVote) -> None:
    assert (vote.view.phase, vote.view.missing) == (Phase.CEREMONY, (MissingStep(step=Step.CERTIFICATE, places=ALL),))

    vote.send(2, Step.CERTIFICATE)

    request = ElectionRef(election=vote.drafted.slug)
    shown = views.get_sealed_election(vote.world.resources, Caller(), request)
    assert shown.missing == (MissingStep(step=Step.CERTIFICATE, places=(1, 3)),)
    assert [bool(one.certificate) for one in shown.trustees] == [False, True, False]


def test_before_the_first_invitation_the_draft_is_known_to_its_managers_only(world: World) -> None:
    drafted = preparing.draft_election(world.resources, world.manager, sealed_draft())
    with pytest.raises(Fault) as fault:
        views.get_sealed_election(world.resources, citizen(), ElectionRef(election=drafted.slug))
    assert fault.value.code is FaultCode.NOT_FOUND


def test_a_key_that_the_trustees_and_the_server_hold_is_frozen_with_the_rules(vote: SealedVote) -> None:
    vote.carry_out()
    assert (vote.view.phase, vote.view.missing) == (Phase.READY, ())

    announced = vote.freeze()

    shown = vote.view
    assert (announced.state, shown.phase) == (State.ANNOUNCED, Phase.FROZEN)
    group = group_named(shown.group)
    election = read_election((shown.election_json or "").encode())
    holders = read_trustees(group, (shown.trustees_json or "").encode())
    assert election.public_key == check_trustees(group, holders)
    assert len(decryption_keys(holders)) == len(ALL) + 1, "the server's key is one of them"
    assert election.fingerprint == shown.fingerprint
    assert announced.rules[-1].sha256 == shown.rules_sha256
    assert (shown.rules_sha256 or "") in election.description
    assert shown.uuid == election.uuid


def test_freezing_again_changes_nothing(vote: SealedVote) -> None:
    vote.carry_out()
    vote.freeze()
    first = vote.view
    assert vote.freeze().state is State.ANNOUNCED
    assert vote.view == first


def test_rules_without_a_key_are_not_frozen(vote: SealedVote) -> None:
    vote.send(1, Step.CERTIFICATE)
    with pytest.raises(Fault) as fault:
        vote.freeze()
    assert fault.value.reason == "ceremony-incomplete"


def test_nothing_is_frozen_while_identity_keeps_no_list(vote: SealedVote) -> None:
    vote.carry_out()
    vote.world.register.unreachable = True
    with pytest.raises(Fault):
        vote.freeze()
    assert vote.view.phase is Phase.READY


@pytest.mark.parametrize("group", ["Ed25519", "BELENIOS-2048"])
def test_majority_judgment_asks_one_question_a_project(world: World, group: str) -> None:
    vote = SealedVote.open(world, method=JUDGMENT, group=group, trustees=2, threshold=1)

    shown = vote.view
    questions = read_election((shown.election_json or "").encode()).questions
    assert [one.candidate_id for one in shown.questions] == ["shade", "bikes", "books", "benches"]
    assert all(one.answers[-1] == "" for one in shown.questions), "a project may be left"
    assert {(one.minimum, one.maximum) for one in questions} == {(1, 1)}
    assert [len(one.answers) for one in questions] == [len(one.answers) for one in shown.questions]


def test_a_wrong_code_sends_nothing(vote: SealedVote) -> None:
    with pytest.raises(Fault) as fault:
        vote.send(1, Step.CERTIFICATE, code=vote.trustees.codes[1])
    assert fault.value.reason == "wrong-code"
    assert vote.view.trustees[0].certificate is None


def test_a_new_code_ends_the_old_one(vote: SealedVote) -> None:
    old, vote.trustees.codes[0] = vote.trustees.codes[0], vote.invite(1)
    with pytest.raises(Fault):
        vote.send(1, Step.CERTIFICATE, code=old)
    assert vote.send(1, Step.CERTIFICATE).trustees[0].certificate


def test_only_managers_invite_and_begin_again(vote: SealedVote) -> None:
    resources = vote.world.resources
    with pytest.raises(Fault) as fault:
        ceremony.invite_trustee(resources, citizen(), InviteTrustee(election_id=vote.drafted.id, place=1))
    assert fault.value.code is FaultCode.FORBIDDEN
    with pytest.raises(Fault):
        ceremony.restart_ceremony(
            resources, citizen(), RestartCeremony(election_id=vote.drafted.id, reason="Parce que je le veux.")
        )


def test_a_message_sent_again_changes_nothing_and_another_one_is_refused(vote: SealedVote) -> None:
    message = vote.send(1, Step.CERTIFICATE).trustees[0].certificate
    assert vote.send(1, Step.CERTIFICATE, message=message).trustees[0].certificate == message

    vote.trustees.seeds[0] = new_seed()
    with pytest.raises(Fault) as fault:
        vote.send(1, Step.CERTIFICATE)
    assert (fault.value.code, fault.value.reason) == (FaultCode.CONFLICT, "already-sent")


def test_a_step_waits_for_all_of_the_step_before(vote: SealedVote) -> None:
    message = vote.trustees.message(vote.view, 1, Step.CERTIFICATE)
    for step in (Step.SHARES, Step.KEY, Step.DECRYPTION):
        with pytest.raises(Fault) as fault:
            vote.send(1, step, message=message)
        assert fault.value.reason == "step-not-now"


def test_what_does_not_hold_is_refused_with_the_check_that_failed(vote: SealedVote) -> None:
    elsewhere = vote.trustees.message(vote.view, 2, Step.CERTIFICATE)
    assert refusal(vote, Step.CERTIFICATE, elsewhere) == "threshold-parameters"
    assert refusal(vote, Step.CERTIFICATE, "{}") == "form"

    for place in ALL:
        vote.send(place, Step.CERTIFICATE)
    messages = {place: vote.trustees.message(vote.view, place, Step.SHARES) for place in ALL}
    for place, message in messages.items():
        cut = json.loads(message)
        cut["secrets"].pop()
        assert refusal(vote, Step.SHARES, compact(cut), place) == "threshold-parameters"
        assert refusal(vote, Step.SHARES, messages[place % 3 + 1], place) == "trustees-signature"
    for place, message in messages.items():
        vote.send(place, Step.SHARES, message=message)
    stolen = vote.trustees.message(vote.view, 2, Step.KEY)
    assert refusal(vote, Step.KEY, stolen) in {"trustees-signature", "verification-key"}
    assert vote.view.missing == (MissingStep(step=Step.KEY, places=ALL),)


def refusal(vote: SealedVote, step: Step, message: str, place: int = 1) -> str:
    with pytest.raises(Fault) as fault:
        vote.send(place, step, message=message)
    (error,) = fault.value.errors
    assert error.pointer == "/message"
    return error.code


def compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def test_beginning_again_forgets_what_was_sent_and_says_why(vote: SealedVote) -> None:
    vote.send(1, Step.CERTIFICATE)
    reason = "La dépositaire 1 a perdu sa clé."
    request = RestartCeremony(election_id=vote.drafted.id, reason=reason)
    ceremony.restart_ceremony(vote.world.resources, vote.world.manager, request)
    assert (vote.view.restarted_because, vote.view.trustees[0].certificate) == (reason, None)
    vote.carry_out()
    assert vote.view.phase is Phase.READY


def test_a_draft_with_other_trustees_begins_its_ceremony_again(vote: SealedVote) -> None:
    vote.send(1, Step.CERTIFICATE)
    same = sealed_draft(id=vote.drafted.id, title={"fr": "Autre titre"})
    revise(vote, same)
    assert vote.view.trustees[0].certificate, "another title changes nothing"

    revise(vote, sealed_draft(id=vote.drafted.id, trustees=4))
    assert [one.certificate for one in vote.view.trustees] == [None] * 4


def test_frozen_rules_are_final(vote: SealedVote) -> None:
    vote.carry_out()
    vote.freeze()
    with pytest.raises(Fault) as fault:
        revise(vote, sealed_draft(id=vote.drafted.id, title={"fr": "Autre titre"}), notice="Une coquille dans le titre")
    assert fault.value.reason == "rules-sealed"
    with pytest.raises(Fault) as fault:
        vote.send(1, Step.CERTIFICATE, message="{}")
    assert fault.value.reason == "already-sent"


def revise(vote: SealedVote, drafted: DraftElection, **changes: str) -> None:
    request = ReviseElection.model_validate(drafted.model_dump() | changes)
    preparing.revise_election(vote.world.resources, vote.world.manager, request)


def test_calling_it_off_destroys_the_servers_key(vote: SealedVote) -> None:
    vote.carry_out()
    vote.freeze()
    request = CancelElection(id=vote.drafted.id, reason="Le budget n’a pas été voté.")
    preparing.cancel_election(vote.world.resources, vote.world.manager, request)
    assert vote.view.phase is Phase.CANCELLED
    assert vote.world.rows("SELECT salt FROM sealed_elections") == [(None,)]


def test_an_open_ballot_is_not_taken_by_a_sealed_vote(world: World) -> None:
    vote = SealedVote.open(world)
    (answer,) = world.cast((citizen(), ballot(vote.drafted, "shade")))
    assert isinstance(answer, Fault)
    assert answer.code is FaultCode.NOT_FOUND
    closing.note_turnout(world.resources)


def test_equal_shares_and_too_high_a_threshold_are_refused_together(world: World) -> None:
    with pytest.raises(Fault) as fault:
        preparing.draft_election(
            world.resources, world.manager, sealed_draft(threshold=9, equal_shares={"use": "information"})
        )
    assert {(one.pointer, one.code) for one in fault.value.errors} == {
        ("/sealed/threshold", "threshold-too-high"),
        ("/equal_shares", "needs-open-ballots"),
    }


@given(st.uuids())
def test_the_protocols_identifier_is_the_elections(election_id: UUID) -> None:
    text = uuid_of(election_id)
    assert is_uuid(text)
    number = 0
    for digit in text:
        number = number * 58 + DIGITS.index(digit)
    assert UUID(int=number) == election_id


def test_the_calendar_opens_a_sealed_vote(world: World) -> None:
    assert SealedVote.open(world).view.phase is Phase.OPEN
