"""Fixtures of voting's tests: a world on a database of its own, migrated once and copied."""

from collections.abc import Callable, Iterator

import pytest

from services.voting.tests.world import Register, World, make_resources


@pytest.fixture
def world(fresh_database: Callable[[str], str]) -> Iterator[World]:
    register = Register()
    resources = make_resources(fresh_database("voting"), register)
    yield World(resources, register)
    resources.uow.database.close()
