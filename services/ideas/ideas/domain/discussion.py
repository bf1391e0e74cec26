"""Messages: written, corrected for a short while, answered one level deep, reported, hidden, decided."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from ideas.domain.dossier import Dossier, State, known_reason
from ideas.domain.problems import DomainError, Invalid, Problem
from ideas.domain.rules import Rules

CLOSED_TO_DISCUSSION = frozenset({State.SUBMITTED, State.REFUSED, State.HIDDEN, State.WITHDRAWN, State.MERGED})


@dataclass(frozen=True, slots=True)
class Comment:
    """A message. ``pending``: people who reported it since a moderator last decided."""

    id: UUID
    idea_id: UUID
    parent_id: UUID | None
    side: str
    text: str
    author: UUID | None
    service: str | None
    written_at: datetime
    edited_at: datetime | None = None
    hidden_at: datetime | None = None
    hidden_reason: str | None = None
    pending: int = 0
    reported_since: datetime | None = None
    reference: str | None = None
    imported_useful: int = 0


def write(comment: Comment, dossier: Dossier, parent: Comment | None, rules: Rules) -> Comment:
    """The message in its place: an answer joins the thread of what it answers and takes its side."""
    if dossier.state in CLOSED_TO_DISCUSSION:
        raise DomainError("discussion-closed", "The discussion of this dossier is closed.")
    _check_length(comment.text, rules)
    if parent is None:
        return comment
    if parent.idea_id != comment.idea_id:
        raise Invalid(Problem("/parent_id", "other-dossier", "The message that is answered is about another dossier."))
    return replace(comment, parent_id=parent.parent_id or parent.id, side=parent.side)


def correct(comment: Comment, account: UUID, text: str, rules: Rules, now: datetime) -> Comment:
    """The message with another text, if its author asks in time."""
    if comment.author != account:
        raise DomainError("not-the-author", "Only its author may do this.")
    if now > editable_until(comment, rules) or comment.hidden_at is not None:
        raise DomainError("too-late", "It can no longer be corrected: write another message.")
    _check_length(text, rules)
    return replace(comment, text=text, edited_at=now)


def editable_until(comment: Comment, rules: Rules) -> datetime:
    """Until when its author may correct it."""
    return comment.written_at + timedelta(minutes=rules.edit_minutes)


def reported(comment: Comment, pending: int, rules: Rules, now: datetime) -> Comment:
    """The message after so many people reported it: enough of them hide it until a moderator decides."""
    seen = replace(comment, pending=pending, reported_since=comment.reported_since or now)
    if pending >= rules.reports_that_hide and comment.hidden_at is None:
        return replace(seen, hidden_at=now)
    return seen


def keep(comment: Comment) -> Comment:
    """A moderator found nothing wrong: it is shown, and earlier reports count no more."""
    return replace(comment, hidden_at=None, hidden_reason=None, pending=0, reported_since=None)


def hide(comment: Comment, reason: str | None, rules: Rules, now: datetime) -> Comment:
    """A moderator hides it for a reason."""
    known_reason(rules, "hide", reason)
    shut = comment.hidden_at or now
    return replace(comment, hidden_at=shut, hidden_reason=reason, pending=0, reported_since=None)


def _check_length(text: str, rules: Rules) -> None:
    if len(text) > rules.comment_length:
        limits = {"max_length": rules.comment_length, "length": len(text)}
        detail = f"At most {rules.comment_length} characters are possible."
        raise Invalid(Problem("/text", "string-too-long", detail, limits))
