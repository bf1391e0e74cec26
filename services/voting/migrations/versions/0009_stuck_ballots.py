"""Sealed ballots whose check fails: how often, with which failure, and why one was given up."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import BYTEA

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "sealed_stuck",
        sa.Column("election_id", sa.Uuid, primary_key=True),
        sa.Column("tracker", BYTEA, primary_key=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("left_out_because", sa.Text),
        sa.ForeignKeyConstraint(
            ["election_id", "tracker"],
            ["sealed_ballots.election_id", "sealed_ballots.tracker"],
            ondelete="CASCADE",
            name=op.f("sealed_stuck_election_id_tracker_fkey"),
        ),
        comment="Ballots whose check failed. A reason: an agent has given the ballot up.",
    )


def downgrade() -> None:
    op.drop_table("sealed_stuck")
