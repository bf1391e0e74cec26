"""What waits for moderators: dossiers never read, and messages that people reported."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row
from contracts import ideas as c

from ideas.domain.rules import Rules
from ideas.queries import keyset, taking
from ideas.queries.finding import ALIVE, CARD
from ideas.queries.keyset import Key
from ideas.tables import comment_reports, comments, dossiers, search

d, m = dossiers.c, comments.c
TO_READ = sa.and_(d.moderated_at.is_(None), d.imported_from.is_(None), d.state.in_(("submitted", *ALIVE)))
REPORTED = m.pending > 0
SIMILAR_EACH = 2


class Seen(NamedTuple):
    """Who looks at the queue, when, and which districts they see (``None``: all)."""

    account: UUID | None
    now: datetime
    districts: frozenset[str] | None


def _dossiers(rules: Rules) -> sa.Select[Any]:
    due = d.deposited_at + timedelta(hours=rules.moderation_hours)
    return sa.select(
        sa.literal("dossier").label("subject"),
        d.id.label("idea_id"),
        sa.cast(sa.null(), sa.Uuid).label("comment_id"),
        d.text.label("words"),
        sa.literal(0).label("reports"),
        sa.literal(value=False).label("shut"),
        d.deposited_at.label("waiting_since"),
        due.label("due_at"),
    ).where(TO_READ)


def _comments(rules: Rules) -> sa.Select[Any]:
    due = m.reported_since + timedelta(hours=rules.report_hours)
    return sa.select(
        sa.literal("comment").label("subject"),
        m.idea_id,
        m.id.label("comment_id"),
        m.text.label("words"),
        m.pending.label("reports"),
        m.hidden_at.isnot(None).label("shut"),
        m.reported_since.label("waiting_since"),
        due.label("due_at"),
    ).where(REPORTED)


def _waiting(request: c.ListModeration, seen: Seen, rules: Rules) -> tuple[sa.Subquery, list[sa.ColumnElement[bool]]]:
    waiting = sa.union_all(_dossiers(rules), _comments(rules)).subquery("waiting")
    wanted: list[sa.ColumnElement[bool]] = []
    if request.subject is not None:
        wanted.append(waiting.c.subject == request.subject)
    if request.kind is not None:
        wanted.append(d.kind == request.kind)
    if request.theme is not None:
        wanted.append(d.theme == request.theme)
    if request.district is not None:
        wanted.append(d.district.in_(rules.within([request.district]) or {request.district}))
    if request.waiting_days is not None:
        wanted.append(waiting.c.waiting_since <= seen.now - timedelta(days=request.waiting_days))
    if seen.districts is not None:
        wanted.append(d.district.is_(None) | d.district.in_(seen.districts))
    wanted += taking.wanted(c.WorkQueue.MODERATION, _item(waiting), request.taken, seen.account)
    return waiting, wanted


def _item(waiting: sa.Subquery) -> sa.ColumnElement[UUID]:
    return sa.func.coalesce(waiting.c.comment_id, waiting.c.idea_id, type_=sa.Uuid())


def list_waiting(
    connection: sa.Connection, request: c.ListModeration, seen: Seen, rules: Rules
) -> tuple[Sequence[Row], str | None]:
    """One page of the queue."""
    waiting, wanted = _waiting(request, seen, rules)
    reasons = (
        sa.select(sa.func.array_agg(sa.distinct(comment_reports.c.reason)))
        .where(comment_reports.c.comment_id == waiting.c.comment_id, comment_reports.c.decided_at.is_(None))
        .scalar_subquery()
    )
    row_id = _item(waiting)
    by = taking.holder(c.WorkQueue.MODERATION, row_id).label("taken_by")
    key = Key("urgent", waiting.c.due_at, row_id, datetime, descending=False)
    if request.sort is c.ModerationSort.RECENT:
        key = Key("recent", waiting.c.waiting_since, row_id, datetime)
    query = sa.select(*CARD, *waiting.c, reasons.label("reasons"), by).join_from(
        waiting, dossiers, waiting.c.idea_id == d.id
    )
    rows = connection.execute(keyset.page(query.where(*wanted), key, request.after, request.limit)).all()
    return keyset.split(rows, key, request.limit)


def totals(connection: sa.Connection, request: c.ListModeration, seen: Seen, rules: Rules) -> Row:
    """How many wait (``total``), and since when the first does (``oldest``)."""
    waiting, wanted = _waiting(request, seen, rules)
    numbers = sa.select(sa.func.count().label("total"), sa.func.min(waiting.c.waiting_since).label("oldest"))
    return connection.execute(numbers.join_from(waiting, dossiers, waiting.c.idea_id == d.id).where(*wanted)).one()


def similar_to(connection: sa.Connection, idea_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Row]]:
    """For each of the dossiers, the live ones with the most similar titles."""
    own = search.alias("own")
    likeness = sa.func.similarity(search.c.plain_title, own.c.plain_title)
    alike = (
        sa.select(*CARD)
        .join_from(dossiers, search, search.c.idea_id == d.id)
        .where(search.c.plain_title.bool_op("%")(own.c.plain_title), d.id != own.c.idea_id, d.state.in_(ALIVE))
        .order_by(likeness.desc(), d.id)
        .limit(SIMILAR_EACH)
        .lateral("alike")
    )
    query = sa.select(own.c.idea_id.label("like_id"), *alike.c).where(own.c.idea_id.in_(list(idea_ids)))
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in connection.execute(query.select_from(own.join(alike, sa.true()))):
        found[row.like_id].append(row)
    return found


def counts(connection: sa.Connection, seen: Seen, rules: Rules) -> tuple[dict[str, int], datetime | None]:
    """How many dossiers and messages wait, and since when the first does."""
    waiting, wanted = _waiting(c.ListModeration(), seen, rules)
    query = sa.select(waiting.c.subject, sa.func.count(), sa.func.min(waiting.c.waiting_since))
    query = query.join_from(waiting, dossiers, waiting.c.idea_id == d.id).where(*wanted)
    rows = connection.execute(query.group_by(waiting.c.subject)).all()
    numbers = {"dossier": 0, "comment": 0} | {subject: number for subject, number, _ in rows}
    return numbers, min((oldest for _, _, oldest in rows), default=None)
