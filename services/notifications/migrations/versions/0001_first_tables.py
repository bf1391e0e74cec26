"""First tables of notifications: people, followers, stories, notices, deliveries."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_log",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("trace", sa.Text(), server_default="", nullable=False),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(
        "event_log_unpublished",
        "event_log",
        ["position"],
        unique=False,
        postgresql_where=sa.text("published_at IS NULL"),
    )
    op.create_table(
        "inbox",
        sa.Column("handler", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("handler", "event_id"),
    )
    op.create_table(
        "person",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("handle", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("quiet_from", sa.SmallInteger(), nullable=True),
        sa.Column("quiet_until", sa.SmallInteger(), nullable=True),
        sa.Column("weekly_cap", sa.SmallInteger(), nullable=True),
        sa.Column("mailbox_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mailbox_dead_since", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("quiet_from BETWEEN 0 AND 23 AND quiet_until BETWEEN 0 AND 23", name="hours_of_a_day"),
        sa.CheckConstraint("weekly_cap BETWEEN 0 AND 50", name="cap_is_sensible"),
        sa.PrimaryKeyConstraint("account_id"),
        sa.UniqueConstraint("handle"),
    )
    op.create_table(
        "story",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("parameters", postgresql.JSONB(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=True),
        sa.Column("subject_key", sa.Text(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("audiences", postgresql.JSONB(), nullable=False),
        sa.Column("except_for", sa.Uuid(), nullable=True),
        sa.Column("in_inbox", sa.Boolean(), nullable=False),
        sa.Column("audience_at", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("account_at", sa.Uuid(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("account_id IS NULL OR audiences = '[]'::jsonb", name="for_one_or_for_many"),
        sa.CheckConstraint("(subject_kind IS NULL) = (subject_key IS NULL)", name="subject_whole"),
        sa.CheckConstraint("priority BETWEEN 0 AND 3", name="priority_known"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("story_by_age", "story", ["occurred_at"], unique=False)
    op.create_index(
        "story_of_account", "story", ["account_id"], unique=False, postgresql_where=sa.text("account_id IS NOT NULL")
    )
    op.create_index(
        "story_untold", "story", ["priority", "occurred_at"], unique=False, postgresql_where=sa.text("told_at IS NULL")
    )
    op.create_table(
        "subject",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("titles", postgresql.JSONB(), nullable=False),
        sa.Column("slug", sa.Text(), server_default="", nullable=False),
        sa.Column("hidden", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("kind IN ('dossier', 'consultation', 'vote')", name="kind_known"),
        sa.PrimaryKeyConstraint("kind", "key"),
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("story_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), server_default="email", nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.Text(), server_default="", nullable=False),
        sa.Column("digest_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("channel = 'email'", name="channel_known"),
        sa.CheckConstraint(
            "state IN ('waiting', 'pending', 'handing', 'sent', 'digested', 'cancelled', 'failed', 'uncertain')",
            name="state_known",
        ),
        sa.CheckConstraint(
            "topic IN ('account', 'contributions', 'followed', 'discoveries', 'votes', 'consultations')",
            name="delivery_topic_known",
        ),
        sa.CheckConstraint("attempts >= 0", name="attempts_counted"),
        sa.CheckConstraint("priority BETWEEN 0 AND 3", name="delivery_priority_known"),
        sa.ForeignKeyConstraint(["digest_id"], ["delivery.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("story_id", "account_id", "channel", name="delivery_once"),
    )
    op.create_index(
        "delivery_due",
        "delivery",
        ["priority", "not_before"],
        unique=False,
        postgresql_where=sa.text("state IN ('pending', 'handing')"),
    )
    op.create_index("delivery_of_account", "delivery", ["account_id", "finished_at"], unique=False)
    op.create_index(
        "delivery_of_digest", "delivery", ["digest_id"], unique=False, postgresql_where=sa.text("digest_id IS NOT NULL")
    )
    op.create_index(
        "delivery_waiting",
        "delivery",
        ["account_id", "not_before"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "follower",
        sa.Column("interest", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "interest IN ('author', 'dossier', 'theme', 'district', 'consultation', 'vote')", name="interest_known"
        ),
        sa.ForeignKeyConstraint(["account_id"], ["person.account_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("interest", "key", "account_id"),
    )
    op.create_index("follower_of_account", "follower", ["account_id", "since", "interest", "key"], unique=False)
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("story_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "topic IN ('account', 'contributions', 'followed', 'discoveries', 'votes', 'consultations')",
            name="notice_topic_known",
        ),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("story_id", "account_id", name="notice_once"),
    )
    op.create_index("notice_inbox", "notice", ["account_id", sa.literal_column("id DESC")], unique=False)
    op.create_index(
        "notice_unread",
        "notice",
        ["account_id", sa.literal_column("id DESC")],
        unique=False,
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_table(
        "preference",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("inbox", sa.Boolean(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.CheckConstraint("email IN ('now', 'daily', 'never')", name="email_mode_known"),
        sa.CheckConstraint(
            "topic IN ('account', 'contributions', 'followed', 'discoveries', 'votes', 'consultations')"
            " AND topic <> 'account'",
            name="topic_can_be_chosen",
        ),
        sa.ForeignKeyConstraint(["account_id"], ["person.account_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "topic"),
    )


def downgrade() -> None:
    op.drop_table("preference")
    op.drop_index("notice_unread", table_name="notice", postgresql_where=sa.text("read_at IS NULL"))
    op.drop_index("notice_inbox", table_name="notice")
    op.drop_table("notice")
    op.drop_index("follower_of_account", table_name="follower")
    op.drop_table("follower")
    op.drop_index("delivery_waiting", table_name="delivery", postgresql_where=sa.text("state = 'waiting'"))
    op.drop_index("delivery_of_digest", table_name="delivery", postgresql_where=sa.text("digest_id IS NOT NULL"))
    op.drop_index("delivery_of_account", table_name="delivery")
    op.drop_index("delivery_due", table_name="delivery", postgresql_where=sa.text("state IN ('pending', 'handing')"))
    op.drop_table("delivery")
    op.drop_table("subject")
    op.drop_index("story_untold", table_name="story", postgresql_where=sa.text("told_at IS NULL"))
    op.drop_index("story_of_account", table_name="story", postgresql_where=sa.text("account_id IS NOT NULL"))
    op.drop_index("story_by_age", table_name="story")
    op.drop_table("story")
    op.drop_table("person")
    op.drop_table("inbox")
    op.drop_index("event_log_unpublished", table_name="event_log", postgresql_where=sa.text("published_at IS NULL"))
    op.drop_table("event_log")
