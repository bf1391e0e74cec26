"""What the commission decides on projects: put to the vote or set aside, the equity label, incompatible projects."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE projects ADD COLUMN equity TEXT",
    "ALTER TABLE projects DROP CONSTRAINT projects_standing",
    """
    ALTER TABLE projects ADD CONSTRAINT projects_standing
        CHECK (standing IN ('studied', 'retained', 'set_aside'))
    """,
    """
    CREATE TABLE incompatible_projects (
        one_id UUID NOT NULL,
        other_id UUID NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (one_id, other_id),
        CONSTRAINT incompatible_projects_once CHECK (one_id < other_id),
        FOREIGN KEY(one_id) REFERENCES projects (id),
        FOREIGN KEY(other_id) REFERENCES projects (id)
    )
    """,
    "CREATE INDEX incompatible_projects_other ON incompatible_projects (other_id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE incompatible_projects")
    op.execute("ALTER TABLE projects DROP CONSTRAINT projects_standing")
    op.execute("ALTER TABLE projects ADD CONSTRAINT projects_standing CHECK (standing IN ('studied'))")
    op.execute("ALTER TABLE projects DROP COLUMN equity")
