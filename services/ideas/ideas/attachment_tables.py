"""The tables of attachments: what is said of each, and the parts of files that are on their way."""

import sqlalchemy as sa

_MOMENT = sa.DateTime(timezone=True)


def attachment_tables(metadata: sa.MetaData) -> tuple[sa.Table, sa.Table]:
    """``attachments``, ``uploads``. An attachment is there before its dossier or note: it belongs to a draft then."""
    attachments = sa.Table(
        "attachments",
        metadata,
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("idea_id", sa.Uuid, nullable=False),
        sa.Column("entry", sa.Uuid, nullable=False),
        sa.Column("account", sa.Uuid),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("width", sa.Integer),
        sa.Column("height", sa.Integer),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("thumbnail", sa.Text),
        sa.Column("thumbnail_size", sa.Integer),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("hidden", sa.Text),
        sa.CheckConstraint("media_type IN ('image/jpeg', 'image/png', 'application/pdf')", name="attachments_type"),
        sa.CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name="attachments_digest"),
        sa.CheckConstraint("(thumbnail IS NULL) = (thumbnail_size IS NULL)", name="attachments_thumbnail"),
        sa.CheckConstraint("(width IS NULL) = (height IS NULL) AND size > 0", name="attachments_size"),
        sa.Index("attachments_of_dossier", "idea_id", "added_at", "id"),
        sa.Index("attachments_of_account", "account"),
        sa.Index("attachments_digests", "digest"),
        sa.Index("attachments_thumbnails", "thumbnail"),
    )
    uploads = sa.Table(
        "uploads",
        metadata,
        sa.Column("attachment_id", sa.Uuid, primary_key=True),
        sa.Column("account", sa.Uuid, primary_key=True),
        sa.Column("part", sa.Integer, primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("sent_at", _MOMENT, nullable=False),
        sa.Index("uploads_of_account", "account"),
        sa.Index("uploads_by_time", "sent_at"),
    )
    return attachments, uploads
