"""Photos and documents of dossiers."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE attachments (
            id UUID PRIMARY KEY,
            idea_id UUID NOT NULL,
            entry UUID NOT NULL,
            account UUID,
            media_type TEXT NOT NULL,
            size INTEGER NOT NULL,
            width INTEGER,
            height INTEGER,
            digest TEXT NOT NULL,
            thumbnail TEXT,
            thumbnail_size INTEGER,
            description TEXT NOT NULL,
            added_at TIMESTAMP WITH TIME ZONE NOT NULL,
            hidden TEXT,
            CONSTRAINT attachments_type CHECK (media_type IN ('image/jpeg', 'image/png', 'application/pdf')),
            CONSTRAINT attachments_digest CHECK (digest ~ '^[0-9a-f]{64}$'),
            CONSTRAINT attachments_thumbnail CHECK ((thumbnail IS NULL) = (thumbnail_size IS NULL)),
            CONSTRAINT attachments_size CHECK ((width IS NULL) = (height IS NULL) AND size > 0)
        )
        """
    )
    op.execute("CREATE INDEX attachments_of_dossier ON attachments (idea_id, added_at, id)")
    op.execute("CREATE INDEX attachments_of_account ON attachments (account)")
    op.execute("CREATE INDEX attachments_digests ON attachments (digest)")
    op.execute("CREATE INDEX attachments_thumbnails ON attachments (thumbnail)")
    op.execute(
        """
        CREATE TABLE uploads (
            attachment_id UUID NOT NULL,
            account UUID NOT NULL,
            part INTEGER NOT NULL,
            data BYTEA NOT NULL,
            sent_at TIMESTAMP WITH TIME ZONE NOT NULL,
            PRIMARY KEY (attachment_id, account, part)
        )
        """
    )
    op.execute("CREATE INDEX uploads_of_account ON uploads (account)")
    op.execute("CREATE INDEX uploads_by_time ON uploads (sent_at)")


def downgrade() -> None:
    op.execute("DROP TABLE uploads")
    op.execute("DROP TABLE attachments")
