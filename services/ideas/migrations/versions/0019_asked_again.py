"""Dossiers that ask again for what an ended one asked for."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE asked_again (
            idea_id UUID NOT NULL,
            of_id UUID NOT NULL,
            PRIMARY KEY (idea_id),
            CONSTRAINT asked_again_another CHECK (idea_id <> of_id),
            FOREIGN KEY(idea_id) REFERENCES dossiers (id),
            FOREIGN KEY(of_id) REFERENCES dossiers (id)
        )
        """
    )
    op.execute("CREATE INDEX asked_again_of ON asked_again (of_id)")


def downgrade() -> None:
    op.execute("DROP TABLE asked_again")
