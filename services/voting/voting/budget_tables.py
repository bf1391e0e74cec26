"""Projects that a commission put to the vote, kept until their list is whole."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB


def listed_table(metadata: sa.MetaData) -> sa.Table:
    """The projects of each campaign's lists, as they were handed over."""
    return sa.Table(
        "listed_projects",
        metadata,
        sa.Column("campaign", sa.Text, primary_key=True),
        sa.Column("number", sa.Text, primary_key=True),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("fact", JSONB, nullable=False),
        sa.Index("listed_projects_by_place", "campaign", "place", "number"),
    )
