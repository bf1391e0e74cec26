"""Use cases run on a real, migrated database; what a test did is undone after it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from chassis.database import Database
from chassis.testing.databases import TestDatabases
from consultations.repository import UnitOfWork

from services.consultations.tests.support import RULES, Clock, Neighbours


class OneConnection(Database):
    """Every transaction is a savepoint of one connection, which the test rolls back."""

    def __init__(self, url: str, connection: sa.Connection) -> None:
        super().__init__(url, size=1)
        self._connection = connection

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        with self._connection.begin_nested():
            yield self._connection


@pytest.fixture(scope="session")
def database(fresh_database: TestDatabases) -> Iterator[Database]:
    opened = Database(fresh_database("consultations"), size=8)
    yield opened
    opened.close()


@pytest.fixture
def connection(database: Database) -> Iterator[sa.Connection]:
    with database.engine.connect() as connection:
        outer = connection.begin()
        yield connection
        outer.rollback()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def uow(database: Database, connection: sa.Connection, clock: Clock) -> UnitOfWork:
    url = database.engine.url.render_as_string(hide_password=False)
    return UnitOfWork(OneConnection(url, connection), RULES, clock)


@pytest.fixture
def people() -> Neighbours:
    return Neighbours()
