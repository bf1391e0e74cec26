"""What people decide on top of the count, with a reason: kept apart from it, and public as it is."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from contracts.base import Code, Instant, Language, Model, Request
from contracts.voting.values import CandidateId, Reason


class DecisionKind(StrEnum):
    """What is decided about a project."""

    AWARDED = "awarded"
    """It is carried out although it did not win."""
    WITHDRAWN = "withdrawn"
    """It is not carried out although it won."""


class DecideProject(Request):
    """Award or withdraw a project after the count.

    The caller makes the identifier, so that a retry decides nothing twice.
    """

    id: UUID
    election_id: UUID
    candidate_id: CandidateId
    kind: DecisionKind
    reason: Annotated[dict[Language, Reason], Field(min_length=1)]
    """In words for everybody."""


class Decision(Model):
    """A decision as it is published: who acted is told by the role, not by name."""

    id: UUID
    candidate_id: CandidateId
    kind: DecisionKind
    reason: dict[Language, str]
    role: Code
    decided_at: Instant
