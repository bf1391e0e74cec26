"""Fixtures of identity's tests: one office on a real database, emptied after each test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from identity.resources import Office
from identity.tables import metadata

from services.identity.tests.world import Clock, World, make_office

CLOCK = Clock()
EMPTY = (
    "ALTER TABLE accesses DISABLE TRIGGER accesses_append_only",
    f"TRUNCATE {', '.join(metadata.tables)}",
    "ALTER TABLE accesses ENABLE TRIGGER accesses_append_only",
)


@pytest.fixture(scope="session")
def key_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="session")
def office(fresh_database: Callable[[str], str], key_folder: Path) -> Iterator[Office]:
    made = make_office(key_folder, fresh_database("identity"), CLOCK)
    yield made
    made.uow.database.close()


@pytest.fixture
def world(office: Office) -> Iterator[World]:
    CLOCK.reset()
    made = World(office, CLOCK)
    yield made
    made.check_what_was_told()
    with office.uow() as tx:
        for statement in EMPTY:
            tx.connection.execute(sa.text(statement))
