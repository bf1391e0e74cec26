"""Stories told to the supporters of something, whom ideas names when they are told."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE story ADD COLUMN crowd UUID")


def downgrade() -> None:
    op.execute("ALTER TABLE story DROP COLUMN crowd")
