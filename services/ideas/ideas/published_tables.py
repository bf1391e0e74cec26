"""The tables of what is published each night: heads of the days, and files of open data."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from ideas.tables import metadata

_MOMENT = sa.DateTime(timezone=True)

heads = sa.Table(
    "heads",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("until", _MOMENT, nullable=False),
    sa.Column("previous", sa.Text, nullable=False, unique=True),
    sa.Column("records", JSONB, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("signature", sa.Text, nullable=False),
    sa.Column("signed_at", _MOMENT, nullable=False),
    sa.CheckConstraint("hash ~ '^[0-9a-f]{64}$' AND previous ~ '^[0-9a-f]{64}$'", name="heads_hash"),
)

sealed = sa.Table(
    "sealed",
    metadata,
    sa.Column("idea_id", sa.Uuid, sa.ForeignKey("dossiers.id"), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
)
"""The last step of each record that a head names, so that the next head finds what is new."""

data_files = sa.Table(
    "data_files",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("rows", sa.BigInteger, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("version", sa.Uuid, nullable=False),
    sa.Column("parts", sa.Integer, nullable=False),
    sa.Column("made_at", _MOMENT, nullable=False),
)

data_parts = sa.Table(
    "data_parts",
    metadata,
    sa.Column("version", sa.Uuid, primary_key=True),
    sa.Column("part", sa.Integer, primary_key=True),
    sa.Column("made_at", _MOMENT, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)
"""Files in the database, so that every replica serves the same ones."""
