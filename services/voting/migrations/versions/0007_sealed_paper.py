"""Paper beside a sealed vote: what each agent entered for each place."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "sealed_paper",
        sa.Column("election_id", sa.Uuid, sa.ForeignKey("sealed_elections.election_id"), primary_key=True),
        sa.Column("place", sa.Text, primary_key=True),
        sa.Column("agent_id", sa.Uuid, primary_key=True),
        sa.Column("document", JSONB, nullable=False),
        comment="What each agent counted at each place. Two equal entries settle a place.",
    )


def downgrade() -> None:
    op.drop_table("sealed_paper")
