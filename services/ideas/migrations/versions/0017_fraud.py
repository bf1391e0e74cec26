"""Supports that look made up: groups, who is in them, who looked and decided."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

STATEMENTS = (
    "CREATE INDEX supports_recent ON supports USING brin (supported_at)",
    """
    CREATE TABLE fraud_groups (
        id UUID NOT NULL,
        idea_id UUID NOT NULL,
        first_at TIMESTAMP WITH TIME ZONE NOT NULL,
        last_at TIMESTAMP WITH TIME ZONE NOT NULL,
        size INTEGER NOT NULL,
        score SMALLINT NOT NULL,
        reasons JSONB NOT NULL,
        found_at TIMESTAMP WITH TIME ZONE NOT NULL,
        state TEXT DEFAULT 'open' NOT NULL,
        text TEXT DEFAULT '' NOT NULL,
        proposed_by UUID,
        decided_by UUID,
        decided_at TIMESTAMP WITH TIME ZONE,
        taken_out INTEGER DEFAULT 0 NOT NULL,
        given_back INTEGER DEFAULT 0 NOT NULL,
        stages_lost INTEGER DEFAULT 0 NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT fraud_groups_state CHECK (state IN ('open', 'proposed', 'dismissed', 'invalidated', 'undone')),
        CONSTRAINT fraud_groups_second_agent CHECK (state = 'dismissed' OR decided_by <> proposed_by),
        CONSTRAINT fraud_groups_score CHECK (score BETWEEN 0 AND 100 AND size >= 1),
        FOREIGN KEY(idea_id) REFERENCES dossiers (id)
    )
    """,
    "CREATE INDEX fraud_groups_of_dossier ON fraud_groups (idea_id, first_at)",
    "CREATE INDEX fraud_groups_waiting ON fraud_groups (score, id) WHERE state IN ('open', 'proposed')",
    """
    CREATE TABLE fraud_members (
        group_id UUID NOT NULL,
        account UUID NOT NULL,
        idea_id UUID NOT NULL,
        supported_at TIMESTAMP WITH TIME ZONE NOT NULL,
        removed BOOLEAN DEFAULT false NOT NULL,
        PRIMARY KEY (group_id, account),
        FOREIGN KEY(group_id) REFERENCES fraud_groups (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX fraud_members_of_account ON fraud_members (account)",
    """
    CREATE TABLE fraud_log (
        id BIGINT GENERATED ALWAYS AS IDENTITY,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        agent UUID,
        act TEXT NOT NULL,
        group_id UUID,
        number TEXT,
        note TEXT DEFAULT '' NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX fraud_log_of_group ON fraud_log (group_id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE fraud_log, fraud_members, fraud_groups")
    op.execute("DROP INDEX supports_recent")
