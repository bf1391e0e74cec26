"""Roles: who holds which, where, until when, and who gave it."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from identity.domain.accounts import Grant
from identity.tables import grants

ADMINISTRATOR = "administrator"


class Grants:
    """All roles, also those of the past."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, grant: Grant) -> bool:
        """Save a new role; ``False`` if that identifier is taken."""
        statement = insert(grants).values(asdict(grant) | {"places": list(grant.places)}).on_conflict_do_nothing()
        return self._connection.execute(statement.returning(grants.c.id)).first() is not None

    def lock(self, grant_id: UUID) -> Grant | None:
        """The role, which nobody else changes until the transaction ends."""
        row = self._connection.execute(sa.select(grants).where(grants.c.id == grant_id).with_for_update()).mappings()
        found = row.first()
        return None if found is None else _grant(found)

    def revoke(self, grant: Grant, by: UUID, reason: str, now: datetime) -> None:
        """Take a role back."""
        values = {"revoked_at": now, "revoked_by": by, "revoked_reason": reason}
        self._connection.execute(sa.update(grants).where(grants.c.id == grant.id).values(values))

    def of(self, account_id: UUID) -> list[Grant]:
        """The roles of an account, oldest first."""
        mine = sa.select(grants).where(grants.c.account_id == account_id)
        return [_grant(row) for row in self._connection.execute(mine.order_by(grants.c.granted_at)).mappings()]

    def lock_administrators(self, today: date) -> list[Grant]:
        """The administrators of today for the whole territory; who takes one away waits for who takes another."""
        in_force = (grants.c.revoked_at.is_(None), sa.or_(grants.c.until.is_(None), grants.c.until >= today))
        everywhere = grants.c.places.contains(["*"])
        found = sa.select(grants).where(grants.c.role == ADMINISTRATOR, everywhere, *in_force)
        rows = self._connection.execute(found.order_by(grants.c.id).with_for_update()).mappings()
        return [_grant(row) for row in rows]


def _grant(row: sa.RowMapping) -> Grant:
    fields = {name: row[name] for name in Grant.__dataclass_fields__}
    return Grant(**(fields | {"places": tuple(row["places"])}))
