"""The appeals that wait for another moderator, and how appeals end."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from chassis.database import Row
from contracts import ideas as c

from ideas.domain.rules import Rules
from ideas.queries import keyset
from ideas.queries.keyset import Key
from ideas.queries.transparency import Measure
from ideas.tables import appeals, comments, dossiers

a, d = appeals.c, dossiers.c
PLACE = (d.scope, d.district, d.latitude, d.longitude, d.address)
Perimeter = frozenset[str] | None


def _waiting(districts: Perimeter, rules: Rules, within: str | None = None) -> list[sa.ColumnElement[bool]]:
    wanted: list[sa.ColumnElement[bool]] = [a.outcome.is_(None)]
    if within is not None:
        wanted.append(d.district.in_(rules.within([within]) or {within}))
    if districts is not None:
        wanted.append(d.district.is_(None) | d.district.in_(districts))
    return wanted


def list_waiting(
    connection: sa.Connection, request: c.ListAppeals, districts: Perimeter, rules: Rules
) -> tuple[Sequence[Row], str | None]:
    """One page of the queue, oldest first."""
    key = Key("appeals", a.made_at, a.id, datetime, descending=False)
    words = sa.func.coalesce(comments.c.text, d.text).label("words")
    author = sa.case((a.comment_id.is_(None), d.author), else_=comments.c.author).label("author")
    query = (
        sa.select(*appeals.c, d.number, d.title, d.kind, *PLACE, words, author)
        .join_from(appeals, dossiers, a.idea_id == d.id)
        .outerjoin(comments, comments.c.id == a.comment_id)
    )
    query = query.where(*_waiting(districts, rules, request.district))
    rows = connection.execute(keyset.page(query, key, request.after, request.limit)).all()
    return keyset.split(rows, key, request.limit)


def total(connection: sa.Connection, districts: Perimeter, rules: Rules, within: str | None = None) -> int:
    """How many wait."""
    query = sa.select(sa.func.count()).select_from(appeals.join(dossiers, a.idea_id == d.id))
    return connection.scalar(query.where(*_waiting(districts, rules, within))) or 0


def kept(connection: sa.Connection, rules: Rules, since: datetime, now: datetime) -> Measure:
    """How long appeals made since then took to decide."""
    took = sa.func.extract("epoch", a.decided_at - a.made_at) / 3600
    late = sa.func.count().filter(a.outcome.is_(None), a.made_at < now - timedelta(days=rules.appeal_days))
    query = sa.select(sa.func.count(a.decided_at), sa.func.coalesce(sa.func.sum(took), 0), late)
    done, hours, overdue = connection.execute(query.where(a.made_at >= since)).one()
    return Measure(done, float(hours), overdue)


def by_reason(connection: sa.Connection, since: datetime) -> dict[str, tuple[int, int, int]]:
    """By the reason of the decision, how many appeals were made since then, upheld and overturned."""
    upheld, overturned = (sa.func.count().filter(a.outcome == one) for one in ("upheld", "overturned"))
    query = sa.select(a.contested_reason, sa.func.count(), upheld, overturned).where(a.made_at >= since)
    found: dict[str, tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    for reason, *numbers in connection.execute(query.group_by(a.contested_reason)):
        found[reason] = (numbers[0], numbers[1], numbers[2])
    return found
