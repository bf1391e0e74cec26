"""A dossier as it is shown: in a list, whole, and its record."""

from datetime import date
from typing import Annotated

from pydantic import Field

from contracts.base import (
    AccountId,
    Code,
    Instant,
    Model,
    Reply,
    Request,
    Slug,
)
from contracts.ideas.attachments import AttachmentView
from contracts.ideas.examination import CommitmentView, Feasibility, OpinionView
from contracts.ideas.merging import MergeLink
from contracts.ideas.words import (
    Clock,
    Digest,
    DossierKey,
    IdeaId,
    Number,
    PlaceView,
    State,
    StepView,
)


class DossierCard(Model):
    """A dossier in a list."""

    id: IdeaId
    number: Number
    kind: Code
    title: str
    """Empty when moderation hid the content."""
    excerpt: str
    """Its first words, without Markdown."""
    state: State
    theme: Code
    place: PlaceView
    campaign: Slug | None
    supports: Annotated[int, Field(ge=0)]
    threshold: int | None
    """How many supports decide; ``None``: none do."""
    comments: Annotated[int, Field(ge=0)]
    deposited_at: Instant
    state_since: Instant
    closes_on: date | None
    """Last day of gathering supports."""
    days_left: int | None
    """Until then, for an open dossier."""
    service: Code | None
    """The service in charge, once there is one."""
    reason: Code | None
    """Of the decision that led to this state, where one was given."""
    last_word: str
    """The text of the last step of the administration, shortened: what became of it."""
    cost: int | None
    """In whole units of the territory's currency, where known."""
    metres: int | None = None
    """How far from the point that was asked about."""


class StageView(Model):
    """A stage of supports and what it led to."""

    code: Code
    supports: int
    reached_on: date | None
    due_on: date | None
    answered_on: date | None


class AnswerView(Model):
    """The public answer of the administration."""

    outcome: State
    """Accepted or declined."""
    service: Code | None
    reason: Code | None
    text: str
    published_at: Instant


class ExaminationView(Model):
    """Which service examines, and until when."""

    service: Code | None
    """``None``: not assigned yet."""
    assigned_at: Instant | None
    due_on: date


class CommentCounts(Model):
    """How many messages the discussion has; of those that begin a thread, how many of each side."""

    all: int
    pro: int
    con: int
    question: int


class Addendum(Model):
    """A dated note of the author."""

    text: str
    added_at: Instant
    attachments: tuple[AttachmentView, ...] = ()


class NewsPictures(Model):
    """The pictures that news of works came with."""

    step: Annotated[int, Field(ge=1)]
    """Which step of the record tells the news."""
    attachments: tuple[AttachmentView, ...]


class Mine(Model):
    """What the caller has to do with a dossier."""

    author: bool
    supported: bool
    may_support: bool
    may_withdraw_support: bool
    may_edit: bool


class ProjectLink(Model):
    """The project of a participatory budget that a dossier is part of."""

    number: Number
    """The dossier's own, if it leads the project."""
    title: str
    year: int


class AgainLink(Model):
    """The other side of a dossier that asks again for what another one asked for."""

    number: Number
    title: str
    """Empty when moderation hid it."""
    state: State


class DossierView(Reply, DossierCard):
    """A dossier, whole, without its record and its discussion, which have calls of their own."""

    text: str
    """Markdown as its author wrote it; empty when moderation hid the content. Sanitise when rendering."""
    content_hidden: bool
    author: AccountId | None
    """``None``: the account is no more, or the dossier was imported."""
    imported_from: str | None
    """Where it was taken over from: the name of a platform or data set."""
    version: int
    """Grows with every change of content or state: use it as an ETag."""
    own_supports: int
    """Given to it here."""
    imported_supports: int
    paper_supports: int = 0
    """Signatures on paper, entered by agents."""
    joined_supports: int = 0
    """Of people who support a dossier that was joined to it, and not this one as well."""
    again_of: AgainLink | None = None
    """The ended dossier of the same author that it takes up."""
    asked_again: tuple[AgainLink, ...] = ()
    """The dossiers that took it up once it had ended."""
    joined: tuple[MergeLink, ...] = ()
    """The dossiers that were joined to it."""
    joined_to: MergeLink | None = None
    """The dossier that it was joined to."""
    stages: tuple[StageView, ...]
    clock: Clock | None
    """What is awaited next."""
    examination: ExaminationView | None
    answer: AnswerView | None
    feasibility: Feasibility | None
    yearly_cost: int | None
    """What it would cost each year once it is there."""
    opinions: tuple[OpinionView, ...]
    """Asked of services, in the order in which they are due."""
    commitments: tuple[CommitmentView, ...]
    """What was promised, in the order of the dates."""
    addenda: tuple[Addendum, ...]
    attachments: tuple[AttachmentView, ...] = ()
    """Photos and documents, in the order in which they were added; those of a note are with the note."""
    news_pictures: tuple[NewsPictures, ...] = ()
    """In the order of the steps."""
    discussion: CommentCounts
    steps: int
    """How many the record has."""
    head: Digest
    """The hash of its last step."""
    counted_at: Instant
    mine: Mine | None
    """``None`` when nobody is signed in."""
    project: ProjectLink | None = None
    """The project that it is part of."""


class ReadIdea(Request):
    """A dossier by number or id. What waits for moderation is shown to its author and to moderators only."""

    dossier: DossierKey


class ReadRecord(Request):
    """The whole record of a dossier, from the first step."""

    dossier: DossierKey


class RecordView(Reply):
    """The public export of a record: ``python -m ideas.verify`` recomputes it."""

    number: Number
    idea_id: IdeaId
    steps: tuple[StepView, ...]
    intact: bool
    """Whether the chain, recomputed just now, holds."""
    clock: Clock | None
