"""The words that search proposes instead of mistyped ones."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE search_words (
            word TEXT NOT NULL,
            plain TEXT NOT NULL,
            dossiers INTEGER NOT NULL,
            PRIMARY KEY (word),
            CONSTRAINT search_words_dossiers CHECK (dossiers >= 1)
        )
        """
    )
    op.execute("CREATE INDEX search_words_alike ON search_words USING gin (plain gin_trgm_ops) WITH (fastupdate = off)")


def downgrade() -> None:
    op.execute("DROP TABLE search_words")
