"""The tables of merges. That a dossier is joined to two others at once is refused here too."""

import sqlalchemy as sa

MOMENT = sa.DateTime(timezone=True)


def merge_tables(metadata: sa.MetaData) -> tuple[sa.Table, sa.Table, sa.Table]:
    """Merges, what each of them joined, and what supporters said of it."""
    return _merges(metadata), _merged(metadata), _choices(metadata)


def _merges(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "merges",
        metadata,
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("target_id", sa.Uuid, sa.ForeignKey("dossiers.id"), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("merged_at", MOMENT, nullable=False),
        sa.Column("leave_until", sa.Date, nullable=False),
        sa.Column("carries_at", MOMENT, nullable=False),
        sa.Column("carried_at", MOMENT),
        sa.Column("undone_at", MOMENT),
        sa.CheckConstraint("carries_at >= merged_at", name="merges_notice"),
        sa.CheckConstraint("carried_at >= carries_at", name="merges_carried"),
        sa.Index("merges_of_target", "target_id", "merged_at"),
        sa.Index("merges_due", "carries_at", postgresql_where=sa.text("carried_at IS NULL AND undone_at IS NULL")),
    )


def _merged(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "merged_dossiers",
        metadata,
        sa.Column("merge_id", sa.Uuid, sa.ForeignKey("merges.id"), primary_key=True),
        sa.Column("idea_id", sa.Uuid, sa.ForeignKey("dossiers.id"), primary_key=True),
        sa.Column("undone", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Index("merged_once", "idea_id", unique=True, postgresql_where=sa.text("NOT undone")),
    )


def _choices(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "merge_choices",
        metadata,
        sa.Column("merge_id", sa.Uuid, sa.ForeignKey("merges.id"), primary_key=True),
        sa.Column("account", sa.Uuid, primary_key=True),
        sa.Column("choice", sa.Text, nullable=False),
        sa.Column("chosen_at", MOMENT, nullable=False),
        sa.CheckConstraint("choice IN ('stay', 'leave')", name="merge_choices_choice"),
        sa.Index("merge_choices_of_account", "account"),
    )
