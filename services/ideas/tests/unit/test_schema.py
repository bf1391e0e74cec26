"""The migrations make the tables that the code speaks of."""

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from chassis.database import Database
from ideas.tables import metadata


def test_the_migrated_database_is_the_one_that_the_code_describes(database: Database) -> None:
    with database.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
        assert [one for one in differences if "alembic_version" not in str(one)] == []
        trusted = sa.text("SELECT count(*) FROM pg_extension WHERE extname IN ('unaccent', 'pg_trgm')")
        assert connection.scalar(trusted) == 2
