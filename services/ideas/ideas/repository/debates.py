"""Debates: rows ⇄ domain."""

from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row
from sqlalchemy.dialects.postgresql import insert

from ideas.domain.debates import Debate, Synthesis
from ideas.tables import debates


def debate_of(row: Row) -> Debate:
    """The debate that a row with the table's columns holds."""
    told = row.concluded_at is not None
    synthesis = Synthesis(row.synthesis_service, row.synthesis, row.concluded_at) if told else None
    return Debate(row.opens_on, row.opened_by, synthesis)


class Debates:
    """What debates have besides what every dossier has."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def find(self, idea_id: UUID) -> Debate | None:
        """The debate that the dossier is, if it is one."""
        row = self._connection.execute(sa.select(debates).where(debates.c.idea_id == idea_id)).first()
        return debate_of(row) if row else None

    def save(self, idea_id: UUID, one: Debate) -> None:
        """Keep a debate whose dossier is locked or new."""
        said = one.synthesis
        values = {
            "opens_on": one.opens_on,
            "opened_by": one.opened_by,
            "synthesis_service": said and said.service,
            "synthesis": said and said.text,
            "concluded_at": said and said.published_at,
        }
        kept = insert(debates).values(idea_id=idea_id, **values)
        self._connection.execute(kept.on_conflict_do_update(index_elements=["idea_id"], set_=values))
