"""Drafts: whatever their authors typed so far."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row
from sqlalchemy.dialects.postgresql import insert

from ideas.tables import drafts


class Drafts:
    """The drafts, each seen by its author alone."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def save(self, idea_id: UUID, account: UUID, content: dict[str, Any], now: datetime) -> bool:
        """Keep a draft; ``False`` if the id is somebody else's draft."""
        first = insert(drafts).values(id=idea_id, account=account, content=content, saved_at=now)
        again = first.on_conflict_do_update(
            index_elements=["id"], set_={"content": content, "saved_at": now}, where=drafts.c.account == account
        )
        return self._connection.execute(again.returning(drafts.c.id)).first() is not None

    def find(self, idea_id: UUID, account: UUID) -> Row | None:
        """The account's draft of that id."""
        query = sa.select(drafts).where(drafts.c.id == idea_id, drafts.c.account == account)
        return self._connection.execute(query).first()

    def discard(self, idea_id: UUID, account: UUID) -> None:
        """Throw the account's draft away, if there is one."""
        self._connection.execute(sa.delete(drafts).where(drafts.c.id == idea_id, drafts.c.account == account))

    def discard_all(self, account: UUID) -> None:
        """Throw every draft of the account away."""
        self._connection.execute(sa.delete(drafts).where(drafts.c.account == account))
