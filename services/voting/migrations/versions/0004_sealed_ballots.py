"""Sealed ballots, by their trackers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import BYTEA

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "sealed_boards",
        sa.Column("election_id", sa.Uuid, sa.ForeignKey("sealed_elections.election_id"), primary_key=True),
        sa.Column("open_batch", sa.Integer, nullable=False, server_default="1"),
        sa.CheckConstraint("open_batch > 0", name="sealed_boards_open_batch"),
        comment="The batch that ballots are recorded in now: held by whoever records, changed by whoever closes it.",
    )
    op.create_table(
        "sealed_credentials",
        sa.Column("election_id", sa.Uuid, sa.ForeignKey("sealed_boards.election_id"), primary_key=True),
        sa.Column("digest", BYTEA, primary_key=True),
        sa.Column("credential", sa.Text, nullable=False),
        sa.Column("casts", sa.Integer, nullable=False),
        sa.Column("window", sa.BigInteger),
        sa.Column("casts_in_window", sa.Integer, nullable=False),
        sa.CheckConstraint("octet_length(digest) = 32", name="sealed_credentials_digest"),
        comment="Credentials with a valid token. The window is a number of hours (or what the territory says), "
        "forgotten when it is over.",
    )
    op.create_table(
        "sealed_ballots",
        sa.Column("election_id", sa.Uuid, primary_key=True),
        sa.Column("tracker", BYTEA, primary_key=True),
        sa.Column("digest", BYTEA, nullable=False),
        sa.Column("cast", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False, server_default="received"),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        sa.Column("ballot", sa.Text),
        sa.Column("batch", sa.Integer),
        sa.Column("receipt", BYTEA),
        sa.ForeignKeyConstraint(
            ["election_id", "digest"], ["sealed_credentials.election_id", "sealed_credentials.digest"]
        ),
        sa.UniqueConstraint("election_id", "digest", "cast", name="sealed_ballots_cast"),
        sa.CheckConstraint("octet_length(tracker) = 32", name="sealed_ballots_tracker"),
        sa.CheckConstraint("state IN ('received', 'recorded', 'refused', 'superseded')", name="sealed_ballots_state"),
        sa.CheckConstraint("(state = 'recorded') = (num_nonnulls(batch, receipt) = 2)", name="sealed_ballots_recorded"),
        sa.CheckConstraint("(state IN ('refused', 'superseded')) = (ballot IS NULL)", name="sealed_ballots_kept"),
        comment="Sealed ballots by their trackers. The cast counts the ballots of one credential; no column holds a "
        "time.",
    )
    received, recorded = sa.text("state = 'received'"), sa.text("state = 'recorded'")
    op.create_index("sealed_ballots_waiting", "sealed_ballots", ["election_id", "tracker"], postgresql_where=received)
    op.create_index(
        "sealed_ballots_board", "sealed_ballots", ["election_id", "batch", "cast", "tracker"], postgresql_where=recorded
    )


def downgrade() -> None:
    for name in ("sealed_ballots", "sealed_credentials", "sealed_boards"):
        op.drop_table(name)
