"""How often an agent has entered another count of a place."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("sealed_paper", sa.Column("changed", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("sealed_paper", "changed")
