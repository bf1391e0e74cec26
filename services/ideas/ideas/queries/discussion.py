"""Threads and answers: keyset pages, as quick at five thousand messages as at five."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row
from contracts import ideas as c

from ideas.domain.discussion import Comment
from ideas.domain.rules import Rules
from ideas.queries import keyset
from ideas.queries.keyset import Key
from ideas.repository.comments import COLUMNS
from ideas.tables import comment_votes, comments, dossiers

FIRST_ANSWERS = 3
m = comments.c
_KEYS = {
    c.CommentSort.USEFUL: Key("useful", m.useful, m.id),
    c.CommentSort.NEWEST: Key("newest", m.written_at, m.id, datetime),
    c.CommentSort.OLDEST: Key("oldest", m.written_at, m.id, datetime, descending=False),
}


def _select(account: UUID | None) -> sa.Select[Any]:
    """Messages, with their dossier's number and state and whether the account found them useful."""
    mine = sa.select(sa.literal(1)).where(comment_votes.c.comment_id == m.id, comment_votes.c.account == account)
    upvoted = mine.exists() if account else sa.false()
    query = sa.select(*COLUMNS, m.useful, dossiers.c.number, dossiers.c.state, upvoted.label("upvoted"))
    return query.join_from(comments, dossiers, m.idea_id == dossiers.c.id)


def find(connection: sa.Connection, comment_id: UUID, account: UUID | None) -> Row | None:
    """One message."""
    return connection.execute(_select(account).where(m.id == comment_id)).first()


def list_threads(
    connection: sa.Connection, idea_id: UUID, request: c.ListComments, account: UUID | None
) -> tuple[Sequence[Row], str | None]:
    """One page of the messages that begin a thread."""
    query = _select(account).where(m.idea_id == idea_id, m.parent_id.is_(None))
    if request.side is not None:
        query = query.where(m.side == request.side)
    key = _KEYS[request.sort]
    rows = connection.execute(keyset.page(query, key, request.after, request.limit)).all()
    return keyset.split(rows, key, request.limit)


def first_answers(
    connection: sa.Connection, thread_ids: Sequence[UUID], account: UUID | None
) -> Mapping[UUID, Sequence[Row]]:
    """The first answers of each of the threads."""
    threads = (
        sa.func.unnest(sa.cast(list(thread_ids), sa.ARRAY(sa.Uuid)))
        .table_valued("thread")
        .render_derived(name="threads")
    )
    here = _select(account).where(m.parent_id == threads.c.thread)
    first = here.order_by(m.written_at, m.id).limit(FIRST_ANSWERS).lateral("first")
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in connection.execute(sa.select(*first.c).select_from(threads.join(first, sa.true()))):
        found[row.parent_id].append(row)
    return found


def count_answers(connection: sa.Connection, thread_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """How many answers each of the threads has."""
    query = sa.select(m.parent_id, sa.func.count()).where(m.parent_id.in_(list(thread_ids))).group_by(m.parent_id)
    return {parent: int(number) for parent, number in connection.execute(query)}


def list_answers(
    connection: sa.Connection, request: c.ListReplies, account: UUID | None
) -> tuple[Sequence[Row], str | None]:
    """One page of the answers to a message, oldest first."""
    query = _select(account).where(m.parent_id == request.comment_id)
    key = _KEYS[c.CommentSort.OLDEST]
    rows = connection.execute(keyset.page(query, key, request.after, request.limit)).all()
    return keyset.split(rows, key, request.limit)


def answer_by(comment: Comment, rules: Rules, now: datetime) -> date:
    """The day by which a moderator will have decided about a reported message."""
    return rules.day((comment.reported_since or now) + timedelta(hours=rules.report_hours))
