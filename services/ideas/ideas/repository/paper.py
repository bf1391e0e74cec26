"""Signatures on paper: rows ⇄ domain."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row

from ideas.domain.paper import Batch, Ended
from ideas.tables import paper_batches

p = paper_batches.c
COUNTS = p.counted_at.isnot(None) & p.ended_at.is_(None)
WAITS = p.counted_at.is_(None) & p.ended_at.is_(None)


def batch_of(row: Row) -> Batch:
    """The batch that a row holds."""
    values = {name: getattr(row, name) for name in Batch.__dataclass_fields__}
    return Batch(**values | {"ended_as": Ended(row.ended_as) if row.ended_as else None})


class PaperBatches:
    """What agents entered. Rows are added and ended, never removed."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def find(self, batch_id: UUID | None) -> Batch | None:
        """The batch."""
        row = self._connection.execute(sa.select(paper_batches).where(p.id == batch_id)).first()
        return batch_of(row) if row else None

    def add(self, batch: Batch) -> None:
        """Keep a new batch."""
        self._connection.execute(sa.insert(paper_batches), asdict(batch))

    def save(self, batch: Batch) -> None:
        """Keep how a batch stands; what was entered stays as it is."""
        changed: dict[str, Any] = {
            name: getattr(batch, name) for name in ("counted_at", "confirmed_by", "ended_at", "ended_as")
        }
        self._connection.execute(sa.update(paper_batches).where(p.id == batch.id).values(changed))

    def counted(self, idea_ids: Iterable[UUID]) -> Mapping[UUID, int]:
        """How many signatures count for each of the dossiers."""
        wanted = p.idea_id.in_(list(idea_ids)) & COUNTS
        query = sa.select(p.idea_id, sa.func.sum(p.signatures)).where(wanted).group_by(p.idea_id)
        return {idea: int(number) for idea, number in self._connection.execute(query)}

    def forget(self, account: UUID) -> None:
        """An agent's account is no more."""
        for column in (p.entered_by, p.confirmed_by):
            self._connection.execute(sa.update(paper_batches).where(column == account).values({column: None}))
