"""Who was given a token for which election, and the key of each."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from identity.domain.sign_offs import SignOff, SignOffList
from identity.security.vault import Vault
from identity.tables import sign_off_lists, sign_offs


class SignOffs:
    """Sign-off lists; their private keys sealed and bound to their election."""

    def __init__(self, connection: sa.Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def open(self, opened: SignOffList, private_key: str) -> bool:
        """Save a new list with its key; ``False`` if the election has one."""
        values = asdict(opened) | {"sealed_key": self._vault.seal(private_key, bound_to=opened.election_id.bytes)}
        statement = insert(sign_off_lists).values(values).on_conflict_do_nothing()
        return self._connection.execute(statement.returning(sign_off_lists.c.election_id)).first() is not None

    def list_of(self, election_id: UUID) -> SignOffList | None:
        """The list of an election."""
        found = sa.select(sign_off_lists).where(sign_off_lists.c.election_id == election_id)
        row = self._connection.execute(found).mappings().first()
        return SignOffList(**{name: row[name] for name in SignOffList.__dataclass_fields__}) if row else None

    def private_key(self, election_id: UUID) -> str:
        """The key that signs for an election that has a list."""
        sealed = sa.select(sign_off_lists.c.sealed_key).where(sign_off_lists.c.election_id == election_id)
        return self._vault.open(self._connection.scalars(sealed).one(), bound_to=election_id.bytes)

    def count(self, election_id: UUID, *, paper: bool) -> int:
        """How many tokens were given; or how many people were struck off for paper."""
        those = (sign_offs.c.election_id == election_id) & (sign_offs.c.paper == paper)
        return self._connection.scalars(sa.select(sa.func.count()).select_from(sign_offs).where(those)).one()

    def add(self, entry: SignOff, listed: SignOffList) -> bool:
        """Save an entry; ``False`` if the person has one, or one in another district of the campaign."""
        district = {"campaign_id": listed.campaign_id, "local": listed.place is not None}
        statement = insert(sign_offs).values(asdict(entry) | district).on_conflict_do_nothing()
        return self._connection.execute(statement.returning(sign_offs.c.account_id)).first() is not None

    def votes_elsewhere(self, account_id: UUID, listed: SignOffList) -> bool:
        """Whether the person has an entry in another district of the campaign, and this list is a district's."""
        other = (sign_offs.c.campaign_id == listed.campaign_id) & (sign_offs.c.election_id != listed.election_id)
        those = (sign_offs.c.account_id == account_id) & other & sign_offs.c.local
        found = self._connection.execute(sa.select(sign_offs.c.election_id).where(those).limit(1)).first()
        return listed.place is not None and found is not None

    def undone(self, election_id: UUID) -> int:
        """How many strike-offs of the list were undone."""
        found = sa.select(sign_off_lists.c.undone).where(sign_off_lists.c.election_id == election_id)
        return int(self._connection.scalars(found).one())

    def struck_since(self, election_id: UUID, since: datetime) -> list[SignOff]:
        """Those struck off since a moment, newest first."""
        those = (sign_offs.c.election_id == election_id) & sign_offs.c.paper & (sign_offs.c.at >= since)
        rows = self._connection.execute(sa.select(sign_offs).where(those).order_by(sign_offs.c.at.desc())).mappings()
        return [_entry(row) for row in rows]

    def undo(self, entry: SignOff) -> None:
        """Take a strike-off from the list, and count that it was there."""
        whose = (sign_offs.c.election_id == entry.election_id) & (sign_offs.c.account_id == entry.account_id)
        self._connection.execute(sa.delete(sign_offs).where(whose & sign_offs.c.paper))
        of_it = sign_off_lists.c.election_id == entry.election_id
        self._connection.execute(sa.update(sign_off_lists).where(of_it).values(undone=sign_off_lists.c.undone + 1))

    def of(self, account_id: UUID) -> list[SignOff]:
        """The entries of a person, newest first."""
        mine = sa.select(sign_offs).where(sign_offs.c.account_id == account_id)
        rows = self._connection.execute(mine.order_by(sign_offs.c.at.desc())).mappings()
        return [_entry(row) for row in rows]


def _entry(row: sa.RowMapping) -> SignOff:
    return SignOff(**{name: row[name] for name in SignOff.__dataclass_fields__})
