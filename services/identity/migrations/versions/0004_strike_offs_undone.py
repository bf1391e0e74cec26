"""Who struck a person off, and how many strike-offs were undone."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sign_offs", sa.Column("struck_by", sa.Uuid(), nullable=True))
    op.add_column("sign_off_lists", sa.Column("undone", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("sign_off_lists", "undone")
    op.drop_column("sign_offs", "struck_by")
