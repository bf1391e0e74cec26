"""Projects of the participatory budget, and the ideas that they are made of."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE projects (
        id UUID NOT NULL,
        year INTEGER NOT NULL,
        title TEXT NOT NULL,
        description TEXT NOT NULL,
        place TEXT NOT NULL,
        standing TEXT NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(id) REFERENCES dossiers (id),
        FOREIGN KEY(year) REFERENCES campaigns (year),
        CONSTRAINT projects_standing CHECK (standing IN ('studied')),
        CONSTRAINT projects_version CHECK (version >= 1)
    )
    """,
    "CREATE INDEX projects_of_campaign ON projects (year, place, id)",
    """
    CREATE TABLE project_ideas (
        idea_id UUID NOT NULL,
        project_id UUID NOT NULL,
        PRIMARY KEY (idea_id),
        FOREIGN KEY(idea_id) REFERENCES dossiers (id),
        FOREIGN KEY(project_id) REFERENCES projects (id)
    )
    """,
    "CREATE INDEX project_ideas_of_project ON project_ideas (project_id, idea_id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE project_ideas, projects")
