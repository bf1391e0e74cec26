"""The agents' desk: moderation, examination, answers, follow-up, import, and the figures of it all."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from contracts.base import AccountId, Code, Distinct, Instant, ListRequest, Model, Page, Prose, Reply, Request, length
from contracts.ideas.attachments import AttachmentView
from contracts.ideas.dossiers import DossierCard
from contracts.ideas.examination import CommitmentFigures, CommitmentInput, LateCommitment
from contracts.ideas.many import Taken
from contracts.ideas.words import Amount, CommentId, Day, Digest, IdeaId, Number, PlaceView, PublicText, State


class Subject(StrEnum):
    """What moderation reads."""

    DOSSIER = "dossier"
    COMMENT = "comment"


class ModerationSort(StrEnum):
    """In which order."""

    URGENT = "urgent"
    RECENT = "recent"


class ListModeration(ListRequest):
    """What waits for a moderator, within the caller's perimeter."""

    subject: Subject | None = None
    kind: Code | None = None
    theme: Code | None = None
    district: Code | None = None
    waiting_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    """Only what waits since so many days or more."""
    taken: Taken | None = None
    sort: ModerationSort = ModerationSort.URGENT


class ModerationItem(Model):
    """One thing to decide."""

    subject: Subject
    idea_id: IdeaId
    number: Number
    comment_id: CommentId | None
    title: str
    text: str
    kind: Code
    place: PlaceView
    state: State
    attachments: tuple[AttachmentView, ...] = ()
    """Photos and documents of the dossier, those of its notes among them."""
    similar: tuple[DossierCard, ...]
    """Live dossiers that ask for much the same."""
    reports: int
    report_reasons: tuple[Code, ...]
    hidden: bool
    taken_by: AccountId | None
    """The agent who has it in hand."""
    waiting_since: Instant
    due_at: Instant
    hours_left: int
    """Negative: so many hours late."""


class ModerationPage(Page[ModerationItem], Reply):
    """A page of the queue."""

    oldest_at: Instant | None
    """Since when the oldest waits."""


class ApproveIdea(Request):
    """Publish what was submitted, or keep what was published. Repeating it changes nothing."""

    idea_id: IdeaId


class RefuseIdea(Request):
    """Refuse what waits for moderation. Repeating it changes nothing."""

    idea_id: IdeaId
    reason: Code
    text: PublicText


class HideIdea(Request):
    """Hide the content of a published dossier."""

    idea_id: IdeaId
    reason: Code
    text: PublicText


class RestoreIdea(Request):
    """Show it again, in the state it had."""

    idea_id: IdeaId
    text: PublicText


class DecideComment(Request):
    """Decide about a reported message: keep it, or hide it for a reason."""

    comment_id: CommentId
    decision: Literal["keep", "hide"]
    reason: Code | None = None
    """Needed to hide."""
    text: Annotated[Prose, length(0, 1000)] = ""
    """For its author."""


class ExaminationFilter(StrEnum):
    """Which part of the work."""

    STAGES = "stages"
    """A stage was reached; what is owed there has not come yet."""
    TO_ASSIGN = "to_assign"
    ASSIGNED = "assigned"
    OPINIONS = "opinions"
    """Asked of a service, not given yet."""
    OVERDUE = "overdue"
    """Any of the above whose date is past."""
    FOLLOW_UP = "follow_up"
    """Accepted, not finished: what was promised, by date."""


class ListExamination(ListRequest):
    """What services have to do, most urgent first, within the caller's perimeter."""

    show: ExaminationFilter
    service: Code | None = None
    kind: Code | None = None
    theme: Code | None = None
    district: Code | None = None
    late_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    """Only what is late by so many days or more."""
    taken: Taken | None = None


class ExaminationItem(DossierCard):
    """One dossier to work on."""

    awaited: Code
    """``stage``, ``assignment``, ``answer``, ``opinion`` or ``follow-up``."""
    stage: Code | None
    asked: Code | None
    """The service whose opinion is awaited."""
    taken_by: AccountId | None
    """The agent who has it in hand."""
    due_on: date | None
    days_left_to_act: int | None
    """Negative: so many days late."""


class ExaminationPage(Page[ExaminationItem], Reply):
    """A page of work."""


class ReadDeskCounts(Request):
    """How much waits in each queue of the caller's perimeter."""


class DeskCounts(Reply):
    """Numbers beside the queues."""

    to_moderate: int
    reports: int
    stages: int
    to_assign: int
    assigned: int
    opinions: int
    overdue: int
    follow_up: int
    appeals: int
    paper: int = 0
    """Batches of signatures on paper that wait for a second agent."""
    fraud: int = 0
    """Groups of supports to look at."""
    to_group: int = 0
    """Admitted ideas of the newest campaign that no project is made of yet."""
    oldest_waiting_since: Instant | None


class AssignExamination(Request):
    """Give the examination to a service. Also opens one that no threshold asks for (suggestions).

    Passing it on (up, down or across the tree of services) needs a reason; it is for the service that has it in hand,
    and for those above it.
    """

    idea_id: IdeaId
    service: Code
    reason: Code | None = None
    """One of the territory's reasons that apply to ``pass``."""
    text: Annotated[Prose, length(0, 5000)] = ""


class AnswerStage(Request):
    """Say what was owed at a stage: the town hall read it, the service's opinion."""

    idea_id: IdeaId
    stage: Code
    service: Code
    text: PublicText


class PublishAnswer(Request):
    """The public answer to an examined dossier. Declining needs a reason."""

    idea_id: IdeaId
    outcome: Literal["accepted", "declined"]
    reason: Code | None = None
    text: PublicText
    cost: Amount | None = None
    commitments: Annotated[tuple[CommitmentInput, ...], Field(max_length=20)] = ()
    """What is promised with a favourable answer."""


class RecordProgress(Request):
    """What became of an accepted dossier: a new state, or news without one. Abandoning needs a reason."""

    idea_id: IdeaId
    state: Literal["planned", "under_way", "delivered", "abandoned"] | None = None
    on: Day | None = None
    """The day it happened or is planned for."""
    reason: Code | None = None
    text: PublicText
    cost: Amount | None = None


class InvalidateSupports(Request):
    """Take invalid supports out of the count; what they had reached is lost with a public trace (administrators)."""

    idea_id: IdeaId
    account_ids: Annotated[tuple[AccountId, ...], Distinct, Field(min_length=1, max_length=1000)]
    text: PublicText


class ReadTransparency(Request):
    """How the administration keeps its promises."""


class Delay(Model):
    """A promised delay and how it was kept in the last twelve months."""

    measure: Code
    """``moderation``, ``appeal``, ``stage-<code>``, ``opinion`` or ``answer``."""
    promised_hours: int
    average_hours: int | None
    """``None``: nothing to measure yet."""
    done: int
    late_now: int
    """Still awaited, and past its date."""


class ReasonCount(Model):
    """How often moderation gave a reason in the last twelve months."""

    reason: Code
    refused: int
    comments_hidden: int
    appeals: int
    """Appeals against decisions for this reason."""
    upheld: int
    overturned: int


class TransparencyView(Reply):
    """Public figures of moderation and examination."""

    delays: tuple[Delay, ...]
    moderated: int
    reasons: tuple[ReasonCount, ...]
    commitments: CommitmentFigures
    late_commitments: tuple[LateCommitment, ...]
    """The longest late first, at most ten."""
    steps: int
    """How many steps all the records hold."""
    head: Digest | None
    """The hash of the last step of all."""
    counted_at: Instant
