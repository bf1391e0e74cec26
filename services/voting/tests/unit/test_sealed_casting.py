"""Sealed ballots: received with a token and nobody's session, recorded and receipted once their proofs were checked."""

import json
from typing import Any
from uuid import uuid4

import pytest
from belenios.ballots import Ballot, read_ballot, tracker, write_ballot
from belenios.election import Election
from belenios.encoding import compact_bytes
from belenios.refusal import Refused
from belenios.sealing import sign
from belenios.testing.mutants import byte_mutants, json_mutants
from chassis.auth import Caller
from contracts.errors import Fault, FaultCode
from contracts.voting import CloseElection
from contracts.voting.sealed_ballots import BallotState, GetSealedBallot, SealedBallotState, VotingToken
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from voting.sealed import casting, checking
from voting.sealed.checks import Reference
from voting.sealed.encoding import from_base64url
from voting.use_cases import preparing

from services.voting.tests.sealed_world import SealedVote, Voter, cast_all, state_of, token_for, work
from services.voting.tests.world import World, citizen


@pytest.fixture
def vote(world: World) -> SealedVote:
    return SealedVote.open(world, method={"kind": "approval", "max_choices": 2}, trustees=2, threshold=1)


def test_a_ballot_is_received_then_recorded_with_a_receipt_that_holds(vote: SealedVote) -> None:
    voter = Voter.of(vote)
    ballot = voter.seal("shade", "bikes")

    received = voter.cast(ballot)
    assert (received.state, received.receipt) == (BallotState.RECEIVED, None)
    assert received.tracker == tracker(ballot.encode())

    work(vote.world)

    recorded = state_of(vote.world, received)
    assert recorded.state is BallotState.RECORDED
    assert recorded.receipt is not None
    assert recorded.receipt.text == f"decider-receipt|{vote.view.uuid}|{received.tracker}|1"
    key = Ed25519PublicKey.from_public_bytes(from_base64url(vote.view.receipt_key or ""))
    key.verify(from_base64url(recorded.receipt.signature), recorded.receipt.text.encode())
    with pytest.raises(InvalidSignature):
        key.verify(from_base64url(recorded.receipt.signature), b"another text")


def test_the_same_bytes_again_have_the_same_receipt_and_are_there_once(vote: SealedVote) -> None:
    voter = Voter.of(vote)
    ballot = voter.seal("shade")
    first, again = (voter.cast(ballot) for _ in range(2))
    assert first == again
    work(vote.world)
    third, fourth = cast_all(vote.world, voter.request(ballot), voter.request(ballot))
    assert isinstance(third, SealedBallotState)
    assert third == fourth
    assert third.state is BallotState.RECORDED
    rows = vote.world.rows("SELECT count(*), max(casts) FROM sealed_ballots JOIN sealed_credentials USING (digest)")
    assert [tuple(row) for row in rows] == [(1, 1)]


def test_a_retry_after_the_closing_still_finds_its_receipt(vote: SealedVote) -> None:
    voter = Voter.of(vote)
    ballot = voter.seal("shade")
    voter.cast(ballot)
    work(vote.world)
    close(vote)
    assert voter.cast(ballot).state is BallotState.RECORDED


def test_no_ballot_is_taken_before_the_opening_or_after_the_closing(world: World) -> None:
    vote = SealedVote.draft(world)
    vote.carry_out()
    vote.freeze()
    early = Voter.of(vote)
    close(vote)
    assert fault(vote, early, early.seal("shade")).reason == "vote-closed"


def close(vote: SealedVote) -> None:
    request = CloseElection(id=vote.drafted.id, reason="Tout le monde a voté.")
    preparing.close_election(vote.world.resources, vote.world.manager, request)


def fault(vote: SealedVote, voter: Voter, ballot: str, **changes: Any) -> Fault:
    (answer,) = cast_all(vote.world, voter.request(ballot).model_copy(update=changes))
    assert isinstance(answer, Fault), answer
    return answer


def test_both_ballots_of_a_voter_are_recorded_in_their_order(vote: SealedVote) -> None:
    voter = Voter.of(vote)
    first, second = voter.seal("shade"), voter.seal("bikes")
    cast_all(vote.world, voter.request(first), voter.request(second))
    work(vote.world)
    rows = vote.world.rows('SELECT "cast", state FROM sealed_ballots ORDER BY "cast"')
    assert [tuple(row) for row in rows] == [(1, "recorded"), (2, "recorded")]


