"""Transactions: the only place that commits.

SQLAlchemy Core on psycopg 3. A use case opens one unit of work, does everything in it, and what it did is either all
there or not at all.
"""

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, Protocol, TypeVar

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine import make_url


class HasConnection(Protocol):
    """What every service's transaction has at least."""

    @property
    def connection(self) -> sa.Connection:
        """The open database connection."""


Tx = TypeVar("Tx", bound=HasConnection)

_OPTIONS = (
    "-c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000 -c timezone=UTC"
)
_KEEPALIVE = {"keepalives_idle": 30, "keepalives_interval": 5, "keepalives_count": 3}


def _refuse_dead(connection: psycopg.Connection[Any], _record: object, _proxy: object) -> None:
    """Have the pool replace a connection that its server, or the kernel, has ended.

    What the server said last and the end itself are already here: reading twice without waiting tells, where a ping
    would cost every transaction a round trip.
    """
    try:
        connection.pgconn.consume_input()
        connection.pgconn.consume_input()
    except psycopg.OperationalError as error:
        raise sa.exc.DisconnectionError from error


class Database:
    """One PostgreSQL database and its pool of ``size`` connections, opened when first needed."""

    def __init__(self, url: str, *, size: int = 10) -> None:
        self.engine = sa.create_engine(
            make_url(url).set(drivername="postgresql+psycopg"),
            pool_size=size,
            max_overflow=0,
            pool_timeout=10,
            hide_parameters=True,  # an error's text must not hold what people wrote
            connect_args={"connect_timeout": 3, "options": _OPTIONS, **_KEEPALIVE},
        )
        sa.event.listen(self.engine, "checkout", _refuse_dead)

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """A connection whose work is committed on leaving and undone on any exception."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def exclusive(self, name: str) -> Iterator[sa.Connection | None]:
        """A connection without transaction that alone, among all replicas, holds the lock ``name``; else ``None``.

        The lock is the session's: it is gone when the process or its connection is.
        """
        key = zlib.crc32(name.encode())
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if not connection.scalar(sa.select(sa.func.pg_try_advisory_lock(key))):
                yield None
                return
            try:
                yield connection
            finally:
                connection.scalar(sa.select(sa.func.pg_advisory_unlock(key)))

    def close(self) -> None:
        """Close every idle connection."""
        self.engine.dispose()


class UnitOfWork(Generic[Tx]):
    """Opens a service's transactions: ``with uow() as tx``. ``build`` puts its repositories around a connection."""

    def __init__(self, database: Database, build: Callable[[sa.Connection], Tx]) -> None:
        self.database = database
        self._build = build

    @contextmanager
    def __call__(self) -> Iterator[Tx]:
        """One transaction: committed on leaving, undone on any exception."""
        with self.database.transaction() as connection:
            yield self._build(connection)


def is_outage(error: BaseException) -> bool:
    """Whether the database could not be reached, so that trying later may help."""
    return isinstance(error, sa.exc.DBAPIError | sa.exc.TimeoutError) and (
        not isinstance(error, sa.exc.DBAPIError)
        or error.connection_invalidated
        or isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError)
    )


def is_unreachable(error: BaseException) -> bool:
    """Whether the database itself is away, whatever was asked of it: a query that takes too long is not."""
    if not isinstance(error, sa.exc.OperationalError):
        return False
    state: str | None = getattr(error.orig, "sqlstate", None)
    return state is None or state.startswith("08") or state in _SHUTTING_DOWN


_SHUTTING_DOWN = frozenset({"57P01", "57P02", "57P03"})
Row = sa.Row[Any]
