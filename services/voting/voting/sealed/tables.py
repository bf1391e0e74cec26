"""The tables of sealed votes. None holds an account, nor the time of a ballot."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import BYTEA

from voting.tables import ELECTION, metadata

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
