"""The event log: outbox, audit trail and replay in one table, written in the transaction of the change itself.

``inbox`` is its mirror on the receiving side: an event that a handler has already seen is not seen again.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa
import structlog
from contracts.base import Payload
from contracts.registry import Event
from sqlalchemy.dialects import postgresql
from uuid_utils.compat import uuid7

P = TypeVar("P", bound=Payload)


def event_tables(metadata: sa.MetaData) -> None:
    """Add ``event_log`` and ``inbox`` to the tables of a service."""
    sa.Table(
        "event_log",
        metadata,
        sa.Column("position", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False, unique=True),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("trace", sa.Text, nullable=False, server_default=""),
        sa.Column("payload", postgresql.JSONB, nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Index("event_log_unpublished", "position", postgresql_where=sa.text("published_at IS NULL")),
    )
    sa.Table(
        "inbox",
        metadata,
        sa.Column("handler", sa.Text, primary_key=True),
        sa.Column("event_id", sa.Uuid, primary_key=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
    )


_log = sa.table(
    "event_log",
    *(sa.column(name) for name in ("id", "topic", "subject", "trace")),
    sa.column("payload", postgresql.JSONB),
)
_INSERT = sa.insert(_log)
"""Made once: SQLAlchemy compiles it once, however many facts are told."""
_inbox = sa.table("inbox", sa.column("handler"), sa.column("event_id"))


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of an event beside its payload."""

    id: uuid.UUID
    subject: str
    occurred_at: datetime
    trace: str = ""


class EventLog:
    """Tells facts inside the open transaction: they are published if, and only if, it commits."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def append(self, event: Event[P], payload: P, *, subject: str) -> None:
        """Tell one fact about ``subject`` (the identifier or number of what it happened to)."""
        self.append_all(event, [(subject, payload)])

    def append_all(self, event: Event[P], facts: list[tuple[str, P]]) -> None:
        """Tell many facts of one kind with one statement."""
        trace = str(structlog.contextvars.get_contextvars().get("trace", ""))
        rows = [
            {
                "id": uuid7(),
                "topic": event.topic,
                "subject": subject,
                "trace": trace,
                "payload": payload.model_dump(mode="json"),
            }
            for subject, payload in facts
        ]
        if rows:
            self._connection.execute(_INSERT, rows)


def first_time(connection: sa.Connection, handler: str, event_id: uuid.UUID) -> bool:
    """Note that ``handler`` has seen the event; ``False`` if it had before."""
    statement = postgresql.insert(_inbox).values(handler=handler, event_id=event_id).on_conflict_do_nothing()
    return connection.execute(statement.returning(_inbox.c.event_id)).first() is not None
