"""What is known of people, sealed."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from identity.domain.attributes import Attribute
from identity.security.vault import Vault
from identity.tables import attributes


class Attributes:
    """Attributes by account; sealed and bound to their row."""

    def __init__(self, connection: sa.Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def of(self, account_id: UUID) -> Mapping[str, Attribute]:
        """All attributes of an account, by name."""
        return self.of_many([account_id]).get(account_id, {})

    def of_many(self, account_ids: Iterable[UUID], *names: str) -> Mapping[UUID, Mapping[str, Attribute]]:
        """The named attributes (all, if none is named) of several accounts."""
        statement = sa.select(attributes).where(attributes.c.account_id == sa.any_(sa.literal([*account_ids], _IDS)))
        if names:
            statement = statement.where(attributes.c.name.in_(names))
        found: dict[UUID, dict[str, Attribute]] = {}
        for row in self._connection.execute(statement.order_by(attributes.c.name)):
            value = self._vault.open(row.sealed, bound_to=_place(row.account_id, row.name))
            known = Attribute(row.name, value, row.level, row.certified_at)
            found.setdefault(row.account_id, {})[row.name] = known
        return found

    def opened(self, account_id: UUID, names: Sequence[str], sealed: Sequence[bytes]) -> dict[str, str]:
        """The values of an account's attributes as a query found them, by name."""
        pairs = zip(names, sealed, strict=True)
        return {name: self._vault.open(value, bound_to=_place(account_id, name)) for name, value in pairs}

    def levels(self, account_ids: Iterable[UUID]) -> Mapping[UUID, int]:
        """The highest certification level among the attributes of each account."""
        of_these = attributes.c.account_id == sa.any_(sa.literal([*account_ids], _IDS))
        best = sa.select(attributes.c.account_id, sa.func.max(attributes.c.level)).where(of_these)
        rows = self._connection.execute(best.group_by(attributes.c.account_id))
        return {row[0]: row[1] for row in rows}

    def put(self, account_id: UUID, known: Iterable[Attribute], by: UUID | None = None) -> None:
        """Save attributes in the place of what was known."""
        rows = [
            {
                "account_id": account_id,
                "name": one.name,
                "sealed": self._vault.seal(one.value, bound_to=_place(account_id, one.name)),
                "level": one.level,
                "certified_at": one.certified_at,
                "certified_by": by,
            }
            for one in known
        ]
        if rows:
            self._connection.execute(_UPSERT, rows)


_IDS = sa.ARRAY(sa.Uuid)
_INSERT = insert(attributes)
_UPSERT = _INSERT.on_conflict_do_update(
    index_elements=["account_id", "name"],
    set_={column: _INSERT.excluded[column] for column in ("sealed", "level", "certified_at", "certified_by")},
)


def _place(account_id: UUID, name: str) -> bytes:
    return account_id.bytes + name.encode()
