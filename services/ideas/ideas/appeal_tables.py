"""The tables of appeals. That the same person decides twice, and a second appeal, are refused here too."""

import sqlalchemy as sa

MOMENT = sa.DateTime(timezone=True)


def appeal_tables(metadata: sa.MetaData) -> tuple[sa.Table, sa.Table]:
    """What moderation decided against dossiers, with who did (so that somebody else decides an appeal), and appeals."""
    return _decisions(metadata), _appeals(metadata)


def _decisions(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "dossier_decisions",
        metadata,
        sa.Column("idea_id", sa.Uuid, sa.ForeignKey("dossiers.id"), primary_key=True),
        sa.Column("decided_at", MOMENT, primary_key=True),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("moderator", sa.Uuid),
        sa.CheckConstraint("decision IN ('refuse', 'hide')", name="dossier_decisions_decision"),
    )


def _appeals(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "appeals",
        metadata,
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("idea_id", sa.Uuid, sa.ForeignKey("dossiers.id"), nullable=False),
        sa.Column("comment_id", sa.Uuid, sa.ForeignKey("comments.id")),
        sa.Column("contested", sa.Text, nullable=False),
        sa.Column("contested_reason", sa.Text, nullable=False),
        sa.Column("contested_text", sa.Text, nullable=False),
        sa.Column("contested_at", MOMENT, nullable=False),
        sa.Column("contested_moderator", sa.Uuid),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("answer", sa.Text, nullable=False, server_default=""),
        sa.Column("decided_at", MOMENT),
        sa.Column("decided_by", sa.Uuid),
        sa.CheckConstraint("contested IN ('refuse', 'hide')", name="appeals_contested"),
        sa.CheckConstraint("outcome IN ('upheld', 'overturned')", name="appeals_outcome"),
        sa.CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name="appeals_decided"),
        sa.CheckConstraint("outcome IS NULL OR reason IS NOT NULL", name="appeals_reason"),
        sa.CheckConstraint("decided_by <> contested_moderator", name="appeals_another_moderator"),
        sa.UniqueConstraint(
            "idea_id", "comment_id", "contested_at", name="appeals_once", postgresql_nulls_not_distinct=True
        ),
        sa.Index("appeals_waiting", "made_at", "id", postgresql_where=sa.text("outcome IS NULL")),
    )
