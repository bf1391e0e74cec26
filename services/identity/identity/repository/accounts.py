"""Accounts and the logins that lead to them."""

from dataclasses import asdict
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from identity.domain.accounts import Account, Kind
from identity.repository.locks import alone
from identity.tables import accounts, erased_accounts, logins


class Accounts:
    """The accounts that exist."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, account_id: UUID) -> Account | None:
        """The account, or ``None``."""
        return self._one(sa.select(accounts).where(accounts.c.id == account_id))

    def lock(self, account_id: UUID) -> Account | None:
        """The account, which nobody else changes until the transaction ends."""
        return self._one(sa.select(accounts).where(accounts.c.id == account_id).with_for_update())

    def by_login(self, login_index: bytes) -> Account | None:
        """The account to which a login leads."""
        found = sa.select(accounts).join(logins, logins.c.account_id == accounts.c.id)
        return self._one(found.where(logins.c.login_index == login_index))

    def by_person(self, key: bytes) -> Account | None:
        """The account of a human whose document an agent has seen."""
        return self._one(sa.select(accounts).where(accounts.c.person_key == key))

    def add(self, account: Account) -> bool:
        """Save a new account; ``False`` if the identifier is or was another's."""
        gone = sa.select(erased_accounts.c.account_id).where(erased_accounts.c.account_id == account.id)
        if self._connection.execute(gone).first() is not None:
            return False
        statement = insert(accounts).values(asdict(account)).on_conflict_do_nothing(index_elements=["id"])
        return self._connection.execute(statement.returning(accounts.c.id)).first() is not None

    def save(self, account: Account) -> None:
        """Save what has changed."""
        self._connection.execute(sa.update(accounts).where(accounts.c.id == account.id).values(asdict(account)))

    def other_of_person(self, key: bytes, account_id: UUID) -> UUID | None:
        """The other account of the same human, if there is one; nobody else claims that human meanwhile."""
        alone(self._connection, key)
        other = sa.select(accounts.c.id).where(accounts.c.person_key == key, accounts.c.id != account_id)
        return self._connection.scalar(other)

    def set_login(self, account_id: UUID, kind: str, login_index: bytes) -> bool:
        """Let a login lead to the account, in the place of its former one; ``False`` if it leads to another."""
        former = (logins.c.account_id == account_id, logins.c.kind == kind, logins.c.login_index != login_index)
        self._connection.execute(sa.delete(logins).where(*former))
        if self.add_login(account_id, kind, login_index):
            return True
        owner = self._connection.scalar(sa.select(logins.c.account_id).where(logins.c.login_index == login_index))
        return owner == account_id

    def add_login(self, account_id: UUID, kind: str, login_index: bytes) -> bool:
        """Let a new login lead to the account; ``False`` if it leads somewhere already."""
        row = {"login_index": login_index, "account_id": account_id, "kind": kind}
        statement = insert(logins).values(row).on_conflict_do_nothing(index_elements=["login_index"])
        return self._connection.execute(statement.returning(logins.c.login_index)).first() is not None

    def erase(self, account: Account) -> None:
        """Delete the account and all that hangs on it, and remember only that its identifier is spent."""
        self._connection.execute(sa.insert(erased_accounts).values(account_id=account.id, erased_at=sa.func.now()))
        self._connection.execute(sa.delete(accounts).where(accounts.c.id == account.id))

    def _one(self, statement: sa.Select[tuple[object, ...]]) -> Account | None:
        row = self._connection.execute(statement).mappings().first()
        return None if row is None else Account(**{**row, "kind": Kind(row["kind"])})
