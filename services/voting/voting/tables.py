"""The tables of voting. No column holds the time of a ballot; no table holds an account and a ballot.

``roll`` says who may vote and, after the vote, who did. ``box`` holds open ballots under pseudonyms that only the box
key can compute; ``box_salts`` is the half of each key that is destroyed at closing; ``ballots`` is what is published;
``decisions`` is what people decided on top of a count.
"""

import sqlalchemy as sa
from chassis.event_log import event_tables
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA, JSONB

from voting.budget_tables import listed_table

metadata = sa.MetaData()
event_tables(metadata)

MOMENT = sa.DateTime(timezone=True)
ELECTION = "elections.id"

elections = sa.Table(
    "elections",
    metadata,
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
    sa.CheckConstraint("secrecy IN ('open', 'sealed')", name="elections_secrecy"),
    sa.CheckConstraint(
        "state IN ('draft', 'announced', 'open', 'closed', 'published', 'cancelled')", name="elections_state"
    ),
    sa.CheckConstraint("(version = 0) = (state = 'draft') OR state = 'cancelled'", name="elections_frozen"),
    sa.CheckConstraint("ballots >= 0", name="elections_ballots"),
    sa.Index("elections_by_closing", sa.text("closes_at DESC"), "id"),
    sa.Index("elections_due", "closes_at", postgresql_where=sa.text("state IN ('announced', 'open', 'closed')")),
)

rules_versions = sa.Table(
    "rules_versions",
    metadata,
    sa.Column("election_id", sa.Uuid, sa.ForeignKey(ELECTION), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("canonical", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("notice", sa.Text, nullable=False),
    sa.Column("published_at", MOMENT, nullable=False),
    sa.Column("published_by", sa.Uuid, nullable=False),
    sa.CheckConstraint("(version = 1) = (notice = '')", name="rules_versions_notice"),
    sa.CheckConstraint("encode(sha256(convert_to(canonical, 'UTF8')), 'hex') = sha256", name="rules_versions_sha256"),
)

roll = sa.Table(
    "roll",
    metadata,
    sa.Column("election_id", sa.Uuid, sa.ForeignKey(ELECTION), primary_key=True),
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("voted", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index("roll_by_account", "account_id"),
)

box_salts = sa.Table(
    "box_salts",
    metadata,
    sa.Column("election_id", sa.Uuid, sa.ForeignKey(ELECTION), primary_key=True),
    sa.Column("salt", BYTEA, nullable=False),
    sa.Column("fingerprint", BYTEA, nullable=False),
    sa.CheckConstraint("octet_length(salt) = 32", name="box_salts_length"),
)

box = sa.Table(
    "box",
    metadata,
    sa.Column("election_id", sa.Uuid, sa.ForeignKey("box_salts.election_id"), primary_key=True),
    sa.Column("pseudonym", BYTEA, primary_key=True),
    sa.Column("receipt_sha256", BYTEA, nullable=False),
    sa.Column("ballot", sa.Text, nullable=False),
    sa.Column("superseded", ARRAY(BYTEA), nullable=False, server_default="{}"),
    sa.UniqueConstraint("election_id", "receipt_sha256", name="box_receipt"),
    sa.CheckConstraint("octet_length(pseudonym) = 32 AND octet_length(receipt_sha256) = 32", name="box_lengths"),
)

ballots = sa.Table(
    "ballots",
    metadata,
    sa.Column("election_id", sa.Uuid, sa.ForeignKey(ELECTION), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("receipt_sha256", BYTEA, nullable=False),
    sa.Column("ballot", sa.Text, nullable=False),
    sa.UniqueConstraint("election_id", "receipt_sha256", name="ballots_receipt"),
    sa.CheckConstraint("number > 0", name="ballots_number"),
)

results = sa.Table(
    "results",
    metadata,
    sa.Column("election_id", sa.Uuid, sa.ForeignKey(ELECTION), primary_key=True),
    sa.Column("document", JSONB, nullable=False),
    sa.Column("published_at", MOMENT, nullable=False),
)

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("number", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("id", sa.Uuid, nullable=False, unique=True),
    sa.Column("election_id", sa.Uuid, sa.ForeignKey(ELECTION), nullable=False),
    sa.Column("candidate_id", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("reason", JSONB, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("decided_by", sa.Uuid, nullable=False),
    sa.Column("decided_at", MOMENT, nullable=False),
    sa.CheckConstraint("kind IN ('awarded', 'withdrawn')", name="decisions_kind"),
    sa.CheckConstraint("reason <> '{}'", name="decisions_reason"),
    sa.Index("decisions_by_election", "election_id", "number"),
)

listed_projects = listed_table(metadata)
