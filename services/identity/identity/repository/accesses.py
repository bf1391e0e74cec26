"""The log of who of the administration has read or changed personal data, and why. Only ever added to."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from identity.tables import accesses


class Accesses:
    """The log of accesses."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def note(self, agent: UUID, account: UUID | None, action: str, reason: str, at: datetime) -> None:
        """Note one access; ``account`` is ``None`` when a search found nobody."""
        row = {"agent_id": agent, "account_id": account, "action": action, "reason": reason, "at": at}
        self._connection.execute(sa.insert(accesses).values(row))
