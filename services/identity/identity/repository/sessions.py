"""Where people are signed in."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from identity.domain.accounts import Session
from identity.tables import sessions


class Sessions:
    """Sessions that have not ended."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, session: Session) -> None:
        """Save a new session."""
        self._connection.execute(sa.insert(sessions).values(asdict(session)))

    def lock(self, session_id: UUID) -> Session | None:
        """The session, which nobody else changes until the transaction ends."""
        return self._one(sa.select(sessions).where(sessions.c.id == session_id).with_for_update())

    def save(self, session: Session) -> None:
        """Save what has changed."""
        self._connection.execute(sa.update(sessions).where(sessions.c.id == session.id).values(asdict(session)))

    def of(self, account_id: UUID) -> list[Session]:
        """The sessions of a person, also those in which it speaks for a collective; last used first."""
        mine = sa.or_(sessions.c.account_id == account_id, sessions.c.actor_id == account_id)
        found = self._connection.execute(sa.select(sessions).where(mine).order_by(sessions.c.rotated_at.desc()))
        return [_session(row) for row in found.mappings()]

    def end(self, session_id: UUID, owner: UUID | None = None) -> None:
        """End a session; if ``owner`` is given, only if it is the owner's."""
        statement = sa.delete(sessions).where(sessions.c.id == session_id)
        if owner is not None:
            statement = statement.where(sa.or_(sessions.c.account_id == owner, sessions.c.actor_id == owner))
        self._connection.execute(statement)

    def end_all(self, account_id: UUID, *, but: UUID | None = None) -> None:
        """End all sessions of a person, also those in which it speaks for a collective, save one."""
        mine = sa.or_(sessions.c.account_id == account_id, sessions.c.actor_id == account_id)
        self._connection.execute(sa.delete(sessions).where(mine, sessions.c.id.is_distinct_from(but)))

    def purge(self, now: datetime) -> None:
        """Delete what has ended by the clock."""
        self._connection.execute(
            sa.delete(sessions).where(sa.or_(sessions.c.idle_until <= now, sessions.c.expires_at <= now))
        )

    def _one(self, statement: sa.Select[tuple[object, ...]]) -> Session | None:
        row = self._connection.execute(statement).mappings().first()
        return None if row is None else _session(row)


def _session(row: sa.RowMapping) -> Session:
    return Session(**row)
