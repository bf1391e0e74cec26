"""The tables of the review of supports. That one agent proposes and confirms is refused here too."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

MOMENT = sa.DateTime(timezone=True)


def fraud_tables(metadata: sa.MetaData) -> tuple[sa.Table, sa.Table, sa.Table]:
    """Groups of supports given together, who is in them as long as that matters, and who looked and decided."""
    return _groups(metadata), _members(metadata), _log(metadata)


def _groups(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "fraud_groups",
        metadata,
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("idea_id", sa.Uuid, sa.ForeignKey("dossiers.id"), nullable=False),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("score", sa.SmallInteger, nullable=False),
        sa.Column("reasons", JSONB, nullable=False),
        sa.Column("found_at", MOMENT, nullable=False),
        sa.Column("state", sa.Text, nullable=False, server_default="open"),
        sa.Column("text", sa.Text, nullable=False, server_default=""),
        sa.Column("proposed_by", sa.Uuid),
        sa.Column("decided_by", sa.Uuid),
        sa.Column("decided_at", MOMENT),
        sa.Column("taken_out", sa.Integer, nullable=False, server_default="0"),
        sa.Column("given_back", sa.Integer, nullable=False, server_default="0"),
        sa.Column("stages_lost", sa.Integer, nullable=False, server_default="0"),
        sa.CheckConstraint(
            "state IN ('open', 'proposed', 'dismissed', 'invalidated', 'undone')", name="fraud_groups_state"
        ),
        sa.CheckConstraint("state = 'dismissed' OR decided_by <> proposed_by", name="fraud_groups_second_agent"),
        sa.CheckConstraint("score BETWEEN 0 AND 100 AND size >= 1", name="fraud_groups_score"),
        sa.Index("fraud_groups_of_dossier", "idea_id", "first_at"),
        sa.Index("fraud_groups_waiting", "score", "id", postgresql_where=sa.text("state IN ('open', 'proposed')")),
    )


def _members(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "fraud_members",
        metadata,
        sa.Column("group_id", sa.Uuid, sa.ForeignKey("fraud_groups.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("account", sa.Uuid, primary_key=True),
        sa.Column("idea_id", sa.Uuid, nullable=False),
        sa.Column("supported_at", MOMENT, nullable=False),
        sa.Column("removed", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Index("fraud_members_of_account", "account"),
    )


def _log(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "fraud_log",
        metadata,
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("agent", sa.Uuid),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("group_id", sa.Uuid),
        sa.Column("number", sa.Text),
        sa.Column("note", sa.Text, nullable=False, server_default=""),
        sa.Index("fraud_log_of_group", "group_id"),
    )
