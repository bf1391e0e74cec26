"""The works of projects that won: dates, progress, money."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE works (
            project_id UUID NOT NULL,
            first_due_on DATE,
            due_on DATE,
            started_on DATE,
            delivered_on DATE,
            progress SMALLINT NOT NULL,
            estimated BIGINT,
            committed BIGINT,
            spent BIGINT,
            version INTEGER NOT NULL,
            PRIMARY KEY (project_id),
            FOREIGN KEY(project_id) REFERENCES projects (id),
            CONSTRAINT works_progress CHECK (progress BETWEEN 0 AND 100),
            CONSTRAINT works_money CHECK (estimated >= 0 AND committed >= 0 AND spent >= 0),
            CONSTRAINT works_first CHECK ((due_on IS NULL) = (first_due_on IS NULL)),
            CONSTRAINT works_version CHECK (version >= 1)
        )
        """
    )


def downgrade() -> None:
    op.execute("DROP TABLE works")
