"""Examination: opinions, feasibility, notes between agents, commitments, and what was told to be late."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE dossiers ADD COLUMN feasibility TEXT",
    "ALTER TABLE dossiers ADD COLUMN yearly_cost BIGINT",
    "ALTER TABLE dossiers ADD COLUMN promised_on DATE",
    "ALTER TABLE dossiers ADD CONSTRAINT dossiers_yearly_cost CHECK (yearly_cost >= 0)",
    """
    ALTER TABLE dossiers ADD CONSTRAINT dossiers_feasibility
    CHECK (feasibility IN ('feasible', 'with_changes', 'not_feasible'))
    """,
    "CREATE INDEX dossiers_promised ON dossiers (promised_on, id) WHERE promised_on IS NOT NULL",
    """
    CREATE TABLE opinions (
        idea_id UUID NOT NULL,
        service TEXT NOT NULL,
        asked_by TEXT NOT NULL,
        question TEXT NOT NULL,
        asked_on DATE NOT NULL,
        due_on DATE NOT NULL,
        given_on DATE,
        verdict TEXT,
        text TEXT NOT NULL,
        PRIMARY KEY (idea_id, service),
        CONSTRAINT opinions_due CHECK (due_on >= asked_on),
        CONSTRAINT opinions_given CHECK ((given_on IS NULL) = (verdict IS NULL)),
        CONSTRAINT opinions_verdict CHECK (verdict IN ('favourable', 'with_reservations', 'unfavourable')),
        FOREIGN KEY(idea_id) REFERENCES dossiers (id)
    )
    """,
    "CREATE INDEX opinions_awaited ON opinions (due_on, idea_id) WHERE given_on IS NULL",
    """
    CREATE TABLE commitments (
        id UUID NOT NULL,
        idea_id UUID NOT NULL,
        service TEXT NOT NULL,
        text TEXT NOT NULL,
        made_on DATE NOT NULL,
        due_on DATE NOT NULL,
        state TEXT NOT NULL,
        closed_on DATE,
        PRIMARY KEY (id),
        CONSTRAINT commitments_state CHECK (state IN ('open', 'done', 'dropped')),
        CONSTRAINT commitments_closed CHECK ((state = 'open') = (closed_on IS NULL)),
        CONSTRAINT commitments_due CHECK (due_on >= made_on),
        FOREIGN KEY(idea_id) REFERENCES dossiers (id)
    )
    """,
    "CREATE INDEX commitments_of_dossier ON commitments (idea_id, due_on, id)",
    "CREATE INDEX commitments_open ON commitments (due_on, id) WHERE state = 'open'",
    """
    CREATE TABLE internal_notes (
        id UUID NOT NULL,
        idea_id UUID NOT NULL,
        service TEXT NOT NULL,
        author UUID,
        text TEXT NOT NULL,
        written_at TIMESTAMP WITH TIME ZONE NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(idea_id) REFERENCES dossiers (id)
    )
    """,
    "CREATE INDEX internal_notes_of_dossier ON internal_notes (idea_id, written_at, id)",
    "CREATE INDEX internal_notes_of_author ON internal_notes (author)",
    """
    CREATE TABLE alerts (
        idea_id UUID NOT NULL,
        what TEXT NOT NULL,
        due_on DATE NOT NULL,
        told_at TIMESTAMP WITH TIME ZONE NOT NULL,
        PRIMARY KEY (idea_id, what, due_on),
        FOREIGN KEY(idea_id) REFERENCES dossiers (id)
    )
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE alerts, internal_notes, commitments, opinions")
    op.execute("ALTER TABLE dossiers DROP COLUMN feasibility, DROP COLUMN yearly_cost, DROP COLUMN promised_on")
