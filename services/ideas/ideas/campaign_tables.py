"""The tables of campaigns. Phases that overlap, and two campaigns that take deposits at once, are refused here too."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint

from ideas.domain.campaign import PhaseCode

MOMENT = sa.DateTime(timezone=True)


def campaign_tables(metadata: sa.MetaData) -> tuple[sa.Table, sa.Table, sa.Table, sa.Table]:
    """Campaigns, their phases, their envelopes, and what changed after publication, as tables of ``metadata``."""
    return _campaigns(metadata), _phases(metadata), _envelopes(metadata), _changes(metadata)


def _campaigns(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "campaigns",
        metadata,
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("published_at", MOMENT),
        sa.CheckConstraint("year BETWEEN 2000 AND 2999", name="campaigns_year"),
        sa.CheckConstraint("version >= 1", name="campaigns_version"),
    )


def _phases(metadata: sa.MetaData) -> sa.Table:
    days = sa.text("daterange(starts_on, ends_on, '[]')")
    known = ", ".join(f"'{code}'" for code in PhaseCode)
    return sa.Table(
        "campaign_phases",
        metadata,
        sa.Column("year", sa.Integer, sa.ForeignKey("campaigns.year"), primary_key=True),
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.CheckConstraint(f"code IN ({known})", name="campaign_phases_code"),
        sa.CheckConstraint("starts_on <= ends_on", name="campaign_phases_days"),
        ExcludeConstraint(
            (sa.text("int4range(year, year, '[]')"), "="), (days, "&&"), name="campaign_phases_apart", using="gist"
        ),
        ExcludeConstraint(
            (days, "&&"), where=sa.text("code = 'deposit'"), name="campaign_deposits_apart", using="gist"
        ),
    )


def _envelopes(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "campaign_envelopes",
        metadata,
        sa.Column("year", sa.Integer, sa.ForeignKey("campaigns.year"), primary_key=True),
        sa.Column("place", sa.Text, primary_key=True),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.CheckConstraint("amount >= 0", name="campaign_envelopes_amount"),
    )


def _changes(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "campaign_changes",
        metadata,
        sa.Column("year", sa.Integer, sa.ForeignKey("campaigns.year"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("moved", JSONB, nullable=False),
        sa.Column("envelopes", sa.Boolean, nullable=False),
        sa.CheckConstraint("reason <> ''", name="campaign_changes_reason"),
    )
