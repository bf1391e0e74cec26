"""The tables around messages: votes, reports, decisions of moderators."""

import sqlalchemy as sa

MOMENT = sa.DateTime(timezone=True)


def discussion_tables(metadata: sa.MetaData) -> tuple[sa.Table, sa.Table, sa.Table]:
    """Votes on messages, reports of messages, decisions about messages, as tables of ``metadata``."""
    return _votes(metadata), _reports(metadata), _decisions(metadata)


def _votes(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "comment_votes",
        metadata,
        sa.Column("comment_id", sa.Uuid, sa.ForeignKey("comments.id"), primary_key=True),
        sa.Column("account", sa.Uuid, primary_key=True),
        sa.Column("voted_at", MOMENT, nullable=False),
        sa.Column("value", sa.SmallInteger, nullable=False, server_default="1"),
        sa.CheckConstraint("value IN (-1, 1)", name="comment_votes_value"),
        sa.Index("comment_votes_of_account", "account"),
    )


def _reports(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "comment_reports",
        metadata,
        sa.Column("comment_id", sa.Uuid, sa.ForeignKey("comments.id"), primary_key=True),
        sa.Column("account", sa.Uuid, primary_key=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("reported_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT),
        sa.Index("comment_reports_of_account", "account", "reported_at"),
    )


def _decisions(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "comment_decisions",
        metadata,
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("comment_id", sa.Uuid, sa.ForeignKey("comments.id"), nullable=False),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("moderator", sa.Uuid),
        sa.CheckConstraint("decision IN ('keep', 'hide')", name="comment_decisions_decision"),
        sa.CheckConstraint("decision = 'keep' OR reason IS NOT NULL", name="comment_decisions_reason"),
        sa.Index("comment_decisions_by_time", "decided_at"),
        sa.Index("comment_decisions_of_comment", "comment_id", "decided_at"),
    )
