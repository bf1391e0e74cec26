"""Projects that a commission put to the vote, kept until their list is whole."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE listed_projects (
            campaign TEXT NOT NULL,
            number TEXT NOT NULL,
            place TEXT NOT NULL,
            fact JSONB NOT NULL,
            PRIMARY KEY (campaign, number)
        )
        """
    )
    op.execute("CREATE INDEX listed_projects_by_place ON listed_projects (campaign, place, number)")


def downgrade() -> None:
    op.execute("DROP TABLE listed_projects")
