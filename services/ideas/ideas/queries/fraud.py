"""What agents and the public see of the review of supports."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row

from ideas.domain.rules import FraudRules
from ideas.queries import keyset
from ideas.queries.keyset import Key
from ideas.tables import dossiers, fraud_groups, fraud_log, fraud_members, supports

g, d, s, fm = fraud_groups.c, dossiers.c, supports.c, fraud_members.c
WAITS = g.state.in_(("open", "proposed"))
Perimeter = frozenset[str] | None
AROUND = 6
"""How many windows before and after a group are shown."""


def _within(districts: Perimeter) -> sa.ColumnElement[bool]:
    return sa.true() if districts is None else d.district.is_(None) | d.district.in_(districts)


def list_waiting(
    connection: sa.Connection, districts: Perimeter, after: str | None, limit: int
) -> tuple[Sequence[Row], str | None]:
    """The groups to look at, the highest score first."""
    query: sa.Select[Any] = sa.select(*fraud_groups.c, d.number, d.title, d.kind).join(dossiers, d.id == g.idea_id)
    key = Key("fraud", g.score, g.id)
    rows = connection.execute(keyset.page(query.where(WAITS, _within(districts)), key, after, limit)).all()
    return keyset.split(rows, key, limit)


def waiting(connection: sa.Connection, districts: Perimeter) -> int:
    """How many groups wait."""
    query = sa.select(sa.func.count()).select_from(fraud_groups.join(dossiers, d.id == g.idea_id))
    return connection.scalar(query.where(WAITS, _within(districts))) or 0


def rhythm(connection: sa.Connection, group: Row, rules: FraudRules) -> Sequence[Row]:
    """``at``, ``supports`` and ``in_group`` of each window around a group that has any."""
    around = rules.window * AROUND
    binned = sa.func.date_bin(rules.window, s.supported_at, sa.text("timestamptz '2000-01-01 00:00:00+00'"))
    member = sa.and_(fm.group_id == group.id, fm.account == s.account)
    query: sa.Select[Any] = sa.select(
        binned.label("at"), sa.func.count().label("supports"), sa.func.count(fm.account).label("in_group")
    ).select_from(supports.outerjoin(fraud_members, member))
    wanted = s.supported_at.between(group.first_at - around, group.last_at + around)
    return connection.execute(query.where(s.idea_id == group.idea_id, wanted).group_by(binned).order_by(binned)).all()


def still_there(connection: sa.Connection, group_id: UUID) -> int:
    """How many supports of a group are counted now."""
    there = (s.idea_id == fm.idea_id) & (s.account == fm.account)
    query = sa.select(sa.func.count()).select_from(fraud_members.join(supports, there))
    return connection.scalar(query.where(fm.group_id == group_id)) or 0


def totals(connection: sa.Connection, since: datetime) -> Row:
    """The figures of the groups found since then."""
    of = {state: sa.func.count().filter(g.state == state) for state in ("dismissed", "invalidated", "undone")}
    columns: list[sa.ColumnElement[Any]] = [
        sa.func.count().label("groups"),
        sa.func.count().filter(WAITS).label("waiting"),
        *(number.label(state) for state, number in of.items()),
        sa.func.coalesce(sa.func.sum(g.taken_out), 0).label("supports_taken_out"),
        sa.func.coalesce(sa.func.sum(g.given_back), 0).label("supports_given_back"),
        sa.func.coalesce(sa.func.sum(g.stages_lost), 0).label("stages_lost"),
        sa.func.count(g.idea_id.distinct()).filter(g.taken_out > 0).label("dossiers"),
    ]
    return connection.execute(sa.select(*columns).where(g.found_at >= since)).one()


def signals(connection: sa.Connection, since: datetime) -> Sequence[Row]:
    """``signal``, in how many ``groups``, and in how many that stayed out (``confirmed``)."""
    reason = sa.func.jsonb_array_elements(g.reasons).table_valued("value").render_derived(name="reason")
    signal = sa.cast(reason.c.value, sa.dialects.postgresql.JSONB)["signal"].astext
    confirmed = sa.func.count().filter(g.state == "invalidated").label("confirmed")
    query: sa.Select[Any] = sa.select(signal.label("signal"), sa.func.count().label("groups"), confirmed)
    rows = query.select_from(fraud_groups.join(reason, sa.true())).where(g.found_at >= since)
    return connection.execute(rows.group_by(signal).order_by(signal)).all()


def given(connection: sa.Connection, since: datetime) -> int:
    """How many supports were given since then and count."""
    return connection.scalar(sa.select(sa.func.count()).where(s.supported_at >= since)) or 0


def log(connection: sa.Connection, after: str | None, limit: int) -> tuple[Sequence[Row], str | None]:
    """Who looked and decided, newest first."""
    key = Key("fraud-log", fraud_log.c.id, fraud_log.c.id)
    rows = connection.execute(keyset.page(sa.select(*fraud_log.c), key, after, limit)).all()
    return keyset.split(rows, key, limit)
