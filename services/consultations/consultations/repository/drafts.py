"""Drafts: at most one per person and consultation."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from consultations.domain.form import Value
from consultations.records import Draft
from consultations.tables import drafts as table


class Drafts:
    """What people have typed and not sent."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def find(self, consultation_id: UUID, account: UUID) -> Draft | None:
        """The draft of a person."""
        row = self._connection.execute(sa.select(table).where(*_whose(consultation_id, account))).first()
        return Draft(row.version, {key: _value(raw) for key, raw in row.content.items()}, row.saved_at) if row else None

    def put(self, consultation_id: UUID, account: UUID, draft: Draft) -> None:
        """Keep the draft in place of the one there was."""
        statement = insert(table).values(
            consultation_id=consultation_id,
            account_id=account,
            version=draft.version,
            content=dict(draft.values),
            saved_at=draft.saved_at,
        )
        replaced = {name: statement.excluded[name] for name in ("version", "content", "saved_at")}
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["consultation_id", "account_id"], set_=replaced)
        )

    def wait_turn(self, consultation_id: UUID, account: UUID) -> None:
        """One at a time for the writes of one person, who may use two devices at once."""
        key = sa.func.hashtextextended(f"{consultation_id}/{account}", 0)
        self._connection.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))

    def remove(self, consultation_id: UUID, account: UUID) -> None:
        """Forget the draft of a person."""
        self._connection.execute(sa.delete(table).where(*_whose(consultation_id, account)))

    def forget(self, account: UUID) -> None:
        """Forget every draft of a person."""
        self._connection.execute(sa.delete(table).where(table.c.account_id == account))

    def count(self, consultation_id: UUID) -> int:
        """How many people have begun and not sent."""
        query = sa.select(sa.func.count()).where(table.c.consultation_id == consultation_id)
        return self._connection.scalar(query) or 0


def _whose(consultation_id: UUID, account: UUID) -> tuple[sa.ColumnElement[bool], ...]:
    return table.c.consultation_id == consultation_id, table.c.account_id == account


def _value(raw: object) -> Value:
    if isinstance(raw, list):
        return tuple(str(key) for key in raw)
    return raw if isinstance(raw, int) else str(raw)
