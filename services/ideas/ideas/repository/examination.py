"""Opinions, commitments, notes between agents, and what was told to be late: rows ⇄ domain."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row
from sqlalchemy.dialects.postgresql import insert

from ideas.domain.commitments import OPEN, Commitment
from ideas.domain.opinions import Opinion
from ideas.tables import alerts, commitments, internal_notes, opinions

OPINIONS = sa.select(opinions).order_by(opinions.c.due_on, opinions.c.service)
COMMITMENTS = sa.select(commitments).order_by(commitments.c.due_on, commitments.c.id)
"""All of them, the first due first."""


def opinion_of(row: Row) -> Opinion:
    """The opinion that a row holds."""
    return Opinion(**{field.name: getattr(row, field.name) for field in fields(Opinion)})


def commitment_of(row: Row) -> Commitment:
    """The promise that a row holds."""
    return Commitment(**{field.name: getattr(row, field.name) for field in fields(Commitment)})


class Opinions:
    """One opinion per dossier and service; asking again after it was given asks for a new one."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def find(self, idea_id: UUID, service: str) -> Opinion | None:
        """The opinion of a service. Its dossier is locked."""
        same = (opinions.c.idea_id == idea_id) & (opinions.c.service == service)
        row = self._connection.execute(sa.select(opinions).where(same)).first()
        return opinion_of(row) if row else None

    def save(self, opinion: Opinion) -> None:
        """Keep it, instead of the one that the service gave before."""
        values = asdict(opinion)
        statement = insert(opinions).values(values)
        keys = ["idea_id", "service"]
        self._connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=values))


class Commitments:
    """What was promised."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def of_dossier(self, idea_id: UUID) -> Sequence[Commitment]:
        """All of them, the first due first."""
        rows = self._connection.execute(COMMITMENTS.where(commitments.c.idea_id == idea_id))
        return [commitment_of(row) for row in rows]

    def opened(self, idea_id: UUID) -> Sequence[Commitment]:
        """Those not closed."""
        return [one for one in self.of_dossier(idea_id) if one.state == OPEN]

    def find(self, commitment_id: UUID) -> Commitment | None:
        """The promise of this id."""
        row = self._connection.execute(sa.select(commitments).where(commitments.c.id == commitment_id)).first()
        return commitment_of(row) if row else None

    def save(self, commitment: Commitment) -> None:
        """Keep it as it is now."""
        values = asdict(commitment)
        statement = insert(commitments).values(values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))


class InternalNotes:
    """What agents write to each other. Nothing of it is public."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, note: dict[str, object]) -> None:
        """Keep a note; one that is there already stays as it is."""
        self._connection.execute(insert(internal_notes).values(note).on_conflict_do_nothing())

    def of_dossier(self, idea_id: UUID) -> Sequence[Row]:
        """All of them, oldest first."""
        query = sa.select(internal_notes).where(internal_notes.c.idea_id == idea_id)
        return self._connection.execute(query.order_by(internal_notes.c.written_at, internal_notes.c.id)).all()

    def forget(self, account: UUID) -> None:
        """Their text stays, as the service's."""
        mine = internal_notes.c.author == account
        self._connection.execute(sa.update(internal_notes).where(mine).values(author=None))


class Alerts:
    """What was told to be late: once per thing and date."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def claim(self, idea_id: UUID, what: str, due_on: date, now: datetime) -> bool:
        """Note that it is told; ``False`` if it was told before."""
        row = {"idea_id": idea_id, "what": what, "due_on": due_on, "told_at": now}
        statement = insert(alerts).values(row).on_conflict_do_nothing().returning(alerts.c.idea_id)
        return self._connection.execute(statement).first() is not None
