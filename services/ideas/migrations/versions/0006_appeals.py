"""Appeals, and who took the decisions that can be appealed."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE comment_decisions ADD COLUMN moderator UUID",
    "CREATE INDEX comment_decisions_of_comment ON comment_decisions (comment_id, decided_at)",
    """
    CREATE TABLE dossier_decisions (
        idea_id UUID NOT NULL,
        decided_at TIMESTAMP WITH TIME ZONE NOT NULL,
        decision TEXT NOT NULL,
        reason TEXT NOT NULL,
        text TEXT NOT NULL,
        moderator UUID,
        PRIMARY KEY (idea_id, decided_at),
        CONSTRAINT dossier_decisions_decision CHECK (decision IN ('refuse', 'hide')),
        FOREIGN KEY(idea_id) REFERENCES dossiers (id)
    )
    """,
    """
    INSERT INTO dossier_decisions (idea_id, decided_at, decision, reason, text)
    SELECT id, state_since, CASE state WHEN 'refused' THEN 'refuse' ELSE 'hide' END, reason, ''
    FROM dossiers WHERE state IN ('refused', 'hidden') AND reason IS NOT NULL
    """,
    """
    CREATE TABLE appeals (
        id UUID NOT NULL,
        idea_id UUID NOT NULL,
        comment_id UUID,
        contested TEXT NOT NULL,
        contested_reason TEXT NOT NULL,
        contested_text TEXT NOT NULL,
        contested_at TIMESTAMP WITH TIME ZONE NOT NULL,
        contested_moderator UUID,
        text TEXT NOT NULL,
        made_at TIMESTAMP WITH TIME ZONE NOT NULL,
        outcome TEXT,
        reason TEXT,
        answer TEXT DEFAULT '' NOT NULL,
        decided_at TIMESTAMP WITH TIME ZONE,
        decided_by UUID,
        PRIMARY KEY (id),
        CONSTRAINT appeals_contested CHECK (contested IN ('refuse', 'hide')),
        CONSTRAINT appeals_outcome CHECK (outcome IN ('upheld', 'overturned')),
        CONSTRAINT appeals_decided CHECK ((outcome IS NULL) = (decided_at IS NULL)),
        CONSTRAINT appeals_reason CHECK (outcome IS NULL OR reason IS NOT NULL),
        CONSTRAINT appeals_another_moderator CHECK (decided_by <> contested_moderator),
        CONSTRAINT appeals_once UNIQUE NULLS NOT DISTINCT (idea_id, comment_id, contested_at),
        FOREIGN KEY(idea_id) REFERENCES dossiers (id),
        FOREIGN KEY(comment_id) REFERENCES comments (id)
    )
    """,
    "CREATE INDEX appeals_waiting ON appeals (made_at, id) WHERE outcome IS NULL",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE appeals, dossier_decisions")
    op.execute("DROP INDEX comment_decisions_of_comment")
    op.execute("ALTER TABLE comment_decisions DROP COLUMN moderator")
