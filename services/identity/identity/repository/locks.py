"""Waiting for each other where there is no row yet to lock. Taken before row locks, so that nobody deadlocks."""

import sqlalchemy as sa


def alone(connection: sa.Connection, fingerprint: bytes) -> None:
    """Wait until nobody else works on what has this fingerprint; until the transaction ends."""
    key = int.from_bytes(fingerprint[:8], "big", signed=True)
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))
