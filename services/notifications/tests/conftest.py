"""Fixtures of the tests of notifications."""

from collections.abc import Callable, Iterator

import pytest

from services.notifications.tests.post_office import PostOffice, open_post_office
from services.notifications.tests.world import World, world_on


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server of the test's own."""
    with open_post_office() as opened:
        yield opened


@pytest.fixture
def world(fresh_database: Callable[[str], str], office: PostOffice) -> Iterator[World]:
    """The service on an empty database, sending to the test's mail server."""
    with world_on(fresh_database("notifications"), office.server) as made:
        yield made
