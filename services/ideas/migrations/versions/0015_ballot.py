"""Projects on the ballot and what the vote decided, with the cost that was voted."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE projects ADD COLUMN voted BIGINT",
    "ALTER TABLE projects DROP CONSTRAINT projects_standing",
    """
    ALTER TABLE projects ADD CONSTRAINT projects_standing
        CHECK (standing IN ('studied', 'retained', 'set_aside', 'on_ballot', 'selected', 'not_selected'))
    """,
    """
    ALTER TABLE projects ADD CONSTRAINT projects_voted
        CHECK ((voted IS NULL) = (standing IN ('studied', 'retained', 'set_aside')))
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    op.execute("ALTER TABLE projects DROP CONSTRAINT projects_voted, DROP CONSTRAINT projects_standing")
    op.execute(
        "ALTER TABLE projects ADD CONSTRAINT projects_standing CHECK (standing IN ('studied', 'retained', 'set_aside'))"
    )
    op.execute("ALTER TABLE projects DROP COLUMN voted")
