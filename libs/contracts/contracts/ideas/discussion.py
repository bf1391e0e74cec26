"""The discussion of a dossier: messages for, against or asking, and one level of answers."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from contracts.base import AccountId, Code, Instant, Line, ListRequest, Model, Page, Prose, Reply, Request, length
from contracts.ideas.words import CommentId, CommentText, DossierKey, IdeaId, Number, Tally


class Side(StrEnum):
    """What a message wants to do."""

    PRO = "pro"
    CON = "con"
    QUESTION = "question"


class PostComment(Request):
    """Write a message, or answer one. Repeating it with the same id changes nothing."""

    idea_id: IdeaId
    comment_id: CommentId
    side: Side = Side.QUESTION
    """An answer takes the side of what it answers."""
    parent_id: CommentId | None = None
    """The message that is answered; an answer to an answer joins the same thread."""
    text: CommentText
    service: Code | None = None
    """An official answer in the name of this service (examiners only)."""


class EditComment(Request):
    """Correct one's message shortly after writing it."""

    comment_id: CommentId
    text: CommentText


class UpvoteComment(Request):
    """Find a message useful: once per person. Repeating it changes nothing."""

    comment_id: CommentId


class DownvoteComment(Request):
    """Find a message not useful, instead of useful if one did before. Repeating it changes nothing."""

    comment_id: CommentId


class RemoveUpvote(Request):
    """Take one's vote back, up or down. Repeating it changes nothing."""

    comment_id: CommentId


class ReportComment(Request):
    """Tell moderation about a message: once per person."""

    comment_id: CommentId
    reason: Code
    """One of the territory's reasons that apply to ``report``."""
    text: Annotated[Prose, length(0, 500)] = ""


class ReportReceived(Reply):
    """Thank you. Says no more, so that nobody learns what others reported."""

    comment_id: CommentId
    answer_by: date
    """When moderation will have decided."""


class CommentView(Reply):
    """One message."""

    id: CommentId
    idea_id: IdeaId
    number: Number
    parent_id: CommentId | None
    side: Side
    text: str
    """Empty while hidden."""
    author: AccountId | None
    """``None``: the account is no more, or the message was imported."""
    service: Code | None
    """The service that answers officially."""
    written_at: Instant
    edited_at: Instant | None
    useful: int
    not_useful: int
    hidden: bool
    hidden_reason: Code | None
    """``None`` while hidden by reports alone."""
    mine: bool
    upvoted: bool
    downvoted: bool
    editable_until: Instant | None
    """Only for its author, and only as long as it can be."""


class Thread(CommentView):
    """A message that begins a thread, with the first of its answers."""

    replies_total: int
    replies: tuple[CommentView, ...]
    """Oldest first, the first few; the rest with ``list_replies``."""


class CommentSort(StrEnum):
    """In which order."""

    USEFUL = "useful"
    """Most votes up, less those down."""
    DISCUSSED = "discussed"
    """Most answers."""
    NEWEST = "newest"
    OLDEST = "oldest"


class ListComments(ListRequest):
    """The threads of a dossier."""

    dossier: DossierKey
    side: Side | None = None
    sort: CommentSort = CommentSort.USEFUL


class ThreadPage(Page[Thread], Reply):
    """A page of threads."""


class ListReplies(ListRequest):
    """The answers to a message, oldest first."""

    comment_id: CommentId


class ReplyPage(Page[CommentView], Reply):
    """A page of answers."""


class ReadComment(Request):
    """One message."""

    comment_id: CommentId


class ImportedComment(Model):
    """A message taken over from another platform."""

    reference: Annotated[Line, length(1, 200)]
    """How its source calls it: repeating an import with the same reference changes nothing."""
    parent: Annotated[Line, length(1, 200)] | None = None
    """The reference of the message that it answers."""
    side: Side
    text: Annotated[Prose, length(1, 30_000)]
    written_at: Instant
    useful: Tally = 0
    """How many people found it useful there."""


class ImportComments(Request):
    """Take over messages of an imported dossier (administrators)."""

    idea_id: IdeaId
    comments: Annotated[tuple[ImportedComment, ...], Field(min_length=1, max_length=500)]


class CommentsImported(Reply):
    """How many were new, and how many were there before."""

    added: int
    already: int
