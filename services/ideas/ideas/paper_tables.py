"""The table of signatures on paper. That one agent enters and confirms a batch is refused here too."""

import sqlalchemy as sa

MOMENT = sa.DateTime(timezone=True)


def paper_table(metadata: sa.MetaData) -> sa.Table:
    """Batches as they were entered. No name of whoever signed."""
    return sa.Table(
        "paper_batches",
        metadata,
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("idea_id", sa.Uuid, sa.ForeignKey("dossiers.id"), nullable=False),
        sa.Column("signatures", sa.Integer, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("collected_on", sa.Date, nullable=False),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("replaces", sa.Uuid, sa.ForeignKey("paper_batches.id")),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("entered_by", sa.Uuid),
        sa.Column("counted_at", MOMENT),
        sa.Column("confirmed_by", sa.Uuid),
        sa.Column("ended_at", MOMENT),
        sa.Column("ended_as", sa.Text),
        sa.CheckConstraint("signatures BETWEEN 1 AND 100000", name="paper_batches_signatures"),
        sa.CheckConstraint("confirmed_by <> entered_by", name="paper_batches_second_agent"),
        sa.CheckConstraint("ended_as IN ('replaced', 'withdrawn')", name="paper_batches_ended_as"),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_as IS NULL)", name="paper_batches_ended"),
        sa.Index("paper_batches_of_dossier", "idea_id", "entered_at", "id"),
        sa.Index(
            "paper_batches_waiting",
            "entered_at",
            "id",
            postgresql_where=sa.text("counted_at IS NULL AND ended_at IS NULL"),
        ),
    )
