"""The table of debates: what they have besides what every dossier has."""

import sqlalchemy as sa

MOMENT = sa.DateTime(timezone=True)


def debate_table(metadata: sa.MetaData) -> sa.Table:
    """Debates, as a table of ``metadata``."""
    return sa.Table(
        "debates",
        metadata,
        sa.Column("idea_id", sa.Uuid, sa.ForeignKey("dossiers.id"), primary_key=True),
        sa.Column("opens_on", sa.Date, nullable=False),
        sa.Column("opened_by", sa.Text),
        sa.Column("synthesis_service", sa.Text),
        sa.Column("synthesis", sa.Text),
        sa.Column("concluded_at", MOMENT),
        sa.CheckConstraint(
            "num_nonnulls(synthesis_service, synthesis, concluded_at) IN (0, 3)", name="debates_synthesis"
        ),
        sa.Index("debates_begun", "opens_on", "idea_id"),
    )
