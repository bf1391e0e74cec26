"""Signatures on paper."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE dossiers ADD COLUMN paper_supports INTEGER DEFAULT 0 NOT NULL",
    """
    ALTER TABLE dossiers ADD CONSTRAINT dossiers_paper_supports
    CHECK (paper_supports BETWEEN 0 AND supports - joined_supports)
    """,
    """
    CREATE TABLE paper_batches (
        id UUID NOT NULL,
        idea_id UUID NOT NULL,
        signatures INTEGER NOT NULL,
        place TEXT NOT NULL,
        collected_on DATE NOT NULL,
        reference TEXT NOT NULL,
        replaces UUID,
        entered_at TIMESTAMP WITH TIME ZONE NOT NULL,
        entered_by UUID,
        counted_at TIMESTAMP WITH TIME ZONE,
        confirmed_by UUID,
        ended_at TIMESTAMP WITH TIME ZONE,
        ended_as TEXT,
        PRIMARY KEY (id),
        CONSTRAINT paper_batches_signatures CHECK (signatures BETWEEN 1 AND 100000),
        CONSTRAINT paper_batches_second_agent CHECK (confirmed_by <> entered_by),
        CONSTRAINT paper_batches_ended_as CHECK (ended_as IN ('replaced', 'withdrawn')),
        CONSTRAINT paper_batches_ended CHECK ((ended_at IS NULL) = (ended_as IS NULL)),
        FOREIGN KEY(idea_id) REFERENCES dossiers (id),
        FOREIGN KEY(replaces) REFERENCES paper_batches (id)
    )
    """,
    "CREATE INDEX paper_batches_of_dossier ON paper_batches (idea_id, entered_at, id)",
    """
    CREATE INDEX paper_batches_waiting ON paper_batches (entered_at, id)
    WHERE counted_at IS NULL AND ended_at IS NULL
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE paper_batches")
    op.execute("ALTER TABLE dossiers DROP COLUMN paper_supports")
