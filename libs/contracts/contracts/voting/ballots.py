"""Casting an open ballot and checking its receipt.

A ballot never travels with an account: the account is in the access token only, and no reply and no event holds both.
"""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from contracts.base import Code, Distinct, Model, Reply, Request
from contracts.voting.elections import ElectionRef
from contracts.voting.values import MAX_CANDIDATES, MAX_POINTS, CandidateId, Opinion, Outcome, ReceiptCode, Sha256


class ApprovalBallot(Model):
    """The chosen projects; none: a blank ballot."""

    kind: Literal["approval"] = "approval"
    choices: Annotated[tuple[CandidateId, ...], Field(max_length=MAX_CANDIDATES), Distinct]


class JudgmentBallot(Model):
    """A grade for each project that the voter wants to judge."""

    kind: Literal["majority_judgment"] = "majority_judgment"
    grades: Annotated[dict[CandidateId, Code], Field(max_length=MAX_CANDIDATES)]


class PointsBallot(Model):
    """The points of each project that gets some."""

    kind: Literal["points"] = "points"
    points: Annotated[dict[CandidateId, Annotated[int, Field(ge=1, le=MAX_POINTS)]], Field(max_length=MAX_CANDIDATES)]


class OpinionBallot(Model):
    """An opinion on each proposal about which the voter says something."""

    kind: Literal["for_against"] = "for_against"
    opinions: Annotated[dict[CandidateId, Opinion], Field(max_length=MAX_CANDIDATES)]


class KnapsackBallot(Model):
    """The chosen projects, which the envelope could pay for; none: a blank ballot."""

    kind: Literal["knapsack"] = "knapsack"
    choices: Annotated[tuple[CandidateId, ...], Field(max_length=MAX_CANDIDATES), Distinct]


class RankingBallot(Model):
    """The ranked projects, the best first; none: a blank ballot."""

    kind: Literal["ranking"] = "ranking"
    ranking: Annotated[tuple[CandidateId, ...], Field(max_length=MAX_CANDIDATES), Distinct]


Ballot = Annotated[
    ApprovalBallot | JudgmentBallot | PointsBallot | OpinionBallot | KnapsackBallot | RankingBallot,
    Field(discriminator="kind"),
]


class CastBallot(Request):
    """Put a ballot into the box, or another in its place. The same ``cast_id`` gives the same receipt again."""

    election_id: UUID
    cast_id: UUID
    ballot: Ballot


class BallotReceipt(Reply):
    """The ballot is in the box. ``receipt`` is told to the voter only: its SHA-256 is kept beside the ballot."""

    election_id: UUID
    outcome: Outcome
    receipt: str
    rules_sha256: Sha256


class GetParticipation(Request):
    """May I vote here, and have I?"""

    election_id: UUID


class Participation(Reply):
    """What the roll knows of the caller."""

    voted: bool
    allowed: bool
    reason: str = ""
    """Why not, as a code of identity's."""


class CheckReceipt(ElectionRef):
    """Is the ballot of this receipt in the box?"""

    receipt: ReceiptCode


class ReceiptView(Reply):
    """Where the ballot is. Its content is shown only once all ballots are public."""

    found: bool
    receipt_sha256: Sha256
    number: int | None = None
    """Its line in the published list."""
    ballot: Ballot | None = None
