"""Rows of messages as the contract's views."""

from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.database import Row
from contracts import ideas as c

from ideas.domain.discussion import editable_until
from ideas.domain.rules import Rules
from ideas.repository.comments import comment_of


def _values(row: Row, account: UUID | None, rules: Rules, now: datetime) -> dict[str, Any]:
    one = comment_of(row)
    hidden = one.hidden_at is not None
    mine = account is not None and one.author == account
    until = editable_until(one, rules)
    return {
        "id": one.id,
        "idea_id": one.idea_id,
        "number": row.number,
        "parent_id": one.parent_id,
        "side": one.side,
        "text": "" if hidden else one.text,
        "author": one.author,
        "service": one.service,
        "written_at": one.written_at,
        "edited_at": one.edited_at,
        "useful": row.useful,
        "hidden": hidden,
        "hidden_reason": one.hidden_reason,
        "mine": mine,
        "not_useful": row.down_votes,
        "upvoted": row.voted == 1,
        "downvoted": row.voted == -1,
        "editable_until": until if mine and not hidden and now <= until else None,
    }


def comment_view(row: Row, account: UUID | None, rules: Rules, now: datetime) -> c.CommentView:
    """One message as the account sees it."""
    return c.CommentView.model_validate(_values(row, account, rules, now))


def thread(row: Row, account: UUID | None, rules: Rules, now: datetime) -> c.Thread:
    """A message that begins a thread, with the first of its answers."""
    replies = tuple(comment_view(answer, account, rules, now) for answer in row.first_answers)
    more = {"replies": replies, "replies_total": row.answers}
    return c.Thread.model_validate(_values(row, account, rules, now) | more)
