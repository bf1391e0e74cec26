"""Alembic for one service: its own history, run once per release by whoever holds the lock."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command, context
from alembic.config import Config
from sqlalchemy.engine import make_url

_LOCK = 7_236_001


def migrate(directory: Path, url: str, revision: str = "head") -> None:
    """Bring the database at ``url`` to ``revision``. Does nothing if it is there; waits if another process is at it."""
    engine = sa.create_engine(make_url(url).set(drivername="postgresql+psycopg"), poolclass=sa.NullPool)
    config = Config(attributes={})
    config.set_main_option("script_location", str(directory))
    with engine.connect() as connection:
        connection.execute(sa.select(sa.func.pg_advisory_lock(_LOCK)))
        connection.commit()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.commit()


def run_environment(metadata: sa.MetaData) -> None:
    """The whole of a service's ``migrations/env.py``."""
    connection: sa.Connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
