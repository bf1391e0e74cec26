"""The public board of sealed votes, their sealed sums and their archives."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import BYTEA

revision = "0005"
down_revision = "0004"
BOARD = "sealed_boards.election_id"


def upgrade() -> None:
    op.add_column("sealed_boards", sa.Column("final", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "sealed_batches",
        sa.Column("election_id", sa.Uuid, sa.ForeignKey(BOARD), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("parent", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("ballots", sa.Integer, nullable=False),
        sa.CheckConstraint("number > 0 AND ballots > 0", name="sealed_batches_number"),
        sa.CheckConstraint("(number = 1) = (parent = '')", name="sealed_batches_parent"),
        comment="Closed batches of the board, chained by hash. Ballots: how many are on the board up to this batch.",
    )
    op.create_table(
        "sealed_heads",
        sa.Column("election_id", sa.Uuid, sa.ForeignKey(BOARD), primary_key=True),
        sa.Column("batch", sa.Integer, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("ballots", sa.Integer, nullable=False),
        sa.Column("tokens", sa.Integer),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("signature", BYTEA, nullable=False),
        comment="The last signed head of each board.",
    )
    op.create_table(
        "sealed_tallies",
        sa.Column("election_id", sa.Uuid, sa.ForeignKey(BOARD), primary_key=True),
        sa.Column("tally", sa.Text, nullable=False),
        sa.Column("counted", sa.Integer, nullable=False),
        sa.Column("archive_date", sa.BigInteger, nullable=False),
        sa.Column("archive_parent", sa.Text, nullable=False),
        sa.Column("archive_height", sa.Integer, nullable=False),
        sa.Column("complete", sa.Boolean, nullable=False, server_default=sa.false()),
        comment="The sealed sum of a closed vote, and how far its archive is written.",
    )
    op.create_table(
        "sealed_archives",
        sa.Column("election_id", sa.Uuid, sa.ForeignKey(BOARD), primary_key=True),
        sa.Column("part", sa.Integer, primary_key=True),
        sa.Column("data", BYTEA, nullable=False),
        comment="The archive of a closed vote, in parts; readable once its sum is in sealed_tallies.",
    )


def downgrade() -> None:
    for name in ("sealed_archives", "sealed_tallies", "sealed_heads", "sealed_batches"):
        op.drop_table(name)
    op.drop_column("sealed_boards", "final")
