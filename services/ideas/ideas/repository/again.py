"""Which dossier asks again for what an ended one asked for."""

from uuid import UUID

import sqlalchemy as sa

from ideas.tables import asked_again, dossiers

a, d = asked_again.c, dossiers.c


class AskedAgain:
    """Links from a dossier to the one that it takes up."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, idea_id: UUID, of_id: UUID) -> None:
        """Keep a link."""
        self._connection.execute(sa.insert(asked_again).values(idea_id=idea_id, of_id=of_id))

    def taken_up_by(self, idea_id: UUID) -> UUID | None:
        """The dossier that another one takes up."""
        return self._connection.scalar(sa.select(a.of_id).where(a.idea_id == idea_id))

    def by_number(self, number: str) -> UUID | None:
        """The dossier of this number."""
        return self._connection.scalar(sa.select(d.id).where(d.number == number))
