"""What is published each night: signed heads of the days, files of open data."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE heads (
        day DATE NOT NULL,
        until TIMESTAMP WITH TIME ZONE NOT NULL,
        previous TEXT NOT NULL,
        records JSONB NOT NULL,
        hash TEXT NOT NULL,
        key TEXT NOT NULL,
        signature TEXT NOT NULL,
        signed_at TIMESTAMP WITH TIME ZONE NOT NULL,
        PRIMARY KEY (day),
        UNIQUE (previous),
        CONSTRAINT heads_hash CHECK (hash ~ '^[0-9a-f]{64}$' AND previous ~ '^[0-9a-f]{64}$')
    )
    """,
    """
    CREATE TRIGGER heads_only_grow BEFORE UPDATE OR DELETE ON heads
        FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change()
    """,
    """
    CREATE TABLE sealed (
        idea_id UUID NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (idea_id),
        FOREIGN KEY(idea_id) REFERENCES dossiers (id)
    )
    """,
    """
    CREATE TABLE data_files (
        name TEXT NOT NULL,
        day DATE NOT NULL,
        size BIGINT NOT NULL,
        rows BIGINT NOT NULL,
        digest TEXT NOT NULL,
        version UUID NOT NULL,
        parts INTEGER NOT NULL,
        made_at TIMESTAMP WITH TIME ZONE NOT NULL,
        PRIMARY KEY (name)
    )
    """,
    """
    CREATE TABLE data_parts (
        version UUID NOT NULL,
        part INTEGER NOT NULL,
        made_at TIMESTAMP WITH TIME ZONE NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (version, part)
    )
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE data_parts, data_files, sealed, heads")
