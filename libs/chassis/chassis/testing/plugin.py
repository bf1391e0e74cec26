"""pytest fixtures over real servers: those named in AMQP_URL and POSTGRES_URL if set, else private ones.

Loaded by the repository's conftest.py. A private server starts when the first test asks for it and ends with the
session, even if the session is killed.
"""

import os
from collections.abc import Iterator

import pytest

from chassis.testing.databases import TestDatabases
from chassis.testing.private_postgres import PrivatePostgres
from chassis.testing.private_rabbitmq import PrivateRabbitMQ


@pytest.fixture(scope="session")
def amqp_url() -> Iterator[str]:
    """The address of a broker that the whole session shares."""
    if given := os.environ.get("AMQP_URL"):
        yield given
        return
    shared = PrivateRabbitMQ()
    try:
        yield shared.start().url
    finally:
        shared.close()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address, as a user who may create databases, of a server that the whole session shares."""
    if given := os.environ.get("POSTGRES_URL"):
        yield given
        return
    shared = PrivatePostgres()
    try:
        yield shared.start().url
    finally:
        shared.close()


@pytest.fixture(scope="session")
def fresh_database(postgres_url: str) -> Iterator[TestDatabases]:
    """`fresh_database("ideas")` is the address of a new, migrated database; all are dropped after the session."""
    with TestDatabases(postgres_url) as databases:
        yield databases


@pytest.fixture(scope="module")
def broker() -> Iterator[PrivateRabbitMQ]:
    """A running broker of this module's own, to be stopped, killed and restarted."""
    own = PrivateRabbitMQ()
    try:
        yield own.start()
    finally:
        own.close()


@pytest.fixture(scope="module")
def postgres() -> Iterator[PrivatePostgres]:
    """A running PostgreSQL of this module's own; `TestDatabases(postgres.url)` makes databases on it."""
    own = PrivatePostgres()
    try:
        yield own.start()
    finally:
        own.close()
