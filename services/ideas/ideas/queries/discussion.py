"""Threads and answers: keyset pages, as quick at five thousand messages as at five."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row
from contracts import ideas as c

from ideas.domain.discussion import Comment
from ideas.domain.rules import Rules
from ideas.queries import keyset, nested
from ideas.queries.keyset import Key
from ideas.repository.comments import COLUMNS, answer
from ideas.tables import comment_votes, comments, dossiers

FIRST_ANSWERS = 3
m = comments.c
_KEYS = {
    c.CommentSort.USEFUL: Key("useful", m.score, m.id),
    c.CommentSort.NEWEST: Key("newest", m.written_at, m.id, datetime),
    c.CommentSort.DISCUSSED: Key("discussed", m.answers, m.id),
    c.CommentSort.OLDEST: Key("oldest", m.written_at, m.id, datetime, descending=False),
}


def _select(of: sa.FromClause, voted: sa.ColumnElement[int]) -> sa.Select[Any]:
    """Messages, with their dossier's number and state and how the account voted (1, -1, 0)."""
    names = (*(column.name for column in COLUMNS), "useful", "down_votes", "answers")
    query = sa.select(*(of.c[name] for name in names), dossiers.c.number, dossiers.c.state, voted.label("voted"))
    return query.join_from(of, dossiers, of.c.idea_id == dossiers.c.id)


def _with_vote(of: sa.FromClause) -> sa.Select[Any]:
    v = comment_votes.c
    theirs = sa.select(v.value).where(v.comment_id == of.c.id, v.account == sa.bindparam("account", type_=sa.Uuid))
    return _select(of, sa.func.coalesce(theirs.correlate(of).scalar_subquery(), 0))


def _with_answers(query: sa.Select[Any], answers: sa.Select[Any]) -> sa.Select[Any]:
    """Messages that begin a thread, each with the first of its answers."""
    first = answers.where(answer.c.parent_id == m.id).order_by(answer.c.written_at, answer.c.id).limit(FIRST_ANSWERS)
    return query.where(m.parent_id.is_(None)).add_columns(nested.rows(first, comments).label("first_answers"))


_ANYBODYS, _THEIRS = _select(comments, sa.literal(0)), _with_vote(comments)
_ANYBODYS_THREADS = _with_answers(_ANYBODYS, _select(answer, sa.literal(0)))
_THEIR_THREADS = _with_answers(_THEIRS, _with_vote(answer))


def _for(account: UUID | None, anybodys: sa.Select[Any], theirs: sa.Select[Any]) -> sa.Select[Any]:
    return theirs if account else anybodys


def find(connection: sa.Connection, comment_id: UUID, account: UUID | None) -> Row | None:
    """One message."""
    query = _for(account, _ANYBODYS, _THEIRS).where(m.id == comment_id)
    return connection.execute(query, {"account": account}).first()


def list_threads(
    connection: sa.Connection, idea_id: UUID, request: c.ListComments, account: UUID | None
) -> tuple[Sequence[Row], str | None]:
    """One page of the messages that begin a thread, each with its ``first_answers``."""
    threads = _for(account, _ANYBODYS_THREADS, _THEIR_THREADS)
    if request.after is None:
        query = _first_page(threads, request.sort, request.side, request.limit)
    else:
        query = keyset.page(_of_dossier(threads, request.side), _KEYS[request.sort], request.after, request.limit)
    rows = connection.execute(query, {"account": account, "idea": idea_id}).all()
    return keyset.split(rows, _KEYS[request.sort], request.limit)


@lru_cache(maxsize=256)
def _first_page(threads: sa.Select[Any], sort: c.CommentSort, side: c.Side | None, limit: int) -> sa.Select[Any]:
    """The statement that every page of a dossier needs: made once, for making it costs as much as asking it."""
    return keyset.page(_of_dossier(threads, side), _KEYS[sort], None, limit)


def _of_dossier(threads: sa.Select[Any], side: c.Side | None) -> sa.Select[Any]:
    query = threads.where(m.idea_id == sa.bindparam("idea", type_=sa.Uuid))
    return query.where(m.side == side) if side is not None else query


def list_answers(
    connection: sa.Connection, request: c.ListReplies, account: UUID | None
) -> tuple[Sequence[Row], str | None]:
    """One page of the answers to a message, oldest first."""
    query = _for(account, _ANYBODYS, _THEIRS).where(m.parent_id == request.comment_id)
    key = _KEYS[c.CommentSort.OLDEST]
    rows = connection.execute(keyset.page(query, key, request.after, request.limit), {"account": account}).all()
    return keyset.split(rows, key, request.limit)


def answer_by(comment: Comment, rules: Rules, now: datetime) -> date:
    """The day by which a moderator will have decided about a reported message."""
    return rules.day((comment.reported_since or now) + timedelta(hours=rules.report_hours))
