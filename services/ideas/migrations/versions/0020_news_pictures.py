"""Notes that are news of works: the step of the record that tells them. Without one, a note is its author's."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE notes ADD COLUMN step INTEGER")


def downgrade() -> None:
    op.execute("DELETE FROM notes WHERE step IS NOT NULL")
    op.execute("ALTER TABLE notes DROP COLUMN step")
