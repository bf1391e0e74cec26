"""Appeals: the author of what moderation refused or hid asks once for another reading, by somebody else."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from contracts.base import Code, Instant, ListRequest, Model, Page, Prose, Reply, Request, length
from contracts.ideas.words import CommentId, IdeaId, Number, PlaceView, PublicText


class AppealOutcome(StrEnum):
    """What another moderator decided."""

    UPHELD = "upheld"
    """The decision stands."""
    OVERTURNED = "overturned"
    """The decision is undone: what was refused is published, what was hidden is shown again."""


class Contested(Model):
    """A decision of moderation that can be appealed."""

    decision: Code
    """``refuse`` or ``hide``."""
    reason: Code
    text: str
    decided_at: Instant


class AppealView(Reply):
    """An appeal, for its author and for moderators."""

    appeal_id: UUID
    idea_id: IdeaId
    number: Number
    comment_id: CommentId | None
    contested: Contested
    text: str
    made_at: Instant
    due_on: date
    """By when another moderator decides."""
    outcome: AppealOutcome | None
    reason: Code | None
    answer: str
    """What the other moderator says, in public."""
    decided_at: Instant | None


class MakeAppeal(Request):
    """Appeal against the last refusal or hiding of one's dossier or message. Repeating it changes nothing."""

    appeal_id: UUID
    idea_id: IdeaId
    comment_id: CommentId | None = None
    text: Annotated[Prose, length(20, 2000)]
    """Why the decision should be looked at again. Read by moderators only."""


class ReadAppeal(Request):
    """How things stand for the author of a dossier or of a message that moderation refused or hid."""

    idea_id: IdeaId | None = None
    comment_id: CommentId | None = None

    @model_validator(mode="after")
    def _about_one(self) -> Self:
        if (self.idea_id is None) == (self.comment_id is None):
            raise PydanticCustomError("one-of", "give the dossier or the message")
        return self


class AppealStanding(Reply):
    """Whether the author may appeal, until when, and the appeal if there is one."""

    idea_id: IdeaId
    number: Number
    comment_id: CommentId | None
    contested: Contested | None
    """``None``: nothing was refused or hidden."""
    words: str
    """What the author wrote."""
    may_appeal: bool
    until: date | None
    """The last day to appeal."""
    appeal: AppealView | None


class ListAppeals(ListRequest):
    """The appeals that wait for a moderator, most urgent first, within the caller's perimeter."""

    district: Code | None = None


class AppealItem(AppealView):
    """One appeal to decide."""

    title: str
    words: str
    """What was refused or hidden."""
    kind: Code
    place: PlaceView
    days_left: int
    """Negative: so many days late."""
    may_decide: bool
    """``False``: the caller took the decision that is contested, or wrote what it is about."""


class AppealPage(Page[AppealItem], Reply):
    """A page of the queue."""


class DecideAppeal(Request):
    """Decide an appeal, as another moderator than the one whose decision it is about."""

    appeal_id: UUID
    outcome: AppealOutcome
    reason: Code
    """Upheld: a reason that may be given for the decision itself; overturned: one that applies to ``overturn``."""
    text: PublicText
