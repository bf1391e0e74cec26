"""The tables of sealed votes. None holds a voter's account, nor the time of a ballot."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import BYTEA, JSONB

from voting.tables import ELECTION, MOMENT, metadata

RECEIVED, RECORDED = sa.text("state = 'received'"), sa.text("state = 'recorded'")

sealed_elections = sa.Table(
    "sealed_elections",
    metadata,
    sa.Column("election_id", sa.Uuid, sa.ForeignKey(ELECTION), primary_key=True),
    sa.Column("uuid", sa.Text, nullable=False, unique=True),
    sa.Column("salt", BYTEA),
    sa.Column("restarted_because", sa.Text, nullable=False, server_default=""),
    sa.Column("rules_sha256", sa.Text),
    sa.Column("election_json", sa.Text),
    sa.Column("trustees_json", sa.Text),
    sa.Column("token_key", BYTEA),
    sa.Column("receipt_key", BYTEA),
    sa.CheckConstraint("salt IS NULL OR octet_length(salt) = 32", name="sealed_elections_salt"),
    sa.CheckConstraint(
        "num_nulls(rules_sha256, election_json, trustees_json, token_key, receipt_key) IN (0, 5)",
        name="sealed_elections_frozen",
    ),
    comment="What a sealed election has beside its rules. The last five columns are written once.",
)

sealed_trustees = sa.Table(
    "sealed_trustees",
    metadata,
    sa.Column("election_id", sa.Uuid, sa.ForeignKey("sealed_elections.election_id"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("code_sha256", BYTEA),
    sa.Column("certificate", sa.Text),
    sa.Column("shares", sa.Text),
    sa.Column("key", sa.Text),
    sa.Column("decryption", sa.Text),
    sa.CheckConstraint("place > 0", name="sealed_trustees_place"),
    sa.CheckConstraint("shares IS NULL OR certificate IS NOT NULL", name="sealed_trustees_shares"),
    sa.CheckConstraint("key IS NULL OR shares IS NOT NULL", name="sealed_trustees_key"),
    sa.CheckConstraint("decryption IS NULL OR key IS NOT NULL", name="sealed_trustees_decryption"),
    comment="What each trustee sent. Everything here but the code may be published.",
)

sealed_boards = sa.Table(
    "sealed_boards",
    metadata,
    sa.Column("election_id", sa.Uuid, sa.ForeignKey("sealed_elections.election_id"), primary_key=True),
    sa.Column("open_batch", sa.Integer, nullable=False, server_default="1"),
    sa.Column("final", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.CheckConstraint("open_batch > 0", name="sealed_boards_open_batch"),
    comment="The batch that ballots are recorded in now: held by whoever records, changed by whoever closes it.",
)

sealed_credentials = sa.Table(
    "sealed_credentials",
    metadata,
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

sealed_ballots = sa.Table(
    "sealed_ballots",
    metadata,
    sa.Column("election_id", sa.Uuid, primary_key=True),
    sa.Column("tracker", BYTEA, primary_key=True),
    sa.Column("digest", BYTEA, nullable=False),
    sa.Column("cast", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False, server_default="received"),
    sa.Column("reason", sa.Text, nullable=False, server_default=""),
    sa.Column("ballot", sa.Text),
    sa.Column("batch", sa.Integer),
    sa.Column("receipt", BYTEA),
    sa.ForeignKeyConstraint(["election_id", "digest"], ["sealed_credentials.election_id", "sealed_credentials.digest"]),
    sa.UniqueConstraint("election_id", "digest", "cast", name="sealed_ballots_cast"),
    sa.CheckConstraint("octet_length(tracker) = 32", name="sealed_ballots_tracker"),
    sa.CheckConstraint("state IN ('received', 'recorded', 'refused', 'superseded')", name="sealed_ballots_state"),
    sa.CheckConstraint("(state = 'recorded') = (num_nonnulls(batch, receipt) = 2)", name="sealed_ballots_recorded"),
    sa.CheckConstraint("(state IN ('refused', 'superseded')) = (ballot IS NULL)", name="sealed_ballots_kept"),
    sa.Index("sealed_ballots_waiting", "election_id", "tracker", postgresql_where=sa.text("state = 'received'")),
    sa.Index(
        "sealed_ballots_board",
        "election_id",
        "batch",
        "cast",
        "tracker",
        postgresql_where=sa.text("state = 'recorded'"),
    ),
    comment="Sealed ballots by their trackers. The cast counts the ballots of one credential; no column holds a time.",
)

sealed_batches = sa.Table(
    "sealed_batches",
    metadata,
    sa.Column("election_id", sa.Uuid, sa.ForeignKey("sealed_boards.election_id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("parent", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("ballots", sa.Integer, nullable=False),
    sa.CheckConstraint("number > 0 AND ballots > 0", name="sealed_batches_number"),
    sa.CheckConstraint("(number = 1) = (parent = '')", name="sealed_batches_parent"),
    comment="Closed batches of the board, chained by hash. Ballots: how many are on the board up to this batch.",
)

sealed_heads = sa.Table(
    "sealed_heads",
    metadata,
    sa.Column("election_id", sa.Uuid, sa.ForeignKey("sealed_boards.election_id"), primary_key=True),
    sa.Column("batch", sa.Integer, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("ballots", sa.Integer, nullable=False),
    sa.Column("tokens", sa.Integer),
    sa.Column("signed_at", MOMENT, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("signature", BYTEA, nullable=False),
    comment="The last signed head of each board.",
)

sealed_tallies = sa.Table(
    "sealed_tallies",
    metadata,
    sa.Column("election_id", sa.Uuid, sa.ForeignKey("sealed_boards.election_id"), primary_key=True),
    sa.Column("tally", sa.Text, nullable=False),
    sa.Column("counted", sa.Integer, nullable=False),
    sa.Column("archive_date", sa.BigInteger, nullable=False),
    sa.Column("archive_parent", sa.Text, nullable=False),
    sa.Column("archive_height", sa.Integer, nullable=False),
    sa.Column("complete", sa.Boolean, nullable=False, server_default=sa.false()),
    comment="The sealed sum of a closed vote, and how far its archive is written.",
)

sealed_archives = sa.Table(
    "sealed_archives",
    metadata,
    sa.Column("election_id", sa.Uuid, sa.ForeignKey("sealed_boards.election_id"), primary_key=True),
    sa.Column("part", sa.Integer, primary_key=True),
    sa.Column("data", BYTEA, nullable=False),
    comment="The archive of a closed vote, in parts; readable once its sum is in sealed_tallies.",
)

sealed_stuck = sa.Table(
    "sealed_stuck",
    metadata,
    sa.Column("election_id", sa.Uuid, primary_key=True),
    sa.Column("tracker", BYTEA, primary_key=True),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("error", sa.Text, nullable=False),
    sa.Column("left_out_because", sa.Text),
    sa.ForeignKeyConstraint(
        ["election_id", "tracker"], ["sealed_ballots.election_id", "sealed_ballots.tracker"], ondelete="CASCADE"
    ),
    comment="Ballots whose check failed. A reason: an agent has given the ballot up.",
)

sealed_paper = sa.Table(
    "sealed_paper",
    metadata,
    sa.Column("election_id", sa.Uuid, sa.ForeignKey("sealed_elections.election_id"), primary_key=True),
    sa.Column("place", sa.Text, primary_key=True),
    sa.Column("agent_id", sa.Uuid, primary_key=True),
    sa.Column("document", JSONB, nullable=False),
    sa.Column("changed", sa.Integer, nullable=False, server_default="0"),
    comment="What each agent counted at each place. Two equal entries settle a place.",
)
