"""What people decide on top of a count."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("number", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False, unique=True),
        sa.Column("election_id", sa.Uuid, sa.ForeignKey("elections.id"), nullable=False),
        sa.Column("candidate_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("reason", JSONB, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("decided_by", sa.Uuid, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('awarded', 'withdrawn')", name="decisions_kind"),
        sa.CheckConstraint("reason <> '{}'", name="decisions_reason"),
    )
    op.create_index("decisions_by_election", "decisions", ["election_id", "number"])


def downgrade() -> None:
    op.drop_table("decisions")
