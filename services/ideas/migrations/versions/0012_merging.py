"""Dossiers joined to others, and what their supporters say of it."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE dossiers ADD COLUMN joined_supports INTEGER DEFAULT 0 NOT NULL",
    "ALTER TABLE dossiers ADD CONSTRAINT dossiers_joined_supports CHECK (joined_supports BETWEEN 0 AND supports)",
    "ALTER TABLE stages ADD COLUMN joined INTEGER DEFAULT 0 NOT NULL",
    """
    CREATE TABLE merges (
        id UUID NOT NULL,
        target_id UUID NOT NULL,
        reason TEXT NOT NULL,
        text TEXT NOT NULL,
        merged_at TIMESTAMP WITH TIME ZONE NOT NULL,
        leave_until DATE NOT NULL,
        carries_at TIMESTAMP WITH TIME ZONE NOT NULL,
        carried_at TIMESTAMP WITH TIME ZONE,
        undone_at TIMESTAMP WITH TIME ZONE,
        PRIMARY KEY (id),
        CONSTRAINT merges_notice CHECK (carries_at >= merged_at),
        CONSTRAINT merges_carried CHECK (carried_at >= carries_at),
        FOREIGN KEY(target_id) REFERENCES dossiers (id)
    )
    """,
    "CREATE INDEX merges_of_target ON merges (target_id, merged_at)",
    "CREATE INDEX merges_due ON merges (carries_at) WHERE carried_at IS NULL AND undone_at IS NULL",
    """
    CREATE TABLE merged_dossiers (
        merge_id UUID NOT NULL,
        idea_id UUID NOT NULL,
        undone BOOLEAN DEFAULT false NOT NULL,
        PRIMARY KEY (merge_id, idea_id),
        FOREIGN KEY(merge_id) REFERENCES merges (id),
        FOREIGN KEY(idea_id) REFERENCES dossiers (id)
    )
    """,
    "CREATE UNIQUE INDEX merged_once ON merged_dossiers (idea_id) WHERE NOT undone",
    """
    CREATE TABLE merge_choices (
        merge_id UUID NOT NULL,
        account UUID NOT NULL,
        choice TEXT NOT NULL,
        chosen_at TIMESTAMP WITH TIME ZONE NOT NULL,
        PRIMARY KEY (merge_id, account),
        CONSTRAINT merge_choices_choice CHECK (choice IN ('stay', 'leave')),
        FOREIGN KEY(merge_id) REFERENCES merges (id)
    )
    """,
    "CREATE INDEX merge_choices_of_account ON merge_choices (account)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE merge_choices, merged_dossiers, merges")
    op.execute("ALTER TABLE stages DROP COLUMN joined")
    op.execute("ALTER TABLE dossiers DROP COLUMN joined_supports")
