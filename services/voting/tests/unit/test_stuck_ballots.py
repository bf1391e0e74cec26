"""A ballot that cannot be checked is tried again, then waits for an agent: checked once more, or given up in public."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from chassis.auth import Caller
from chassis.telemetry import STUCK
from contracts.errors import Fault, FaultCode
from contracts.voting import CancelElection, ElectionRef
from contracts.voting.sealed_ballots import BallotState, SealedBallotState
from contracts.voting.sealed_board import BoardView
from contracts.voting.sealed_stuck import LeaveOutBallot, ListStuckBallots, RetryStuckBallots, StuckBallots
from voting.sealed import board, checking, opening, stuck
from voting.sealed.checks import ATTEMPTS
from voting.use_cases import preparing

from services.voting.tests.sealed_world import NOBODY, SealedVote, Voter, state_of, work
from services.voting.tests.world import World, citizen

WHY = "La vérification échoue sur toutes nos machines."


@pytest.fixture
def vote(world: World) -> SealedVote:
    return SealedVote.open(world, method={"kind": "approval", "max_choices": 2}, trustees=2, threshold=1)


class Broken(RuntimeError):
    """What a fault of the program would raise."""


def breaking(world: World, ballots: set[str]) -> World:
    """The same world, whose workers break on these ballots."""

    def apart(function: Callable[..., Any], *arguments: Any) -> Any:
        given: Mapping[Any, str] = arguments[1] if function is checking.refusals else {}
        if ballots & set(given.values()):
            raise Broken(next(iter(ballots)))
        return function(*arguments)

    return replace(world, resources=replace(world.resources, apart=apart))


def fail(vote: SealedVote, ballot: str, times: int = ATTEMPTS) -> World:
    """The check of a ballot fails, each time that it is named again."""
    broken = breaking(vote.world, {ballot})
    for _ in range(times):
        work(broken)
        checking.requeue(broken.resources)
    return broken


def waiting(world: World, caller: Caller | None = None) -> StuckBallots:
    return stuck.list_stuck_ballots(world.resources, caller or world.manager, ListStuckBallots())


def retry(vote: SealedVote) -> StuckBallots:
    request = RetryStuckBallots(election_id=vote.drafted.id)
    return stuck.retry_stuck_ballots(vote.world.resources, vote.world.manager, request)


def leave_out(vote: SealedVote, state: SealedBallotState, caller: Caller | None = None) -> StuckBallots:
    request = LeaveOutBallot(election_id=vote.drafted.id, tracker=state.tracker, reason=WHY)
    return stuck.leave_out_ballot(vote.world.resources, caller or vote.world.manager, request)


def seen(vote: SealedVote) -> BoardView:
    return board.get_board(vote.world.resources, NOBODY, ElectionRef(election=vote.drafted.slug))


def test_a_check_that_fails_is_tried_again_and_then_waits_for_an_agent(vote: SealedVote) -> None:
    voter = Voter.of(vote)
    received = voter.cast(ballot := voter.seal("shade"))
    fail(vote, ballot, times=ATTEMPTS - 1)
    assert waiting(vote.world).total == 0, "it may go away by itself"
    assert vote.world.queue.references, "and is named again"
    fail(vote, ballot, times=1)
    (one,) = waiting(vote.world).items
    assert (one.tracker, one.attempts, one.error) == (received.tracker, ATTEMPTS, "Broken")
    assert not vote.world.queue.references, "it is not tried for ever"
    assert STUCK._value.get() == 1
    assert state_of(vote.world, received).state is BallotState.RECEIVED
    assert ballot not in "".join(str(row) for row in vote.world.rows("SELECT * FROM sealed_stuck"))


def test_others_of_the_same_batch_are_recorded_all_the_same(vote: SealedVote) -> None:
    stuck_one, fine = Voter.of(vote), Voter.of(vote)
    stuck_one.cast(ballot := stuck_one.seal("shade"))
    received = fine.cast(fine.seal("bikes"))
    broken = breaking(vote.world, {ballot})
    with pytest.raises(Broken):
        work(broken)
    checking.requeue(vote.world.resources)
    for reference in list(vote.world.queue.references):
        vote.world.queue.references[:] = [reference]
        work(broken)
    assert state_of(vote.world, received).state is BallotState.RECORDED


def test_a_stuck_ballot_blocks_the_count_until_it_is_checked_again(vote: SealedVote) -> None:
    voter = Voter.of(vote)
    received = voter.cast(ballot := voter.seal("shade"))
    fail(vote, ballot)
    vote.close()
    assert not seen(vote).final, "nothing is counted while it waits"
    assert retry(vote).total == 0
    work(vote.world)
    assert state_of(vote.world, received).state is BallotState.RECORDED
    opening.follow_closed(vote.world.resources)
    assert seen(vote).final
    assert seen(vote).left_out == ()


def test_giving_a_ballot_up_is_on_the_board_and_lets_the_count_go_on(vote: SealedVote) -> None:
    voter = Voter.of(vote)
    received = voter.cast(ballot := voter.seal("shade"))
    fail(vote, ballot)
    vote.close()
    assert leave_out(vote, received).total == 0
    assert leave_out(vote, received).total == 0, "again: nothing is done twice"
    refused = state_of(vote.world, received)
    assert (refused.state, refused.reason, refused.receipt) == (BallotState.REFUSED, "left-out", None)
    opening.follow_closed(vote.world.resources)
    (given_up,) = seen(vote).left_out
    assert (given_up.tracker, given_up.reason, seen(vote).final) == (received.tracker, WHY, True)


def test_only_what_is_stuck_can_be_given_up(vote: SealedVote) -> None:
    voter = Voter.of(vote)
    received = voter.cast(voter.seal("shade"))
    with pytest.raises(Fault) as fault:
        leave_out(vote, received)
    assert (fault.value.code, fault.value.reason) == (FaultCode.WRONG_STATE, "not-stuck")
    work(vote.world)
    with pytest.raises(Fault) as fault:
        leave_out(vote, received)
    assert fault.value.reason == "not-stuck", "a receipted ballot stays"


def test_it_is_for_those_who_manage_the_vote(vote: SealedVote) -> None:
    voter = Voter.of(vote)
    received = voter.cast(ballot := voter.seal("shade"))
    fail(vote, ballot)
    for stranger in (citizen(), Caller(uuid4()), NOBODY):
        acts: tuple[Callable[[], object], ...] = (
            partial(waiting, vote.world, stranger),
            partial(leave_out, vote, received, stranger),
        )
        for act in acts:
            with pytest.raises(Fault) as fault:
                act()
            assert fault.value.code in {FaultCode.FORBIDDEN, FaultCode.UNAUTHENTICATED}


def test_calling_the_vote_off_forgets_what_was_stuck(vote: SealedVote) -> None:
    voter = Voter.of(vote)
    voter.cast(ballot := voter.seal("shade"))
    fail(vote, ballot)
    request = CancelElection(id=vote.drafted.id, reason=WHY)
    preparing.cancel_election(vote.world.resources, vote.world.manager, request)
    assert waiting(vote.world).total == 0
