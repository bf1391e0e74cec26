"""Heads of the days: added and read, never changed."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from chassis.database import Row
from sqlalchemy.dialects.postgresql import distinct_on, insert

from ideas.domain.heads import Entry, Head
from ideas.published_tables import heads, sealed
from ideas.tables import dossiers, steps


class Heads:
    """The heads of all days."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def last(self) -> Row | None:
        """The last head; ``None`` before the first night."""
        return self._connection.execute(sa.select(heads).order_by(heads.c.day.desc()).limit(1)).first()

    def of(self, day: date) -> Row | None:
        """The head of a day."""
        return self._connection.execute(sa.select(heads).where(heads.c.day == day)).first()

    def all(self) -> Iterator[Row]:
        """Every head, from the first."""
        yield from self._connection.execute(sa.select(heads).order_by(heads.c.day))

    def grown(self, until: datetime) -> Sequence[Row]:
        """Of each record with steps before ``until`` that no head names, the last: id, number, position, hash."""
        query: sa.Select[Any] = (
            sa.select(steps.c.idea_id, dossiers.c.number, steps.c.position, steps.c.hash)
            .join_from(steps, dossiers)
            .outerjoin(sealed, sealed.c.idea_id == steps.c.idea_id)
            .where(steps.c.at < until, steps.c.position > sa.func.coalesce(sealed.c.position, 0))
            .ext(distinct_on(steps.c.idea_id))
            .order_by(steps.c.idea_id, steps.c.position.desc())
        )
        return self._connection.execute(query).all()

    def add(self, head: Head, grown: Sequence[Row], *, key: str, signature: str, now: datetime) -> None:
        """Keep a head, and what it names."""
        content = {"day": head.day, "until": head.until, "previous": head.previous, "hash": head.hash}
        named = {"records": [list(entry) for entry in head.records], "key": key, "signature": signature}
        self._connection.execute(sa.insert(heads).values(**content, **named, signed_at=now))
        if grown:
            new = insert(sealed)
            update = new.on_conflict_do_update(index_elements=["idea_id"], set_={"position": new.excluded.position})
            self._connection.execute(update, [{"idea_id": row.idea_id, "position": row.position} for row in grown])


def head_of(row: Row) -> Head:
    """The head that a row holds."""
    return Head(row.day, row.until, row.previous, tuple(Entry(*entry) for entry in row.records), row.hash)