def test_a_ballot_checked_after_a_later_one_of_its_voter_takes_no_place(vote: SealedVote) -> None:
    voter = Voter.of(vote)
    slow = voter.cast(voter.seal("shade"))
    held = vote.world.queue.references.pop()
    quick = voter.cast(voter.seal("bikes"))
    work(vote.world)
    vote.world.queue.references.append(held)
    work(vote.world)
    assert state_of(vote.world, quick).state is BallotState.RECORDED
    assert state_of(vote.world, slow).state is BallotState.SUPERSEDED


def test_a_ballot_whose_proof_does_not_hold_is_refused_with_the_check_and_its_bytes_are_gone(vote: SealedVote) -> None:
    voter = Voter.of(vote)
    sound, spoilt = Voter.of(vote), voter.seal("shade")
    value = json.loads(spoilt)
    proofs = value["answers"][0]["individual_proofs"]
    proofs[0], proofs[1] = proofs[1], proofs[0]
    resigned = resign(vote, voter, value)
    mine, theirs = cast_all(vote.world, voter.request(resigned), sound.request(sound.seal("shade")))
    assert isinstance(mine, SealedBallotState)
    assert isinstance(theirs, SealedBallotState)

    work(vote.world)

    refused = state_of(vote.world, mine)
    assert (refused.state, refused.reason, refused.receipt) == (BallotState.REFUSED, "disjunctive-proof", None)
    assert state_of(vote.world, theirs).state is BallotState.RECORDED
    assert vote.world.rows("SELECT count(*) FROM sealed_ballots WHERE ballot IS NOT NULL") == [(1,)]


def resign(vote: SealedVote, voter: Voter, value: dict[str, Any]) -> str:
    """A dishonest voter's own signature over whatever they made of their ballot."""
    election = vote.election
    data = json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
    return write_ballot(election, sign(election, voter.secret, read_ballot(election, data))).decode()


