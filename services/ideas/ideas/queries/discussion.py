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
    c.CommentSort.USEFUL: Key("useful", m.score, m.id),
    c.CommentSort.NEWEST: Key("newest", m.written_at, m.id, datetime),
    c.CommentSort.DISCUSSED: Key("discussed", m.answers, m.id),
    c.CommentSort.OLDEST: Key("oldest", m.written_at, m.id, datetime, descending=False),
}


def _select(account: UUID | None) -> sa.Select[Any]:
    """Messages, with their dossier's number and state and how the account voted (1, -1, 0)."""
    mine = sa.select(comment_votes.c.value).where(
        comment_votes.c.comment_id == m.id, comment_votes.c.account == account
    )
    voted = sa.func.coalesce(mine.scalar_subquery(), 0) if account else sa.literal(0)
    counts = (m.useful, m.down_votes, m.answers)
    query = sa.select(*COLUMNS, *counts, dossiers.c.number, dossiers.c.state, voted.label("voted"))
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
