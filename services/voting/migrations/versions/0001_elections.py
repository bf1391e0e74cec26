"""Elections, rules, roll, box, ballots, results."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA, JSONB

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _events()
    _elections()
    _rules_versions()
    _roll()
    _box()
    _published()


def _events() -> None:
    op.create_table(
        "event_log",
        sa.Column("position", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False, unique=True),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("trace", sa.Text, nullable=False, server_default=""),
        sa.Column("payload", JSONB, nullable=False),
        sa.Column("occurred_at", MOMENT, nullable=False, server_default=sa.func.now()),
        sa.Column("published_at", MOMENT),
    )
    op.create_index(
        "event_log_unpublished", "event_log", ["position"], postgresql_where=sa.text("published_at IS NULL")
    )
    op.create_table(
        "inbox",
        sa.Column("handler", sa.Text, primary_key=True),
        sa.Column("event_id", sa.Uuid, primary_key=True),
        sa.Column("seen_at", MOMENT, nullable=False, server_default=sa.func.now()),
    )


def _elections() -> None:
    op.create_table(
        "elections",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("slug", sa.Text, nullable=False, unique=True),
        sa.Column("campaign", sa.Text),
        sa.Column("perimeter", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("secrecy", sa.Text, nullable=False, server_default="open"),
        sa.Column("version", sa.Integer, nullable=False, server_default="0"),
        sa.Column("rules", JSONB, nullable=False),
        sa.Column("opens_at", MOMENT, nullable=False),
        sa.Column("closes_at", MOMENT, nullable=False),
        sa.Column("ended_because", sa.Text, nullable=False, server_default=""),
        sa.Column("ballots", sa.Integer, nullable=False, server_default="0"),
        sa.Column("ballots_counted_at", MOMENT),
        sa.CheckConstraint("opens_at < closes_at", name="elections_calendar"),
        sa.CheckConstraint("secrecy = 'open'", name="elections_open_only"),
        sa.CheckConstraint(
            "state IN ('draft', 'announced', 'open', 'closed', 'published', 'cancelled')", name="elections_state"
        ),
        sa.CheckConstraint("(version = 0) = (state = 'draft') OR state = 'cancelled'", name="elections_frozen"),
        sa.CheckConstraint("ballots >= 0", name="elections_ballots"),
    )
    op.create_index("elections_by_closing", "elections", [sa.text("closes_at DESC"), "id"])
    due = sa.text("state IN ('announced', 'open', 'closed')")
    op.create_index("elections_due", "elections", ["closes_at"], postgresql_where=due)


def _rules_versions() -> None:
    op.create_table(
        "rules_versions",
        sa.Column("election_id", sa.Uuid, sa.ForeignKey("elections.id"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("canonical", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("notice", sa.Text, nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("published_by", sa.Uuid, nullable=False),
        sa.CheckConstraint("(version = 1) = (notice = '')", name="rules_versions_notice"),
        sa.CheckConstraint(
            "encode(sha256(convert_to(canonical, 'UTF8')), 'hex') = sha256", name="rules_versions_sha256"
        ),
    )


def _roll() -> None:
    op.create_table(
        "roll",
        sa.Column("election_id", sa.Uuid, sa.ForeignKey("elections.id"), primary_key=True),
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("voted", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.create_index("roll_by_account", "roll", ["account_id"])


def _box() -> None:
    op.create_table(
        "box_salts",
        sa.Column("election_id", sa.Uuid, sa.ForeignKey("elections.id"), primary_key=True),
        sa.Column("salt", BYTEA, nullable=False),
        sa.Column("fingerprint", BYTEA, nullable=False),
        sa.CheckConstraint("octet_length(salt) = 32", name="box_salts_length"),
    )
    op.create_table(
        "box",
        sa.Column("election_id", sa.Uuid, sa.ForeignKey("box_salts.election_id"), primary_key=True),
        sa.Column("pseudonym", BYTEA, primary_key=True),
        sa.Column("receipt_sha256", BYTEA, nullable=False),
        sa.Column("ballot", sa.Text, nullable=False),
        sa.Column("superseded", ARRAY(BYTEA), nullable=False, server_default="{}"),
        sa.UniqueConstraint("election_id", "receipt_sha256", name="box_receipt"),
        sa.CheckConstraint("octet_length(pseudonym) = 32 AND octet_length(receipt_sha256) = 32", name="box_lengths"),
    )


def _published() -> None:
    op.create_table(
        "ballots",
        sa.Column("election_id", sa.Uuid, sa.ForeignKey("elections.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("receipt_sha256", BYTEA, nullable=False),
        sa.Column("ballot", sa.Text, nullable=False),
        sa.UniqueConstraint("election_id", "receipt_sha256", name="ballots_receipt"),
        sa.CheckConstraint("number > 0", name="ballots_number"),
    )
    op.create_table(
        "results",
        sa.Column("election_id", sa.Uuid, sa.ForeignKey("elections.id"), primary_key=True),
        sa.Column("document", JSONB, nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
    )
