"""Examination beside the assignment: opinions of services, feasibility, notes between agents, commitments."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, NewType
from uuid import UUID

from pydantic import Field

from contracts.base import Code, Distinct, Instant, Model, Prose, Reply, Request, length
from contracts.ideas.words import Amount, Day, DossierKey, IdeaId, Number, PublicText

CommitmentId = NewType("CommitmentId", UUID)
NoteId = NewType("NoteId", UUID)
NoteText = Annotated[Prose, length(1, 5000)]


class Verdict(StrEnum):
    """What a service thinks of a dossier."""

    FAVOURABLE = "favourable"
    WITH_RESERVATIONS = "with_reservations"
    UNFAVOURABLE = "unfavourable"


class OpinionView(Model):
    """An opinion that was asked of a service."""

    service: Code
    asked_by: Code
    """The service that examines."""
    question: str
    asked_on: date
    due_on: date
    days_left: int | None
    """Until it is due, negative when late; ``None`` once it is given."""
    given_on: date | None
    verdict: Verdict | None
    text: str


class Feasibility(StrEnum):
    """Whether it can be done."""

    FEASIBLE = "feasible"
    WITH_CHANGES = "with_changes"
    NOT_FEASIBLE = "not_feasible"


class CommitmentState(StrEnum):
    """How a promise stands."""

    DUE = "due"
    LATE = "late"
    """Its date is past and nothing was said."""
    KEPT = "kept"
    """Done in time."""
    DONE = "done"
    """Done after its date."""
    DROPPED = "dropped"
    """Given up, with a reason."""


class CommitmentView(Model):
    """Something the administration promised to do, with its date."""

    id: CommitmentId
    service: Code
    text: str
    made_on: date
    due_on: date
    state: CommitmentState
    closed_on: date | None
    days_left: int | None
    """Until it is due, negative when late; ``None`` once it is closed."""


class CommitmentInput(Model):
    """Something that is promised, and for when. The id is made by the caller."""

    commitment_id: CommitmentId
    text: PublicText
    due_on: Day


class AskOpinions(Request):
    """Ask services for their opinion, in public. One that was asked already and has not answered is not asked again."""

    idea_id: IdeaId
    services: Annotated[tuple[Code, ...], Distinct, Field(min_length=1, max_length=20)]
    question: PublicText
    due_on: Day | None = None
    """Left out: the territory's delay for opinions."""


class GiveOpinion(Request):
    """The opinion that a service was asked for, in public."""

    idea_id: IdeaId
    service: Code
    verdict: Verdict
    text: PublicText


class RecordFeasibility(Request):
    """Whether it can be done, and what it would cost, in public."""

    idea_id: IdeaId
    feasibility: Feasibility
    cost: Amount | None = None
    yearly_cost: Amount | None = None
    """What it costs each year afterwards."""
    text: PublicText


class MakeCommitment(Request, CommitmentInput):
    """Promise something about an accepted dossier. Repeating it with the same id changes nothing."""

    idea_id: IdeaId


class FollowCommitment(Request):
    """Say what became of a promise: done, postponed (needs a reason), or dropped (needs a reason)."""

    idea_id: IdeaId
    commitment_id: CommitmentId
    outcome: Literal["done", "postponed", "dropped"]
    on: Day | None = None
    """The day it was done (today if left out), or its new date when postponed."""
    reason: Code | None = None
    text: PublicText


class AddInternalNote(Request):
    """A note that agents alone read. Repeating it with the same id changes nothing."""

    idea_id: IdeaId
    note_id: NoteId
    service: Code
    """In whose name it is written."""
    text: NoteText


class InternalNote(Model):
    """A note between agents."""

    id: NoteId
    service: Code
    text: str
    written_at: Instant


class ReadInternalNotes(Request):
    """What agents wrote to each other about a dossier: examiners and moderators only."""

    dossier: DossierKey


class InternalNotes(Reply):
    """Notes between agents, oldest first."""

    number: Number
    items: tuple[InternalNote, ...]


class CommitmentFigures(Model):
    """How all promises stand."""

    due: int = 0
    late: int = 0
    kept: int = 0
    done: int = 0
    dropped: int = 0


class LateCommitment(Model):
    """A promise whose date is past."""

    number: Number
    title: str
    service: Code
    text: str
    due_on: date
    days_late: int
