"""Campaigns of the participatory budget: calendars that cannot overlap, envelopes, public changes."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE campaigns (
        year INTEGER NOT NULL,
        version INTEGER NOT NULL,
        published_at TIMESTAMP WITH TIME ZONE,
        PRIMARY KEY (year),
        CONSTRAINT campaigns_year CHECK (year BETWEEN 2000 AND 2999),
        CONSTRAINT campaigns_version CHECK (version >= 1)
    )
    """,
    """
    CREATE TABLE campaign_phases (
        year INTEGER NOT NULL,
        code TEXT NOT NULL,
        starts_on DATE NOT NULL,
        ends_on DATE NOT NULL,
        PRIMARY KEY (year, code),
        FOREIGN KEY(year) REFERENCES campaigns (year),
        CONSTRAINT campaign_phases_code CHECK (
            code IN ('deposit', 'review', 'co_construction', 'ballot', 'vote', 'results', 'delivery')
        ),
        CONSTRAINT campaign_phases_days CHECK (starts_on <= ends_on),
        CONSTRAINT campaign_phases_apart EXCLUDE USING gist (
            int4range(year, year, '[]') WITH =, daterange(starts_on, ends_on, '[]') WITH &&
        ),
        CONSTRAINT campaign_deposits_apart EXCLUDE USING gist (
            daterange(starts_on, ends_on, '[]') WITH &&
        ) WHERE (code = 'deposit')
    )
    """,
    """
    CREATE TABLE campaign_envelopes (
        year INTEGER NOT NULL,
        place TEXT NOT NULL,
        amount BIGINT NOT NULL,
        PRIMARY KEY (year, place),
        FOREIGN KEY(year) REFERENCES campaigns (year),
        CONSTRAINT campaign_envelopes_amount CHECK (amount >= 0)
    )
    """,
    """
    CREATE TABLE campaign_changes (
        year INTEGER NOT NULL,
        version INTEGER NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        reason TEXT NOT NULL,
        moved JSONB NOT NULL,
        envelopes BOOLEAN NOT NULL,
        PRIMARY KEY (year, version),
        FOREIGN KEY(year) REFERENCES campaigns (year),
        CONSTRAINT campaign_changes_reason CHECK (reason <> '')
    )
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE campaign_changes, campaign_envelopes, campaign_phases, campaigns")
