"""Writing a dossier: drafts, deposit, corrections, notes, and taking it back."""

from typing import Annotated
from uuid import UUID

from contracts.base import (
    Code,
    Instant,
    Line,
    ListRequest,
    Model,
    Page,
    Point,
    Prose,
    Reply,
    Request,
    Slug,
    VersionNumber,
    length,
)
from contracts.ideas.attachments import AttachmentView
from contracts.ideas.words import Body, IdeaId, Number, PlaceInput, Scope, Title


class DraftContent(Model):
    """Whatever was typed so far: nothing is required and nothing is refused for its length."""

    kind: Code = "idea"
    title: Annotated[Line, length(0, 200)] = ""
    text: Annotated[Prose, length(0, 10_000)] = ""
    theme: Code | None = None
    scope: Scope | None = None
    district: Code | None = None
    point: Point | None = None
    address: Annotated[Line, length(0, 200)] = ""
    campaign: Slug | None = None
    again: Number | None = None
    """One's own dossier, expired or refused, that this one asks for again."""


class SaveDraft(Request, DraftContent):
    """Keep a draft. ``idea_id`` is made by the client (UUIDv7) and stays the dossier's when it is deposited."""

    idea_id: IdeaId


class DraftView(Reply, DraftContent):
    """A draft, for its author only."""

    idea_id: IdeaId
    saved_at: Instant
    attachments: tuple[AttachmentView, ...] = ()


class ReadDraft(Request):
    """One of the caller's drafts."""

    idea_id: IdeaId


class DiscardDraft(Request):
    """Throw a draft away. Repeating it changes nothing."""

    idea_id: IdeaId


class ListDrafts(ListRequest):
    """The caller's drafts, last saved first."""


class DraftPage(Page[DraftView], Reply):
    """A page of drafts."""


class DepositIdea(Request):
    """Deposit a dossier, whether or not there was a draft of it. Repeating it with the same id changes nothing."""

    idea_id: IdeaId
    kind: Code = "idea"
    title: Title
    text: Body
    theme: Code
    place: PlaceInput
    campaign: Slug | None = None
    again: Number | None = None
    """One's own dossier, expired or refused, that this one asks for again: both will say so."""


class EditIdea(Request):
    """Change one's dossier before anybody supported it; what is not given stays. ``version``: the one that was read."""

    idea_id: IdeaId
    version: VersionNumber
    title: Title | None = None
    text: Body | None = None
    theme: Code | None = None
    place: PlaceInput | None = None


class AddAddendum(Request):
    """Add a dated note to one's dossier. Repeating it with the same id changes nothing."""

    idea_id: IdeaId
    addendum_id: UUID
    text: Annotated[Prose, length(10, 1000)]


class WithdrawIdea(Request):
    """Take one's dossier back before it is examined. It stays readable."""

    idea_id: IdeaId
    text: Annotated[Prose, length(0, 1000)] = ""
