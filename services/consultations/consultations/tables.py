"""The tables. An answer is rows of ``answer_values``, so that the database counts; nothing else holds it twice."""

import sqlalchemy as sa
from chassis.event_log import event_tables
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

metadata = sa.MetaData()
event_tables(metadata)

_MOMENT = sa.DateTime(timezone=True)

consultations = sa.Table(
    "consultations",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("slug", sa.Text, nullable=False, unique=True),
    sa.Column("title", JSONB, nullable=False),
    sa.Column("summary", JSONB, nullable=False),
    sa.Column("description", JSONB, nullable=False),
    sa.Column("organiser", JSONB, nullable=False),
    sa.Column("outcome", JSONB, nullable=False),
    sa.Column("places", ARRAY(sa.Text), nullable=False),
    sa.Column("opens_at", _MOMENT, nullable=False),
    sa.Column("closes_at", _MOMENT, nullable=False),
    sa.Column("results", sa.Text, nullable=False),
    sa.Column("audience_level", sa.Integer, nullable=False),
    sa.Column("audience_residents", sa.Boolean, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("created_by", sa.Uuid),
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.Column("published_at", _MOMENT),
    sa.Column("opened_at", _MOMENT),
    sa.Column("closed_at", _MOMENT),
    sa.Column("closing_reason", sa.Text),
    sa.CheckConstraint("closes_at >= opens_at", name="consultations_closes_after_opening"),
    sa.CheckConstraint("results IN ('after_closing', 'live')", name="consultations_results"),
    sa.CheckConstraint("audience_level BETWEEN 0 AND 600", name="consultations_audience_level"),
    sa.CheckConstraint("revision >= 1", name="consultations_revision"),
    sa.CheckConstraint("opened_at IS NULL OR published_at IS NOT NULL", name="consultations_published_then_opened"),
    sa.CheckConstraint("closed_at IS NULL OR opened_at IS NOT NULL", name="consultations_opened_then_closed"),
    sa.CheckConstraint("closing_reason IS NULL OR closed_at IS NOT NULL", name="consultations_reason_of_closing"),
    sa.Index("consultations_by_closing", "closes_at", "id", postgresql_where=sa.text("published_at IS NOT NULL")),
    sa.Index("consultations_by_creation", "created_at", "id"),
)

form_versions = sa.Table(
    "form_versions",
    metadata,
    sa.Column("consultation_id", sa.ForeignKey("consultations.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("form", JSONB, nullable=False),
    sa.Column("published_at", _MOMENT),
    sa.CheckConstraint("number >= 1", name="form_versions_number"),
    sa.Index(
        "form_versions_one_unpublished",
        "consultation_id",
        unique=True,
        postgresql_where=sa.text("published_at IS NULL"),
    ),
)

drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("consultation_id", sa.Uuid, primary_key=True),
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("content", JSONB, nullable=False),
    sa.Column("saved_at", _MOMENT, nullable=False),
    sa.ForeignKeyConstraint(["consultation_id", "version"], ["form_versions.consultation_id", "form_versions.number"]),
    sa.Index("drafts_by_account", "account_id", "saved_at"),
)

answers = sa.Table(
    "answers",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("consultation_id", sa.Uuid, nullable=False),
    sa.Column("account_id", sa.Uuid),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("receipt", sa.Text, nullable=False, unique=True),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("submitted_at", _MOMENT, nullable=False),
    sa.Column("revised_at", _MOMENT),
    sa.UniqueConstraint("consultation_id", "account_id", name="answers_one_per_person"),
    sa.UniqueConstraint("id", "consultation_id", name="answers_with_consultation"),
    sa.ForeignKeyConstraint(["consultation_id", "version"], ["form_versions.consultation_id", "form_versions.number"]),
    sa.CheckConstraint("fingerprint ~ '^[0-9a-f]{64}$'", name="answers_fingerprint"),
    sa.Index("answers_by_account", "account_id", "submitted_at"),
)

answer_values = sa.Table(
    "answer_values",
    metadata,
    sa.Column("answer_id", sa.Uuid, primary_key=True),
    sa.Column("question", sa.Text, primary_key=True),
    sa.Column("position", sa.SmallInteger, primary_key=True, autoincrement=False),
    sa.Column("consultation_id", sa.Uuid, nullable=False),
    sa.Column("option", sa.Text),
    sa.Column("number", sa.Integer),
    sa.Column("text", sa.Text),
    sa.Column("several", sa.Boolean, nullable=False),
    sa.Column("shuffled", sa.Uuid, nullable=False, server_default=sa.text("gen_random_uuid()")),
    sa.ForeignKeyConstraint(
        ["answer_id", "consultation_id"], ["answers.id", "answers.consultation_id"], ondelete="CASCADE"
    ),
    sa.CheckConstraint('num_nonnulls("option", number, text) = 1', name="answer_values_one_value"),
    sa.CheckConstraint("position >= 0", name="answer_values_position"),
    sa.CheckConstraint("several OR position = 0", name="answer_values_several"),
    sa.Index("answer_values_by_question", "consultation_id", "question", "option", "number", "position"),
    sa.Index(
        "answer_values_texts",
        "consultation_id",
        "question",
        "shuffled",
        postgresql_where=sa.text("text IS NOT NULL"),
    ),
)

exports = sa.Table(
    "exports",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("consultation_id", sa.ForeignKey("consultations.id"), nullable=False, index=True),
    sa.Column("account_id", sa.Uuid, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("begun_at", _MOMENT, nullable=False),
    sa.CheckConstraint("length(reason) BETWEEN 10 AND 300", name="exports_reason"),
)
