"""Who has what in hand at the desk."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE taken (
            queue TEXT NOT NULL,
            item UUID NOT NULL,
            account UUID NOT NULL,
            taken_at TIMESTAMP WITH TIME ZONE NOT NULL,
            PRIMARY KEY (queue, item),
            CONSTRAINT taken_queue CHECK (queue IN ('moderation', 'examination'))
        )
        """
    )
    op.execute("CREATE INDEX taken_by_account ON taken (account)")


def downgrade() -> None:
    op.execute("DROP TABLE taken")