def test_what_does_not_hold_is_refused_at_once_with_its_reason_and_nothing_is_kept(vote: SealedVote) -> None:
    voter, other = Voter.of(vote), Voter.of(vote)
    ballot = voter.seal("shade")
    elsewhere = SealedVote.open(vote.world, trustees=2, threshold=1)
    foreign = Voter.of(elsewhere).seal("shade")
    longer = ballot[:-1] + " " * 200_000 + "}"
    value = json.loads(ballot)

    def changed(**fields: Any) -> str:
        return json.dumps(value | fields, separators=(",", ":"), ensure_ascii=False)

    assert code(vote, voter, ballot[:-1]) == ("/ballot", "form")
    assert code(vote, voter, ballot[: len(ballot) // 2]) == ("/ballot", "form")
    assert code(vote, voter, longer) == ("/ballot", "too-long")
    assert code(vote, voter, foreign) == ("/ballot", "election-identifier")
    backwards = {name: value[name] for name in reversed(value)}
    assert code(vote, voter, json.dumps(backwards, separators=(",", ":"))) == ("/ballot", "canonical-form")
    unknown = {("sign" if name == "signature" else name): one for name, one in value.items()}
    assert code(vote, voter, json.dumps(unknown, separators=(",", ":"))) == ("/ballot", "form")
    assert code(vote, voter, changed(election_hash="A" * 43)) == ("/ballot", "election-fingerprint")
    assert code(vote, voter, changed(answers=[])) == ("/ballot", "answers")
    nobody = token_for(vote.drafted.id, "02" + "00" * 31)
    assert code(vote, voter, changed(credential="02" + "00" * 31), token=nobody) == ("/ballot", "group-membership")
    credential = json.loads(other.seal("shade"))["credential"]
    assert code(vote, voter, changed(credential=credential), token=other.token) == ("/ballot", "ballot-hash")
    assert code(vote, voter, ballot, token=other.token) == ("/token", "token-invalid")
    assert code(vote, voter, ballot, token=VotingToken(prefix="A" * 43, signature="A" * 512)) == (
        "/token",
        "token-invalid",
    )
    tokens = token_for(elsewhere.drafted.id, value["credential"])
    assert code(vote, voter, ballot, token=tokens) == ("/token", "token-invalid"), "of another vote"
    assert fault(vote, voter, ballot, election_id=uuid4()).code is FaultCode.NOT_FOUND
    for table in ("sealed_ballots", "sealed_credentials"):
        assert vote.world.rows(f"SELECT count(*) FROM {table}") == [(0,)]
    assert not vote.world.queue.references


def code(vote: SealedVote, voter: Voter, ballot: str, **changes: Any) -> tuple[str, str]:
    (error,) = fault(vote, voter, ballot, **changes).errors
    return error.pointer, error.code


def test_a_ballot_sent_in_a_session_is_refused(vote: SealedVote) -> None:
    voter = Voter.of(vote)
    (answer,) = cast_all(vote.world, voter.request(voter.seal("shade")), caller=citizen())
    assert isinstance(answer, Fault)
    assert answer.reason == "not-anonymous"
    assert vote.world.rows("SELECT count(*) FROM sealed_ballots") == [(0,)]


def test_five_ballots_an_hour_and_no_more_whatever_is_sent_again(vote: SealedVote) -> None:
    voter = Voter.of(vote)
    ballots = [voter.seal("shade") for _ in range(6)]
    answers = cast_all(vote.world, *map(voter.request, ballots))
    assert [isinstance(answer, SealedBallotState) for answer in answers] == [True] * 5 + [False]
    assert isinstance(answers[5], Fault)
    assert (answers[5].code, (answers[5].retry_after or 0) > 0) == (FaultCode.TOO_MANY, True)
    assert voter.cast(ballots[0]).state is BallotState.RECEIVED, "the same again is not counted"

    with vote.world.resources.uow() as tx:
        tx.box.forget_windows(2**40)
    assert voter.cast(ballots[5]).state is BallotState.RECEIVED
    with vote.world.resources.uow() as tx:
        tx.box.forget_windows(2**40)
    assert vote.world.rows('SELECT "window" FROM sealed_credentials') == [(None,)], "when it was used is forgotten"


def test_a_lost_message_loses_no_ballot(vote: SealedVote) -> None:
    voter = Voter.of(vote)
    vote.world.queue.away = True
    received = voter.cast(voter.seal("shade"))
    vote.world.queue.away = False
    checking.requeue(vote.world.resources)
    checking.requeue(vote.world.resources)
    assert len(vote.world.queue.references) == 1, "while something waits there, nothing is named again"
    work(vote.world)
    assert state_of(vote.world, received).state is BallotState.RECORDED


def test_a_ballot_named_twice_is_recorded_once(vote: SealedVote) -> None:
    voter = Voter.of(vote)
    received = voter.cast(voter.seal("shade"))
    vote.world.queue.references *= 2
    work(vote.world)
    receipt = state_of(vote.world, received).receipt
    digest = from_base64url(received.tracker.replace("+", "-").replace("/", "_"))
    vote.world.queue.references.append(Reference(vote.drafted.id, digest))
    work(vote.world)
    assert state_of(vote.world, received).receipt == receipt
    assert vote.world.rows("SELECT count(*) FROM sealed_ballots") == [(1,)]


def test_an_unknown_tracker_is_not_found(vote: SealedVote) -> None:
    with pytest.raises(Fault) as refused:
        casting.get_sealed_ballot(
            vote.world.resources, Caller(), GetSealedBallot(election=vote.drafted.slug, tracker="A" * 43)
        )
    assert refused.value.reason == "unknown-tracker"


def test_of_hundreds_of_mutants_of_a_ballot_none_is_recorded(vote: SealedVote) -> None:
    voter = Voter.of(vote)
    election, ballot = vote.election, voter.seal("shade")
    value = json.loads(ballot)
    resigned = [
        write_ballot(election, sign(election, voter.secret, read)).decode()
        for change in json_mutants(value, election.group)
        if change.path[:1] != ("signature",)  # their voter signs them anew
        and (read := readable(election, compact_bytes(change.value))) is not None
    ]
    raw = [mutant.data.decode("utf-8", "surrogateescape") for mutant in byte_mutants(ballot.encode(), 97)]
    known = ballot.encode()
    hostile = [one for one in (*resigned, *raw) if is_text(one) and one.encode() != known]
    assert len(hostile) > 100

    limit = vote.world.resources.territory.limits["sealed_ballot"][0].count
    for start in range(0, len(hostile), limit):
        cast_all(vote.world, *map(voter.request, hostile[start : start + limit]))
        work(vote.world)
        with vote.world.resources.uow() as tx:
            tx.box.forget_windows(2**40)

    recorded = vote.world.rows("SELECT ballot FROM sealed_ballots WHERE state = 'recorded'")
    assert [row.ballot for row in recorded] == []
    assert vote.world.rows("SELECT count(*) FROM sealed_ballots WHERE ballot IS NOT NULL")[0][0] == 0
    states = vote.world.rows("SELECT state, count(*) AS many FROM sealed_ballots GROUP BY state")
    assert [row.state for row in states] == ["refused"], "some pass the door; the workers refuse them all"


def readable(election: Election, data: bytes) -> Ballot | None:
    """The ballot that a dishonest voter could sign, if its form holds."""
    try:
        return read_ballot(election, data)
    except Refused:
        return None


def is_text(text: str) -> bool:
    return text.isprintable()
