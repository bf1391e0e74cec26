"""Records: steps are added and read, never changed."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row

from ideas.domain.record import Link, Step
from ideas.tables import notes, steps


def link_of(row: Row) -> Link:
    """The step that a row holds, in its place."""
    step = Step(row.kind, row.actor, row.service, row.reason, row.text, row.facts)
    return Link(row.position, row.at, step, row.previous, row.hash)


class Records:
    """The records of all dossiers, and their authors' notes."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def append(self, idea_id: UUID, links: Sequence[Link]) -> None:
        """Add steps to the end of a record."""
        rows = [
            {
                "idea_id": idea_id,
                "position": link.position,
                "at": link.at,
                "kind": link.step.kind,
                "actor": link.step.actor,
                "service": link.step.service,
                "reason": link.step.reason,
                "text": link.step.text,
                "facts": dict(link.step.facts),
                "previous": link.previous,
                "hash": link.hash,
            }
            for link in links
        ]
        if rows:
            self._connection.execute(sa.insert(steps), rows)

    def read(self, idea_id: UUID) -> Sequence[Link]:
        """The whole record, from the first step."""
        query = sa.select(steps).where(steps.c.idea_id == idea_id).order_by(steps.c.position)
        return [link_of(row) for row in self._connection.execute(query)]

    def has_note(self, note_id: UUID) -> bool:
        """Whether the note was added before."""
        return self._connection.execute(sa.select(notes.c.id).where(notes.c.id == note_id)).first() is not None

    def add_note(self, note_id: UUID, idea_id: UUID, text: str, now: object, *, step: int | None = None) -> None:
        """Keep an author's note, or what news of works say with the ``step`` that tells them."""
        row = {"id": note_id, "idea_id": idea_id, "text": text, "added_at": now, "step": step}
        self._connection.execute(sa.insert(notes).values(row))
