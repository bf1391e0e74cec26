"""Consultations in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row
from contracts.errors import Fault
from sqlalchemy.dialects.postgresql import insert

from consultations.domain.consultation import Audience, Consultation, ConsultationId, Details, ResultsPolicy
from consultations.tables import consultations as table


def consultation_of(row: Row) -> Consultation:
    """The consultation of a row."""
    return Consultation(
        id=ConsultationId(row.id),
        slug=row.slug,
        details=Details(
            title=row.title,
            summary=row.summary,
            description=row.description,
            organiser=row.organiser,
            outcome=row.outcome,
            places=tuple(row.places),
            opens_at=row.opens_at,
            closes_at=row.closes_at,
            results=ResultsPolicy(row.results),
            audience=Audience(row.audience_level, row.audience_residents),
        ),
        revision=row.revision,
        published_at=row.published_at,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        closing_reason=row.closing_reason,
    )


def _values(consultation: Consultation) -> dict[str, Any]:
    details = consultation.details
    return {
        "title": dict(details.title),
        "summary": dict(details.summary),
        "description": dict(details.description),
        "organiser": dict(details.organiser),
        "outcome": dict(details.outcome),
        "places": list(details.places),
        "opens_at": details.opens_at,
        "closes_at": details.closes_at,
        "results": details.results.value,
        "audience_level": details.audience.level,
        "audience_residents": details.audience.residents,
        "revision": consultation.revision,
        "published_at": consultation.published_at,
        "opened_at": consultation.opened_at,
        "closed_at": consultation.closed_at,
        "closing_reason": consultation.closing_reason,
    }


class Consultations:
    """All consultations. What is not there raises the fault *not-found*."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, consultation: Consultation, *, by: UUID, at: datetime) -> bool:
        """Keep a new one; ``False`` if its id is known already."""
        statement = insert(table).values(
            id=consultation.id, slug=consultation.slug, created_by=by, created_at=at, **_values(consultation)
        )
        made = statement.on_conflict_do_nothing(index_elements=["id"]).returning(table.c.id)
        return self._connection.execute(made).first() is not None

    def get(self, consultation_id: UUID) -> Consultation:
        """One, as it is now."""
        return self._one(sa.select(table).where(table.c.id == consultation_id))

    def lock(self, consultation_id: UUID) -> Consultation:
        """One, kept from everybody else until the transaction ends."""
        return self._one(sa.select(table).where(table.c.id == consultation_id).with_for_update())

    def hold(self, consultation_id: UUID) -> Consultation:
        """One that nobody can close or change until the transaction ends; many may hold it at once."""
        return self._one(sa.select(table).where(table.c.id == consultation_id).with_for_update(read=True))

    def named(self, name: str) -> Consultation:
        """The one of this slug or id."""
        try:
            which = table.c.id == UUID(name)
        except ValueError:
            which = table.c.slug == name
        return self._one(sa.select(table).where(which))

    def save(self, consultation: Consultation) -> None:
        """Write what has changed."""
        self._connection.execute(sa.update(table).where(table.c.id == consultation.id).values(**_values(consultation)))

    def forget_author(self, account: UUID) -> None:
        """Forget who made the consultations of an account."""
        self._connection.execute(sa.update(table).where(table.c.created_by == account).values(created_by=None))

    def slugs_like(self, slug: str) -> frozenset[str]:
        """The slugs that begin with this one; nobody can take another one of them before the transaction ends."""
        self._connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext("slugs"))))
        return frozenset(self._connection.scalars(sa.select(table.c.slug).where(table.c.slug.startswith(slug))))

    def due_to_open(self, now: datetime) -> Sequence[Consultation]:
        """Those whose opening has come and has not been told, locked."""
        return self._due(table.c.published_at.is_not(None), table.c.opened_at.is_(None), table.c.opens_at <= now)

    def due_to_close(self, now: datetime) -> Sequence[Consultation]:
        """Those whose end has come and has not been told, locked."""
        return self._due(table.c.opened_at.is_not(None), table.c.closed_at.is_(None), table.c.closes_at <= now)

    def _due(self, *conditions: sa.ColumnElement[bool]) -> Sequence[Consultation]:
        query = sa.select(table).where(*conditions).order_by(table.c.id).with_for_update(skip_locked=True)
        return [consultation_of(row) for row in self._connection.execute(query)]

    def _one(self, query: sa.Select[Any]) -> Consultation:
        row = self._connection.execute(query).first()
        if row is None:
            raise Fault.not_found("There is no such consultation.", "no-consultation")
        return consultation_of(row)
