"""Casting in batches: each ballot its outcome, nothing twice, nothing lost, roll and box apart."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from chassis.auth import Caller
from chassis.batching import BatchItem
from contracts.base import Reply
from contracts.errors import Fault, FaultCode
from contracts.voting import (
    ApprovalBallot,
    BallotReceipt,
    CancelElection,
    CastBallot,
    CloseElection,
    GetParticipation,
    Outcome,
    Participation,
)
from voting.boxes import KeyMismatch
from voting.use_cases import enrolling, preparing

from services.voting.tests.world import JUDGMENT, NOW, World, ballot, citizen, draft, make_resources


def test_a_ballot_is_recorded_once_and_replaced_by_a_later_one(world: World) -> None:
    election, voter = world.open(), citizen()

    first = world.vote(voter, election, "shade")
    second = world.vote(voter, election, "bikes", "books")

    assert (first.outcome, second.outcome) == (Outcome.RECORDED, Outcome.REPLACED)
    assert first.receipt != second.receipt
    assert [row.ballot for row in world.rows("SELECT ballot FROM box")] == ["bikes,books"]


def test_the_same_cast_again_gives_the_same_receipt_and_changes_nothing(world: World) -> None:
    election, voter = world.open(), citizen()
    request = ballot(election, "shade")

    answers = [answer for _ in range(100) for answer in world.cast((voter, request))]

    receipts = {answer.receipt for answer in answers if isinstance(answer, BallotReceipt)}
    outcomes = [answer.outcome for answer in answers if isinstance(answer, BallotReceipt)]
    assert len(receipts) == 1
    assert outcomes == [Outcome.RECORDED] + [Outcome.ALREADY_THERE] * 99
    assert len(world.rows("SELECT 1 FROM box")) == 1


def test_a_cast_that_comes_late_does_not_undo_the_later_one(world: World) -> None:
    election, voter = world.open(), citizen()
    early = ballot(election, "shade")
    world.cast((voter, early))
    world.vote(voter, election, "bikes")

    (late,) = world.cast((voter, early))

    assert isinstance(late, BallotReceipt)
    assert late.outcome is Outcome.SUPERSEDED
    assert [row.ballot for row in world.rows("SELECT ballot FROM box")] == ["bikes"]


def test_the_same_cast_id_with_another_ballot_is_another_cast(world: World) -> None:
    election, voter, cast_id = world.open(), citizen(), uuid4()

    first, second = (world.cast((voter, ballot(election, choice, cast_id=cast_id)))[0] for choice in ("shade", "bikes"))

    assert isinstance(first, BallotReceipt)
    assert isinstance(second, BallotReceipt)
    assert (first.outcome, second.outcome) == (Outcome.RECORDED, Outcome.REPLACED)
    assert first.receipt != second.receipt


def test_each_item_of_a_batch_has_its_own_outcome(world: World) -> None:
    election, other = world.open(), world.open()
    refused, voter, twice = citizen(), citizen(), citizen()
    world.register.refused[refused.citizen()] = "not-resident"
    unknown = CastBallot(election_id=uuid4(), cast_id=uuid4(), ballot=ApprovalBallot(choices=()))

    answers = world.cast(
        (voter, ballot(election, "shade")),
        (Caller(), ballot(election, "shade")),
        (refused, ballot(election, "shade")),
        (citizen(), unknown),
        (citizen(), ballot(election, "nowhere", "bikes", "books")),
        (twice, ballot(election, "shade")),
        (twice, ballot(election, "bikes")),
        (voter, ballot(other, "books")),
    )

    seen = [answer.code if isinstance(answer, Fault) else answer.outcome for answer in answers]  # type: ignore[attr-defined]
    assert seen == [
        Outcome.RECORDED,
        FaultCode.UNAUTHENTICATED,
        FaultCode.FORBIDDEN,
        FaultCode.NOT_FOUND,
        FaultCode.INVALID,
        Outcome.RECORDED,
        Outcome.REPLACED,
        Outcome.RECORDED,
    ]
    assert isinstance(answers[2], Fault)
    assert answers[2].reason == "not-resident"
    assert isinstance(answers[4], Fault)
    assert [(error.pointer, error.code) for error in answers[4].errors] == [
        ("/ballot/choices", "unknown-project"),
        ("/ballot/choices", "too-many-choices"),
    ]
    assert len(world.rows("SELECT 1 FROM box WHERE election_id = :id", id=election.id)) == 2


def test_identity_is_asked_once_a_batch_and_never_again_for_whoever_may(world: World) -> None:
    election = world.open()
    voters = [citizen() for _ in range(50)]

    world.cast(*((voter, ballot(election, "shade")) for voter in voters))
    world.cast(*((voter, ballot(election, "bikes")) for voter in voters))

    assert world.register.asked == [50]


def test_a_no_is_not_kept_so_that_whoever_gets_certified_may_come_back(world: World) -> None:
    election, voter = world.open(), citizen()
    world.register.refused[voter.citizen()] = "level-too-low"
    world.cast((voter, ballot(election, "shade")))
    world.register.refused.clear()

    assert world.vote(voter, election, "shade").outcome is Outcome.RECORDED


def test_while_identity_does_not_answer_enrolled_voters_still_vote(world: World) -> None:
    election, known = world.open(), citizen()
    world.vote(known, election, "shade")
    world.register.unreachable = True

    again, new = world.cast((known, ballot(election, "bikes")), (citizen(), ballot(election, "bikes")))

    assert isinstance(again, BallotReceipt)
    assert isinstance(new, Fault)
    assert new.code is FaultCode.UNAVAILABLE


def test_ballots_are_accepted_only_between_opening_and_closing(world: World) -> None:
    drafted = preparing.draft_election(world.resources, world.manager, draft())
    later = world.open(opens_at=NOW + timedelta(days=1), closes_at=NOW + timedelta(days=2))
    over, closed, cancelled = world.open(), world.open(), world.open()
    world.let_time_pass(over.id)
    reason = "La mairie ferme plus tôt que prévu."
    preparing.close_election(world.resources, world.manager, CloseElection(id=closed.id, reason=reason))
    preparing.cancel_election(world.resources, world.manager, CancelElection(id=cancelled.id, reason=reason))

    answers = world.cast(*((citizen(), ballot(one, "shade")) for one in (drafted, later, over, closed, cancelled)))

    reasons = [answer.reason for answer in answers if isinstance(answer, Fault)]
    assert reasons == ["vote-not-open-yet", "vote-not-open-yet", "vote-closed", "vote-closed", "vote-closed"]


def test_a_vote_that_closes_while_identity_is_asked_takes_no_newcomer_and_no_ballot(world: World) -> None:
    election, early, late = world.open(), citizen(), citizen()
    world.vote(early, election, "shade")
    world.register.meanwhile = lambda: world.let_time_pass(election.id)

    answers = world.cast((late, ballot(election, "bikes")))

    assert [answer.reason for answer in answers if isinstance(answer, Fault)] == ["vote-closed"]
    assert [row.account_id for row in world.rows("SELECT account_id FROM roll")] == [early.citizen()]
    assert len(world.rows("SELECT 1 FROM box")) == 1


def test_a_ballot_of_another_method_or_with_unknown_grades_says_so(world: World) -> None:
    approval, judgment = world.open(), world.open(method=JUDGMENT)
    wrong = ballot(judgment).model_copy(update={"election_id": approval.id})

    answers = world.cast(
        (citizen(), wrong), (citizen(), ballot(judgment, shade="excellent", nowhere="jaime-bien", bikes="jaime-bien"))
    )

    found = [[(e.pointer, e.code) for e in answer.errors] for answer in answers if isinstance(answer, Fault)]
    assert found == [
        [("/ballot/kind", "wrong-method")],
        [("/ballot/grades/nowhere", "unknown-project"), ("/ballot/grades/shade", "unknown-grade")],
    ]


def test_no_table_holds_an_account_with_a_ballot_or_a_time(world: World) -> None:
    election, voter = world.open(), citizen()
    receipt = world.vote(voter, election, "shade")

    everything = "".join(str(row) for row in world.rows("SELECT box::text FROM box"))
    columns = {
        row.column_name: row.data_type
        for row in world.rows(
            "SELECT column_name, data_type FROM information_schema.columns"
            " WHERE table_name IN ('box', 'roll', 'ballots')"
        )
    }
    assert voter.citizen().hex not in everything.replace("-", "")
    assert receipt.receipt.replace("-", "") not in everything
    assert not any("time" in kind or kind == "date" for kind in columns.values())
    assert [row.voted for row in world.rows("SELECT voted FROM roll")] == [False]


def test_another_secret_stops_the_vote_instead_of_letting_people_vote_twice(world: World) -> None:
    election, voter = world.open(), citizen()
    world.vote(voter, election, "shade")
    url = world.resources.uow.database.engine.url.render_as_string(hide_password=False)
    other = make_resources(url, world.register)
    stranger = World(
        type(other)(other.uow, other.verifier, other.territory, other.eligibility, b"x" * 32, world.queue),
        world.register,
    )

    with pytest.raises(KeyMismatch):
        stranger.cast((voter, ballot(election, "bikes")))
    stranger.resources.uow.database.close()


def participations(world: World, election: UUID, *askers: Caller) -> list[Reply | Fault]:
    asked = GetParticipation(election_id=election)
    return enrolling.get_participations(world.resources, [BatchItem(asker, asked) for asker in askers])


def test_participation_tells_the_voter_and_enrols_beforehand(world: World) -> None:
    election, voter, refused = world.open(), citizen(), citizen()
    world.register.refused[refused.citizen()] = "too-young"

    before = participations(world, election.id, voter)
    world.vote(voter, election, "shade")
    after = participations(world, election.id, voter, refused)
    world.count(election.id)
    counted = participations(world, election.id, voter)

    assert before == [Participation(voted=False, allowed=True, reason="")]
    assert after == [
        Participation(voted=True, allowed=True, reason=""),
        Participation(voted=False, allowed=False, reason="too-young"),
    ]
    assert counted == [Participation(voted=True, allowed=True, reason="")]
    assert world.register.asked == [1, 1]


def test_many_who_ask_together_are_told_each_for_themselves(world: World) -> None:
    """Identity is asked once for all of them, and not again when they cast."""
    election, other = world.open(), world.open(slug="other-vote")
    voter, twice, refused = citizen(), citizen(), citizen()
    world.register.refused[refused.citizen()] = "too-young"
    world.vote(voter, election, "shade")
    world.register.asked.clear()

    yes, again, no, first = participations(world, election.id, twice, twice, refused, voter)
    faults = participations(world, election.id, Caller()) + participations(world, uuid4(), voter)
    elsewhere = participations(world, other.id, voter)
    world.vote(twice, election, "bikes")

    assert yes == again == Participation(voted=False, allowed=True, reason="")
    assert no == Participation(voted=False, allowed=False, reason="too-young")
    assert first == Participation(voted=True, allowed=True, reason="")
    assert [fault.code for fault in faults if isinstance(fault, Fault)] == [
        FaultCode.UNAUTHENTICATED,
        FaultCode.NOT_FOUND,
    ]
    assert elsewhere == [Participation(voted=False, allowed=True, reason="")]
    assert world.register.asked == [2, 1]
