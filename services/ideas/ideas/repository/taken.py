"""Who has what in hand at the desk."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ideas.tables import taken


class TakenItems:
    """One agent at most has a thing of a queue in hand."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def take(self, queue: str, items: Sequence[UUID], account: UUID, now: datetime) -> frozenset[UUID]:
        """Note that the account has them in hand; those that it has now, what others have left out."""
        rows = [{"queue": queue, "item": item, "account": account, "taken_at": now} for item in sorted(items)]
        self._connection.execute(insert(taken).on_conflict_do_nothing(), rows)
        mine = (taken.c.queue == queue) & taken.c.item.in_(items) & (taken.c.account == account)
        return frozenset(self._connection.scalars(sa.select(taken.c.item).where(mine)))

    def release(self, queue: str, items: Sequence[UUID], account: UUID) -> None:
        """Put back what the account has in hand."""
        mine = (taken.c.queue == queue) & taken.c.item.in_(items) & (taken.c.account == account)
        self._connection.execute(sa.delete(taken).where(mine))

    def forget(self, account: UUID) -> None:
        """The account is no more: everything it had is free."""
        self._connection.execute(sa.delete(taken).where(taken.c.account == account))
