"""The discussion: messages, votes, reports, decisions."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE comments (
        id UUID NOT NULL,
        idea_id UUID NOT NULL,
        parent_id UUID,
        side TEXT NOT NULL,
        text TEXT NOT NULL,
        author UUID,
        service TEXT,
        written_at TIMESTAMP WITH TIME ZONE NOT NULL,
        edited_at TIMESTAMP WITH TIME ZONE,
        hidden_at TIMESTAMP WITH TIME ZONE,
        hidden_reason TEXT,
        pending INTEGER DEFAULT '0' NOT NULL,
        reported_since TIMESTAMP WITH TIME ZONE,
        reference TEXT,
        imported_useful INTEGER DEFAULT '0' NOT NULL,
        votes INTEGER DEFAULT '0' NOT NULL,
        useful INTEGER GENERATED ALWAYS AS (votes + imported_useful) STORED,
        PRIMARY KEY (id),
        CONSTRAINT comments_imported_once UNIQUE (idea_id, reference),
        CONSTRAINT comments_side CHECK (side IN ('pro', 'con', 'question')),
        CONSTRAINT comments_parent CHECK (parent_id <> id),
        CONSTRAINT comments_counts CHECK (votes >= 0 AND imported_useful >= 0 AND pending >= 0),
        CONSTRAINT comments_hidden CHECK (hidden_reason IS NULL OR hidden_at IS NOT NULL),
        FOREIGN KEY(idea_id) REFERENCES dossiers (id),
        FOREIGN KEY(parent_id) REFERENCES comments (id)
    )
    """,
    "CREATE INDEX comments_answers ON comments (parent_id, written_at, id) WHERE parent_id IS NOT NULL",
    "CREATE INDEX comments_of_author ON comments (author, written_at)",
    "CREATE INDEX comments_reported ON comments (reported_since, id) WHERE pending > 0",
    "CREATE INDEX comments_useful ON comments (idea_id, useful, id) WHERE parent_id IS NULL",
    "CREATE INDEX comments_written ON comments (idea_id, written_at, id) WHERE parent_id IS NULL",
    """
    CREATE TABLE comment_decisions (
        id BIGINT GENERATED ALWAYS AS IDENTITY,
        comment_id UUID NOT NULL,
        decision TEXT NOT NULL,
        reason TEXT,
        text TEXT NOT NULL,
        decided_at TIMESTAMP WITH TIME ZONE NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT comment_decisions_decision CHECK (decision IN ('keep', 'hide')),
        CONSTRAINT comment_decisions_reason CHECK (decision = 'keep' OR reason IS NOT NULL),
        FOREIGN KEY(comment_id) REFERENCES comments (id)
    )
    """,
    "CREATE INDEX comment_decisions_by_time ON comment_decisions (decided_at)",
    """
    CREATE TABLE comment_reports (
        comment_id UUID NOT NULL,
        account UUID NOT NULL,
        reason TEXT NOT NULL,
        text TEXT NOT NULL,
        reported_at TIMESTAMP WITH TIME ZONE NOT NULL,
        decided_at TIMESTAMP WITH TIME ZONE,
        PRIMARY KEY (comment_id, account),
        FOREIGN KEY(comment_id) REFERENCES comments (id)
    )
    """,
    "CREATE INDEX comment_reports_of_account ON comment_reports (account, reported_at)",
    """
    CREATE TABLE comment_votes (
        comment_id UUID NOT NULL,
        account UUID NOT NULL,
        voted_at TIMESTAMP WITH TIME ZONE NOT NULL,
        PRIMARY KEY (comment_id, account),
        FOREIGN KEY(comment_id) REFERENCES comments (id)
    )
    """,
    "CREATE INDEX comment_votes_of_account ON comment_votes (account)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE comment_decisions, comment_reports, comment_votes, comments")
