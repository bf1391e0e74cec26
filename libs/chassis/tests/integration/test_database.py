"""A pool whose server ends connections goes on with new ones, unnoticed by who uses it."""

from collections.abc import Callable

import psycopg
import sqlalchemy as sa
from chassis.database import Database

BACKEND = sa.text("SELECT pg_backend_pid()")


def test_connections_that_the_server_ended_are_replaced(fresh_database: Callable[..., str]) -> None:
    url = fresh_database("pool", migrated=False)
    database = Database(url, size=3)
    connections = [database.engine.connect() for _ in range(3)]
    ended = {connection.scalar(BACKEND) for connection in connections}
    for connection in connections:
        connection.close()

    with psycopg.connect(url) as another:
        for backend in ended:
            another.execute("SELECT pg_terminate_backend(%s, 5000)", (backend,))

    for _ in range(3):
        with database.transaction() as connection:
            assert connection.scalar(BACKEND) not in ended
    database.close()


def test_a_connection_that_lives_is_kept(fresh_database: Callable[..., str]) -> None:
    database = Database(fresh_database("pool", migrated=False), size=1)
    backends = set()
    for _ in range(3):
        with database.transaction() as connection:
            backends.add(connection.scalar(BACKEND))
    database.close()
    assert len(backends) == 1
