"""Signatures on paper in lists: of a dossier, or all that wait."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row

from ideas.queries import keyset
from ideas.queries.keyset import Key
from ideas.repository.paper import WAITS, p
from ideas.tables import dossiers, paper_batches

d = dossiers.c
WITH_DOSSIER = paper_batches.join(dossiers, p.idea_id == d.id)
Perimeter = frozenset[str] | None


def _select(wanted: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return sa.select(*paper_batches.c, d.number, d.title).select_from(WITH_DOSSIER).where(wanted)


def _within(districts: Perimeter) -> sa.ColumnElement[bool]:
    return sa.true() if districts is None else d.district.is_(None) | d.district.in_(districts)


def find(connection: sa.Connection, batch_id: UUID) -> Row:
    """One batch with its dossier."""
    return connection.execute(_select(p.id == batch_id)).one()


def list_of(
    connection: sa.Connection, idea_id: UUID | None, districts: Perimeter, after: str | None, limit: int
) -> tuple[Sequence[Row], str | None]:
    """Batches of a dossier or, without one, those that wait; the last entered first."""
    wanted = p.idea_id == idea_id if idea_id else WAITS & _within(districts)
    key = Key("paper", p.entered_at, p.id, datetime)
    rows = connection.execute(keyset.page(_select(wanted), key, after, limit)).all()
    return keyset.split(rows, key, limit)


def waiting(connection: sa.Connection, districts: Perimeter) -> int:
    """How many wait."""
    query = sa.select(sa.func.count()).select_from(WITH_DOSSIER).where(WAITS & _within(districts))
    return connection.scalar(query) or 0
