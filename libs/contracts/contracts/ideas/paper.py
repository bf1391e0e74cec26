"""Signatures on paper: entered at the desk by batch, without any name, counted towards the thresholds, shown apart.

What was entered is never changed: a correction is another batch that takes the place of the first, once it counts.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from contracts.base import Instant, Line, ListRequest, Model, Page, Reply, Request, length
from contracts.ideas.words import Day, DossierKey, IdeaId, Number, PublicText


class PaperState(StrEnum):
    """Where a batch stands."""

    WAITING = "waiting"
    """For a second agent."""
    COUNTED = "counted"
    REPLACED = "replaced"
    """By its correction."""
    WITHDRAWN = "withdrawn"


class PaperBatch(Model):
    """Sheets of one collection."""

    batch_id: UUID
    signatures: Annotated[int, Field(ge=1, le=100_000)]
    place: Annotated[Line, length(2, 200)]
    """Where they were collected; public, as is the day."""
    collected_on: Day
    reference: Annotated[Line, length(2, 200)]
    """Where the sheets are kept in the archive; for agents."""


class EnterPaper(Request, PaperBatch):
    """Enter a batch of an open dossier (counter officers and moderators of the place). Repeating it changes nothing."""

    idea_id: IdeaId
    replaces: UUID | None = None
    """The counted batch that this one corrects."""


class ConfirmPaper(Request):
    """Have a batch count, as another agent than the one who entered it. Repeating it changes nothing."""

    batch_id: UUID


class WithdrawPaper(Request):
    """Take a batch back; what it had reached is lost with a public trace. Repeating it changes nothing."""

    batch_id: UUID
    text: PublicText
    """Why, for the record."""


class PaperView(PaperBatch, Reply):
    """A batch, for agents."""

    idea_id: IdeaId
    number: Number
    title: str
    state: PaperState
    entered_at: Instant
    counted_at: Instant | None
    replaces: UUID | None
    may_confirm: bool
    """Whether the caller may: it waits, and somebody else entered it."""


class ListPaper(ListRequest):
    """Batches, the last entered first: of a dossier, or all those that wait in the caller's perimeter."""

    dossier: DossierKey | None = None


class PaperPage(Page[PaperView], Reply):
    """Batches."""

    second_agent: bool
    """Whether another agent must confirm a batch before it counts."""
    today: date
