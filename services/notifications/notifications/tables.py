"""The tables of notifications. No address is kept in any of them: identity is asked when a mail leaves.

What must not happen twice cannot: one story per event, one notice per story and person, one mail per event, person and
channel.
"""

import sqlalchemy as sa
from chassis.event_log import event_tables
from sqlalchemy.dialects import postgresql

metadata = sa.MetaData()
event_tables(metadata)

_MOMENT = sa.DateTime(timezone=True)
_TOPICS = "'account', 'contributions', 'followed', 'discoveries', 'votes', 'consultations', 'duties'"
_INTERESTS = "'author', 'dossier', 'theme', 'district', 'consultation', 'vote', 'campaign', 'delivery', 'service'"
_STATES = "'waiting', 'pending', 'handing', 'sent', 'digested', 'cancelled', 'failed', 'uncertain'"

person = sa.Table(
    "person",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("handle", sa.Uuid, nullable=False, unique=True, server_default=sa.func.gen_random_uuid()),
    sa.Column("quiet_from", sa.SmallInteger),
    sa.Column("quiet_until", sa.SmallInteger),
    sa.Column("weekly_cap", sa.SmallInteger),
    sa.Column("mailbox_since", _MOMENT),
    sa.Column("mailbox_dead_since", _MOMENT),
    sa.CheckConstraint("quiet_from BETWEEN 0 AND 23 AND quiet_until BETWEEN 0 AND 23", name="hours_of_a_day"),
    sa.CheckConstraint("weekly_cap BETWEEN 0 AND 50", name="cap_is_sensible"),
)

preference = sa.Table(
    "preference",
    metadata,
    sa.Column("account_id", sa.Uuid, sa.ForeignKey("person.account_id", ondelete="CASCADE"), primary_key=True),
    sa.Column("topic", sa.Text, primary_key=True),
    sa.Column("inbox", sa.Boolean, nullable=False),
    sa.Column("email", sa.Text, nullable=False),
    sa.CheckConstraint(f"topic IN ({_TOPICS}) AND topic <> 'account'", name="topic_can_be_chosen"),
    sa.CheckConstraint("email IN ('now', 'daily', 'never')", name="email_mode_known"),
)

follower = sa.Table(
    "follower",
    metadata,
    sa.Column("interest", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("account_id", sa.Uuid, sa.ForeignKey("person.account_id", ondelete="CASCADE"), primary_key=True),
    sa.Column("since", _MOMENT, nullable=False, server_default=sa.func.now()),
    sa.Column("until", sa.Date),
    sa.CheckConstraint(f"interest IN ({_INTERESTS})", name="interest_known"),
    sa.Index("follower_of_account", "account_id", "since", "interest", "key"),
)

subject = sa.Table(
    "subject",
    metadata,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("titles", postgresql.JSONB, nullable=False),
    sa.Column("slug", sa.Text, nullable=False, server_default=""),
    sa.Column("hidden", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.CheckConstraint("kind IN ('dossier', 'consultation', 'vote', 'campaign', 'delivery')", name="kind_known"),
)

story = sa.Table(
    "story",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("priority", sa.SmallInteger, nullable=False),
    sa.Column("occurred_at", _MOMENT, nullable=False),
    sa.Column("parameters", postgresql.JSONB, nullable=False),
    sa.Column("subject_kind", sa.Text),
    sa.Column("subject_key", sa.Text),
    sa.Column("account_id", sa.Uuid),
    sa.Column("audiences", postgresql.JSONB, nullable=False),
    sa.Column("except_for", sa.Uuid),
    sa.Column("in_inbox", sa.Boolean, nullable=False),
    sa.Column("audience_at", sa.SmallInteger, nullable=False, server_default="0"),
    sa.Column("account_at", sa.Uuid),
    sa.Column("told_at", _MOMENT),
    sa.Column("crowd", sa.Uuid),
    sa.CheckConstraint("priority BETWEEN 0 AND 3", name="priority_known"),
    sa.CheckConstraint("account_id IS NULL OR audiences = '[]'::jsonb", name="for_one_or_for_many"),
    sa.CheckConstraint("(subject_kind IS NULL) = (subject_key IS NULL)", name="subject_whole"),
    sa.Index("story_untold", "priority", "occurred_at", postgresql_where=sa.text("told_at IS NULL")),
    sa.Index("story_of_account", "account_id", postgresql_where=sa.text("account_id IS NOT NULL")),
    sa.Index("story_by_age", "occurred_at"),
)

notice = sa.Table(
    "notice",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("story_id", sa.Uuid, sa.ForeignKey("story.id", ondelete="CASCADE"), nullable=False),
    sa.Column("account_id", sa.Uuid, nullable=False),
    sa.Column("topic", sa.Text, nullable=False),
    sa.Column("read_at", _MOMENT),
    sa.CheckConstraint(f"topic IN ({_TOPICS})", name="notice_topic_known"),
    sa.UniqueConstraint("story_id", "account_id", name="notice_once"),
    sa.Index("notice_inbox", "account_id", sa.text("id DESC")),
    sa.Index("notice_unread", "account_id", sa.text("id DESC"), postgresql_where=sa.text("read_at IS NULL")),
)

delivery = sa.Table(
    "delivery",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("story_id", sa.Uuid, sa.ForeignKey("story.id", ondelete="CASCADE"), nullable=False),
    sa.Column("account_id", sa.Uuid, nullable=False),
    sa.Column("channel", sa.Text, nullable=False, server_default="email"),
    sa.Column("topic", sa.Text, nullable=False),
    sa.Column("priority", sa.SmallInteger, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("attempts", sa.SmallInteger, nullable=False, server_default="0"),
    sa.Column("not_before", _MOMENT, nullable=False),
    sa.Column("leased_until", _MOMENT),
    sa.Column("created_at", _MOMENT, nullable=False),
    sa.Column("finished_at", _MOMENT),
    sa.Column("status", sa.Text, nullable=False, server_default=""),
    sa.Column("digest_id", sa.Uuid, sa.ForeignKey("delivery.id", ondelete="SET NULL")),
    sa.UniqueConstraint("story_id", "account_id", "channel", name="delivery_once"),
    sa.CheckConstraint("channel = 'email'", name="channel_known"),
    sa.CheckConstraint(f"topic IN ({_TOPICS})", name="delivery_topic_known"),
    sa.CheckConstraint(f"state IN ({_STATES})", name="state_known"),
    sa.CheckConstraint("priority BETWEEN 0 AND 3", name="delivery_priority_known"),
    sa.CheckConstraint("attempts >= 0", name="attempts_counted"),
    sa.Index("delivery_due", "priority", "not_before", postgresql_where=sa.text("state IN ('pending', 'handing')")),
    sa.Index("delivery_waiting", "account_id", "not_before", postgresql_where=sa.text("state = 'waiting'")),
    sa.Index("delivery_of_account", "account_id", "finished_at"),
    sa.Index("delivery_of_digest", "digest_id", postgresql_where=sa.text("digest_id IS NOT NULL")),
)
