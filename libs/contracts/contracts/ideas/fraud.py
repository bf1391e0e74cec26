"""Supports that look made up: scored apart from supporting, looked at by agents, decided by two of them, undone by one.

Whoever supports gets the same answer whatever the score. Agents see groups and reasons, never accounts.
"""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from contracts.base import Code, Instant, ListRequest, Model, Page, Prose, Reply, Request, length
from contracts.ideas.words import IdeaId, Number, PublicText, State


class Signal(StrEnum):
    """Why a group was scored. Each has an ordinary explanation as well: that is what agents are for."""

    BURST = "burst"
    """Many supports in a short time, compared with the dossier's own rhythm."""
    YOUNG = "young"
    """Given by accounts made shortly before."""
    ONE_PURPOSE = "one_purpose"
    """Given by accounts that support nothing else."""
    REGULAR = "regular"
    """The time between two supports is nearly always the same."""


class FraudState(StrEnum):
    """Where a group stands."""

    OPEN = "open"
    PROPOSED = "proposed"
    """An agent proposes that it be taken out; another decides."""
    DISMISSED = "dismissed"
    """The supports are real; who gave them is forgotten here."""
    INVALIDATED = "invalidated"
    UNDONE = "undone"
    """Taken out, then given back."""


class FraudReason(Model):
    """A signal with what was found and what is usual for the dossier."""

    signal: Signal
    points: Annotated[int, Field(ge=1, le=100)]
    """What it adds to the score."""
    found: int
    """``burst``: supports at most in a window; ``young`` and ``one_purpose``: accounts; ``regular``: seconds."""
    usual: int | None
    """``burst``: supports in a usual window."""


class FraudGroup(Model):
    """Supports given together."""

    group_id: UUID
    idea_id: IdeaId
    number: Number
    title: str
    kind: Code
    first_at: Instant
    last_at: Instant
    size: int
    score: Annotated[int, Field(ge=0, le=100)]
    reasons: tuple[FraudReason, ...]
    state: FraudState
    found_at: Instant
    may_confirm: bool
    """Whether the caller may decide what was proposed: somebody else proposed it."""


class ListFraud(ListRequest):
    """The groups that wait within the caller's perimeter, the highest score first (moderators). It is logged."""


class FraudPage(Page[FraudGroup], Reply):
    """A page of the queue."""


class ReadFraudGroup(Request):
    """A group and what taking it out would change (moderators of the place). It is logged."""

    group_id: UUID


class RhythmBar(Model):
    """Supports of the dossier in one window."""

    at: Instant
    supports: int
    in_group: int


class FraudView(Reply, FraudGroup):
    """A group, with the preview."""

    dossier_state: State
    before: int
    """The count of the dossier now."""
    after: int
    """Without the group."""
    stages_lost: tuple[Code, ...]
    rhythm: tuple[RhythmBar, ...]
    """The supports around the group, window after window."""
    text: str
    """What was said in public, once it was proposed."""
    looks: int
    """How often agents have looked at the group."""


class ProposeInvalidation(Request):
    """Propose that the group be taken out of the count (moderators of the place)."""

    group_id: UUID
    text: PublicText
    """For the record."""


class ConfirmInvalidation(Request):
    """Take the group out, as another agent than the one who proposed it. Repeating it changes nothing."""

    group_id: UUID


class DismissFraud(Request):
    """The supports are real: nothing changes, and the group is forgotten."""

    group_id: UUID
    note: Annotated[Prose, length(0, 1000)] = ""
    """Why, for agents."""


class UndoInvalidation(Request):
    """Give supports back that were taken out. Repeating it changes nothing."""

    group_id: UUID
    text: PublicText


class ReadFraudReport(Request):
    """What was found and decided, in public and without any name."""


class SignalCount(Model):
    """How often a signal was there."""

    signal: Signal
    groups: int
    confirmed: int
    """Of these, how many were taken out and stayed out."""


class FraudReport(Reply):
    """The last twelve months."""

    groups: int
    waiting: int
    dismissed: int
    invalidated: int
    undone: int
    supports_taken_out: int
    supports_given_back: int
    dossiers: int
    """How many had supports taken out."""
    stages_lost: int
    supports: int
    """How many supports were given in all, for comparison."""
    signals: tuple[SignalCount, ...]
    counted_at: Instant


class ListFraudLog(ListRequest):
    """Who looked at groups and decided (auditors, administrators)."""


class FraudLogItem(Model):
    """One look, or one decision."""

    at: Instant
    agent: UUID | None
    act: Code
    number: Number | None
    group_id: UUID | None


class FraudLog(Page[FraudLogItem], Reply):
    """A page of the log, newest first."""
