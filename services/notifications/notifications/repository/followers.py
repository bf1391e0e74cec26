"""Who follows what, and who wrote what."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from notifications.domain.words import FOLLOWABLE, Interest
from notifications.tables import follower, person

_PUBLIC = [interest.value for interest in FOLLOWABLE]


class Followers:
    """One row per person and thing. Following twice is following once."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, account: UUID, interest: Interest, key: str) -> None:
        """This person follows (or wrote) this thing; the person is known already."""
        values = {"account_id": account, "interest": interest.value, "key": key}
        self._connection.execute(postgresql.insert(follower).values(values).on_conflict_do_nothing())

    def add_until(self, account: UUID, interest: Interest, key: str, until: date | None) -> None:
        """The same for somebody whose interest ends with a day (``None``: it does not)."""
        statement = postgresql.insert(follower).values(
            account_id=account, interest=interest.value, key=key, until=until
        )
        keys = ["interest", "key", "account_id"]
        self._connection.execute(statement.on_conflict_do_update(index_elements=keys, set_={"until": until}))

    def remove(self, account: UUID, interest: Interest, key: str) -> None:
        """This person follows it no more."""
        one = (follower.c.account_id == account) & (follower.c.interest == interest.value) & (follower.c.key == key)
        self._connection.execute(sa.delete(follower).where(one))

    def follows(self, account: UUID, interest: Interest, key: str) -> bool:
        """Whether this person follows it."""
        one = (follower.c.account_id == account) & (follower.c.interest == interest.value) & (follower.c.key == key)
        return self._connection.scalar(sa.select(follower.c.key).where(one)) is not None

    def count(self, interest: Interest, key: str) -> int:
        """How many people follow a thing."""
        query = sa.select(sa.func.count()).where((follower.c.interest == interest.value) & (follower.c.key == key))
        return self._connection.scalar(query) or 0

    def count_followed(self, account: UUID) -> int:
        """How many things a person follows. Holds the person's row, so that the count stays true until the commit."""
        self._connection.execute(
            sa.select(person.c.account_id).where(person.c.account_id == account).with_for_update()
        ).first()
        public = (follower.c.account_id == account) & follower.c.interest.in_(_PUBLIC)
        return self._connection.scalar(sa.select(sa.func.count()).where(public)) or 0

    def after(self, interest: Interest, key: str, account: UUID | None, limit: int, *, today: date) -> Sequence[UUID]:
        """The next people with an interest in a thing, in the order of their identifiers."""
        interested = (follower.c.interest == interest.value) & (follower.c.key == key)
        interested &= follower.c.until.is_(None) | (follower.c.until >= today)
        query = sa.select(follower.c.account_id).where(interested)
        if account is not None:
            query = query.where(follower.c.account_id > account)
        return self._connection.scalars(query.order_by(follower.c.account_id).limit(limit)).all()
