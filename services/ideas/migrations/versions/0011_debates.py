"""Debates of the forum: their dates, who opened them, their synthesis."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STATES = (
    "'submitted', 'open', 'refused', 'under_examination', 'accepted', 'declined', 'planned', 'under_way', "
    "'delivered', 'abandoned', 'expired', 'merged', 'withdrawn', 'hidden'"
)


def _states(values: str) -> None:
    op.execute("ALTER TABLE dossiers DROP CONSTRAINT dossiers_state")
    op.execute(f"ALTER TABLE dossiers ADD CONSTRAINT dossiers_state CHECK (state IN ({values}))")


def upgrade() -> None:
    _states(f"{STATES}, 'concluded'")
    op.execute(
        """
        CREATE TABLE debates (
            idea_id UUID NOT NULL,
            opens_on DATE NOT NULL,
            opened_by TEXT,
            synthesis_service TEXT,
            synthesis TEXT,
            concluded_at TIMESTAMP WITH TIME ZONE,
            PRIMARY KEY (idea_id),
            CONSTRAINT debates_synthesis CHECK (num_nonnulls(synthesis_service, synthesis, concluded_at) IN (0, 3)),
            FOREIGN KEY(idea_id) REFERENCES dossiers (id)
        )
        """
    )
    op.execute("CREATE INDEX debates_begun ON debates (opens_on, idea_id)")


def downgrade() -> None:
    op.execute("UPDATE dossiers SET state = 'expired' WHERE state = 'concluded'")
    op.execute("DROP TABLE debates")
    _states(STATES)
