"""Sealed ballots whose proofs could not be checked: while one of them waits, its vote is not counted."""

from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from contracts.base import Model, Reply, Request
from contracts.registry import Call
from contracts.voting.values import Reason

Tracker = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]{43}$")]


class ListStuckBallots(Request):
    """Ballots whose check failed again and again, of one vote or of all (campaign managers)."""

    election_id: UUID | None = None


class StuckBallot(Model):
    """One of them. The failure is ours, not the ballot's: whether its proofs hold is not known."""

    election_id: UUID
    tracker: str
    attempts: int
    error: str
    """What kind of failure the last one was."""


class StuckBallots(Reply):
    """By vote and tracker, the first 200."""

    items: tuple[StuckBallot, ...]
    total: int


class RetryStuckBallots(Request):
    """Have all of a vote's stuck ballots checked again, once the cause is mended."""

    election_id: UUID


class LeaveOutBallot(Request):
    """Give a stuck ballot up, for a reason that everybody reads beside its tracker on the board."""

    election_id: UUID
    tracker: Tracker
    reason: Reason


class LeftOutBallot(Model):
    """A ballot that was given up: it was never receipted, and counts for nothing."""

    tracker: str
    reason: str


LIST_STUCK_BALLOTS = Call("voting", "list_stuck_ballots", ListStuckBallots, StuckBallots, idempotent=True)
RETRY_STUCK_BALLOTS = Call("voting", "retry_stuck_ballots", RetryStuckBallots, StuckBallots, idempotent=True)
LEAVE_OUT_BALLOT = Call("voting", "leave_out_ballot", LeaveOutBallot, StuckBallots, idempotent=True)

CALLS = (LIST_STUCK_BALLOTS, RETRY_STUCK_BALLOTS, LEAVE_OUT_BALLOT)
