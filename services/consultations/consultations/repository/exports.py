"""Who took answers out, when and why. Nothing is ever removed here."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row
from contracts.errors import Fault
from sqlalchemy.dialects.postgresql import insert

from consultations.tables import exports as table


@dataclass(frozen=True, slots=True)
class Export:
    """One time that an agent asked for the answers."""

    id: UUID
    consultation_id: UUID
    account: UUID
    reason: str
    begun_at: datetime


class Exports:
    """The log of exports."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def begin(self, export: Export) -> Export:
        """Note the export, once per id; what is noted. Raises *conflict* if the id stands for another one."""
        statement = insert(table).values(
            id=export.id,
            consultation_id=export.consultation_id,
            account_id=export.account,
            reason=export.reason,
            begun_at=export.begun_at,
        )
        self._connection.execute(statement.on_conflict_do_nothing(index_elements=["id"]))
        noted = self.get(export.id)
        if (noted.consultation_id, noted.account) != (export.consultation_id, export.account):
            raise Fault.conflict("This id stands for another export.", "id-taken")
        return noted

    def get(self, export_id: UUID) -> Export:
        """One export. Raises *not-found*."""
        row: Row | None = self._connection.execute(sa.select(table).where(table.c.id == export_id)).first()
        if row is None:
            raise Fault.not_found("There is no such export.", "no-export")
        return Export(row.id, row.consultation_id, row.account_id, row.reason, row.begun_at)
