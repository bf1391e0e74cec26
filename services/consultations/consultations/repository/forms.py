"""Versions of forms. A published one never changes; at most one of a consultation is not published."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from consultations.domain.form import Form
from consultations.records import FormVersion
from consultations.tables import form_versions as table
from consultations.translate.forms import form_from_json, form_to_json


class Forms:
    """The forms of all consultations."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def versions(self, consultation_id: UUID) -> tuple[FormVersion, ...]:
        """The published versions, the first one first."""
        query = self._select(consultation_id).where(table.c.published_at.is_not(None)).order_by(table.c.number)
        return tuple(
            FormVersion(row.number, form_from_json(row.form), row.published_at)
            for row in self._connection.execute(query)
        )

    def version(self, consultation_id: UUID, number: int) -> FormVersion | None:
        """One published version."""
        query = self._select(consultation_id).where(table.c.published_at.is_not(None), table.c.number == number)
        row = self._connection.execute(query).first()
        return FormVersion(row.number, form_from_json(row.form), row.published_at) if row else None

    def newest(self, consultation_id: UUID) -> FormVersion:
        """The version that people are asked now. Only for a published consultation."""
        query = self._select(consultation_id).where(table.c.published_at.is_not(None))
        row = self._connection.execute(query.order_by(table.c.number.desc()).limit(1)).one()
        return FormVersion(row.number, form_from_json(row.form), row.published_at)

    def being_written(self, consultation_id: UUID) -> Form | None:
        """The form that is not published yet."""
        query = self._select(consultation_id).where(table.c.published_at.is_(None))
        row = self._connection.execute(query).first()
        return form_from_json(row.form) if row else None

    def write(self, consultation_id: UUID, form: Form) -> None:
        """Keep the form as the next version, in place of what was being written."""
        number = sa.select(sa.func.count() + 1).where(
            table.c.consultation_id == consultation_id, table.c.published_at.is_not(None)
        )
        statement = insert(table).values(
            consultation_id=consultation_id, number=number.scalar_subquery(), form=form_to_json(form)
        )
        kept = statement.on_conflict_do_update(
            index_elements=["consultation_id", "number"],
            set_={"form": statement.excluded.form},
            where=table.c.published_at.is_(None),
        )
        self._connection.execute(kept)

    def publish(self, consultation_id: UUID, at: datetime) -> None:
        """Publish what was being written."""
        self._connection.execute(
            sa.update(table)
            .where(table.c.consultation_id == consultation_id, table.c.published_at.is_(None))
            .values(published_at=at)
        )

    def _select(self, consultation_id: UUID) -> sa.Select[tuple[int, object, datetime | None]]:
        return sa.select(table.c.number, table.c.form, table.c.published_at).where(
            table.c.consultation_id == consultation_id
        )
