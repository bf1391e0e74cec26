"""Fixtures of identity's tests."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.identity.tests.world import Clock, World, make_office


@pytest.fixture(scope="session")
def key_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture
def world(fresh_database: Callable[[str], str], key_folder: Path) -> Iterator[World]:
    clock = Clock()
    office = make_office(key_folder, fresh_database("identity"), clock)
    yield World(office, clock)
    office.uow.database.close()
