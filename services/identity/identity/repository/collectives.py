"""Who may speak for which collective."""

from uuid import UUID

import sqlalchemy as sa

from identity.domain.accounts import Account, Kind
from identity.tables import accounts, representatives


class Collectives:
    """Collectives and their representatives."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add_representative(self, collective_id: UUID, person_id: UUID) -> None:
        """Let a person speak for a collective."""
        row = {"collective_id": collective_id, "person_id": person_id, "since": sa.func.now()}
        self._connection.execute(sa.insert(representatives).values(row))

    def represents(self, person_id: UUID, collective_id: UUID) -> bool:
        """Whether a person may speak for a collective."""
        mine = (representatives.c.person_id == person_id, representatives.c.collective_id == collective_id)
        return self._connection.execute(sa.select(representatives).where(*mine)).first() is not None

    def of(self, person_id: UUID) -> list[Account]:
        """The collectives a person may speak for, by name."""
        found = sa.select(accounts).join(representatives, representatives.c.collective_id == accounts.c.id)
        mine = found.where(representatives.c.person_id == person_id).order_by(accounts.c.display_name, accounts.c.id)
        rows = self._connection.execute(mine).mappings()
        return [Account(**{**row, "kind": Kind(row["kind"])}) for row in rows]
