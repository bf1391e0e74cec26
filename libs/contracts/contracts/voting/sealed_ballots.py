"""Casting a sealed ballot, and finding it again: by its tracker, on the public board, in the archive.

No request here bears a session, and no model here has a place for an account.
"""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from contracts.base import Model, Reply, Request, WithoutNul
from contracts.registry import Call
from contracts.voting.elections import ElectionRef

MOST_BALLOT = 1_000_000
Tracker = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/_-]{43}$")]
"""b64(SHA256(ballot)); in addresses with ``-`` for ``+`` and ``_`` for ``/``."""
SealedText = Annotated[str, StringConstraints(min_length=2, max_length=MOST_BALLOT), WithoutNul]


class VotingToken(Model):
    """The right to vote that identity signed without seeing it; base64url."""

    prefix: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")]
    """32 random bytes."""
    signature: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{512}$")]
    """384 bytes."""


class CastSealedBallot(Request):
    """Put a sealed ballot into the box; the last one of a credential counts. The same bytes again change nothing."""

    election_id: UUID
    ballot: SealedText
    """As the protocol writes it, byte for byte."""
    token: VotingToken


class BallotState(StrEnum):
    """What became of a sealed ballot."""

    RECEIVED = "received"
    """It waits for its proofs to be checked."""
    RECORDED = "recorded"
    """It is in the box."""
    REFUSED = "refused"
    """A proof does not hold."""
    SUPERSEDED = "superseded"
    """A ballot that its voter cast later was recorded before it could be."""


class SealedReceipt(Model):
    """The box's signed promise that the tracker is in the public batch of that number."""

    batch: int
    text: str
    """What is signed: ``decider-receipt|uuid|tracker|batch``."""
    signature: str
    """Ed25519, base64url."""


class SealedBallotState(Reply):
    """What became of a ballot; the receipt once it is recorded."""

    election_id: UUID
    tracker: str
    state: BallotState
    reason: str = ""
    """The check that failed, as a code."""
    receipt: SealedReceipt | None = None


class GetSealedBallot(ElectionRef):
    """What became of the ballot with this tracker?"""

    tracker: Tracker


CAST_SEALED_BALLOT = Call(
    "voting", "cast_sealed_ballot", CastSealedBallot, SealedBallotState, idempotent=True, batch=True
)
GET_SEALED_BALLOT = Call("voting", "get_sealed_ballot", GetSealedBallot, SealedBallotState, idempotent=True)

CALLS = (CAST_SEALED_BALLOT, GET_SEALED_BALLOT)
