"""Accounts, logins, attributes, sessions, links, roles, accesses, events."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

REFUSE_REWRITING = """
CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log of accesses is only ever added to';
END $$
"""
APPEND_ONLY = """
CREATE TRIGGER accesses_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON accesses
FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()
"""


def upgrade() -> None:
    op.create_table(
        "accesses",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("accesses_pkey")),
        comment="Agents who read or changed personal data, and why.",
    )
    op.create_index(op.f("accesses_account_id_id_idx"), "accesses", ["account_id", "id"], unique=False)
    op.create_index(op.f("accesses_agent_id_id_idx"), "accesses", ["agent_id", "id"], unique=False)
    op.create_table(
        "accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("card_number", sa.Text(), nullable=True),
        sa.Column("activation_digest", sa.LargeBinary(), nullable=True),
        sa.Column("activation_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("person_key", sa.LargeBinary(), nullable=True),
        sa.Column("register_number", sa.Text(), server_default="", nullable=False),
        sa.Column("collective_level", sa.Integer(), nullable=True),
        sa.Column("terms_accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'collective') = (collective_level IS NOT NULL)", name=op.f("accounts_collective_level_check")
        ),
        sa.CheckConstraint(
            "kind = 'person' OR (password_hash IS NULL AND card_number IS NULL AND person_key IS NULL)",
            name=op.f("accounts_person_check"),
        ),
        sa.CheckConstraint("kind IN ('person', 'collective')", name=op.f("accounts_kind_check")),
        sa.CheckConstraint(
            "(activation_digest IS NULL) = (activation_until IS NULL)", name=op.f("accounts_activation_check")
        ),
        sa.CheckConstraint("collective_level IN (100, 200, 250, 400, 500, 600)", name=op.f("accounts_level_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("accounts_pkey")),
        sa.UniqueConstraint("card_number", name=op.f("accounts_card_number_key")),
        sa.UniqueConstraint("person_key", name=op.f("accounts_person_key_key")),
    )
    op.create_table(
        "erased_accounts",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("erased_accounts_pkey")),
        comment="So that nobody can take the identifier of an account that is no more, and with it its contributions.",
    )
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
        sa.PrimaryKeyConstraint("position", name=op.f("event_log_pkey")),
        sa.UniqueConstraint("id", name=op.f("event_log_id_key")),
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
        sa.PrimaryKeyConstraint("handler", "event_id", name=op.f("inbox_pkey")),
    )
    op.create_table(
        "link_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("login_index", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_address", sa.LargeBinary(), nullable=False),
        sa.Column("deliverable", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "purpose IN ('confirm-registration', 'confirm-email', 'reset-password')",
            name=op.f("link_requests_purpose_check"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("link_requests_pkey")),
    )
    op.create_index(op.f("link_requests_account_id_idx"), "link_requests", ["account_id"], unique=False)
    op.create_index(op.f("link_requests_expires_at_idx"), "link_requests", ["expires_at"], unique=False)
    op.create_index(
        op.f("link_requests_login_index_purpose_idx"), "link_requests", ["login_index", "purpose"], unique=False
    )
    op.create_table(
        "mail_requests",
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("login_index", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("mail_requests_pkey")),
        comment="How often mails were asked for an address, for the limits of the territory.",
    )
    op.create_index(op.f("mail_requests_at_idx"), "mail_requests", ["at"], unique=False)
    op.create_index(op.f("mail_requests_login_index_at_idx"), "mail_requests", ["login_index", "at"], unique=False)
    op.create_table(
        "sign_in_failures",
        sa.Column("login_index", sa.LargeBinary(), nullable=False),
        sa.Column("count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("count >= 0", name=op.f("sign_in_failures_count_check")),
        sa.PrimaryKeyConstraint("login_index", name=op.f("sign_in_failures_pkey")),
    )
    op.create_table(
        "attributes",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("certified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("certified_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("level IN (100, 200, 250, 400, 500, 600)", name=op.f("attributes_level_check")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("attributes_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "name", name=op.f("attributes_pkey")),
    )
    op.create_table(
        "grants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("places", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Uuid(), nullable=True),
        sa.Column("revoked_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("(revoked_at IS NULL) = (revoked_reason IS NULL)", name=op.f("grants_revoked_check")),
        sa.CheckConstraint("cardinality(places) > 0", name=op.f("grants_places_check")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("grants_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("grants_pkey")),
    )
    op.create_index(op.f("grants_account_id_idx"), "grants", ["account_id"], unique=False)
    op.create_table(
        "link_secrets",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["link_requests.id"], name=op.f("link_secrets_request_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("link_secrets_pkey")),
    )
    op.create_index(op.f("link_secrets_request_id_idx"), "link_secrets", ["request_id"], unique=False)
    op.create_table(
        "logins",
        sa.Column("login_index", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('email', 'card')", name=op.f("logins_kind_check")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("logins_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("login_index", name=op.f("logins_pkey")),
        sa.UniqueConstraint("account_id", "kind", name=op.f("logins_account_id_kind_key")),
    )
    op.create_table(
        "registrations",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["link_requests.id"], name=op.f("registrations_request_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("request_id", name=op.f("registrations_pkey")),
        comment="An account to be, until its link is used or expires.",
    )
    op.create_table(
        "representatives",
        sa.Column("collective_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("collective_id <> person_id", name=op.f("representatives_apart_check")),
        sa.ForeignKeyConstraint(
            ["collective_id"], ["accounts.id"], name=op.f("representatives_collective_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts.id"], name=op.f("representatives_person_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("collective_id", "person_id", name=op.f("representatives_pkey")),
    )
    op.create_index(op.f("representatives_person_id_idx"), "representatives", ["person_id"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rotated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idle_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("generation >= 1", name=op.f("sessions_generation_check")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("sessions_account_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["accounts.id"], name=op.f("sessions_actor_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("sessions_pkey")),
    )
    op.create_index(op.f("sessions_account_id_idx"), "sessions", ["account_id"], unique=False)
    op.create_index(op.f("sessions_actor_id_idx"), "sessions", ["actor_id"], unique=False)
    op.create_index(op.f("sessions_idle_until_idx"), "sessions", ["idle_until"], unique=False)
    op.execute(REFUSE_REWRITING)
    op.execute(APPEND_ONLY)


def downgrade() -> None:
    for table in (
        "sessions",
        "representatives",
        "registrations",
        "logins",
        "link_secrets",
        "grants",
        "attributes",
        "sign_in_failures",
        "mail_requests",
        "link_requests",
        "inbox",
        "event_log",
        "erased_accounts",
        "accounts",
        "accesses",
    ):
        op.drop_table(table)
    op.execute("DROP FUNCTION refuse_rewriting")
