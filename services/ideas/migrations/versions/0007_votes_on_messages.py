"""Messages are voted up and down, and sorted by how many answers they have."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE comment_votes ADD COLUMN value SMALLINT DEFAULT '1' NOT NULL",
    "ALTER TABLE comment_votes ADD CONSTRAINT comment_votes_value CHECK (value IN (-1, 1))",
    "ALTER TABLE comments ADD COLUMN down_votes INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE comments ADD COLUMN answers INTEGER DEFAULT '0' NOT NULL",
    """
    UPDATE comments SET answers = given.number
    FROM (SELECT parent_id, count(*) AS number FROM comments GROUP BY parent_id) AS given
    WHERE given.parent_id = comments.id
    """,
    """
    ALTER TABLE comments ADD COLUMN score INTEGER
    GENERATED ALWAYS AS (votes + imported_useful - down_votes) STORED
    """,
    "ALTER TABLE comments DROP CONSTRAINT comments_counts",
    """
    ALTER TABLE comments ADD CONSTRAINT comments_counts
    CHECK (votes >= 0 AND down_votes >= 0 AND answers >= 0 AND imported_useful >= 0 AND pending >= 0)
    """,
    "DROP INDEX comments_useful",
    "CREATE INDEX comments_best ON comments (idea_id, score, id) WHERE parent_id IS NULL",
    "CREATE INDEX comments_discussed ON comments (idea_id, answers, id) WHERE parent_id IS NULL",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DELETE FROM comment_votes WHERE value = -1")
    op.execute("ALTER TABLE comment_votes DROP COLUMN value")
    op.execute("ALTER TABLE comments DROP COLUMN score, DROP COLUMN answers, DROP COLUMN down_votes")
    op.execute("CREATE INDEX comments_useful ON comments (idea_id, useful, id) WHERE parent_id IS NULL")
