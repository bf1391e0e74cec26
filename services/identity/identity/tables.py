"""The tables of identity. Whatever rule the database can hold, it holds.

Addresses and attributes are sealed, logins are keyed fingerprints: a copy of the database alone names nobody.
"""

import sqlalchemy as sa
from chassis.event_log import event_tables
from sqlalchemy.dialects.postgresql import ARRAY

metadata = sa.MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s_check",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "pk": "%(table_name)s_pkey",
    }
)

Moment = sa.DateTime(timezone=True)
LEVELS = "IN (100, 200, 250, 400, 500, 600)"


def _now(name: str) -> sa.Column[object]:
    return sa.Column(name, Moment, nullable=False)


def _account(name: str = "account_id", *, primary_key: bool = False, nullable: bool = False) -> sa.Column[object]:
    key = sa.ForeignKey("accounts.id", ondelete="CASCADE")
    return sa.Column(name, sa.Uuid, key, primary_key=primary_key, nullable=nullable)


accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("display_name", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("password_hash", sa.Text),
    sa.Column("card_number", sa.Text, unique=True),
    sa.Column("activation_digest", sa.LargeBinary),
    sa.Column("activation_until", Moment),
    sa.Column("person_key", sa.LargeBinary, unique=True),
    sa.Column("register_number", sa.Text, nullable=False, server_default=""),
    sa.Column("collective_level", sa.Integer),
    sa.Column("terms_accepted_at", Moment),
    _now("created_at"),
    sa.CheckConstraint("kind IN ('person', 'collective')", name="kind"),
    sa.CheckConstraint("(kind = 'collective') = (collective_level IS NOT NULL)", name="collective_level"),
    sa.CheckConstraint(f"collective_level {LEVELS}", name="level"),
    sa.CheckConstraint(
        "kind = 'person' OR (password_hash IS NULL AND card_number IS NULL AND person_key IS NULL)", name="person"
    ),
    sa.CheckConstraint("(activation_digest IS NULL) = (activation_until IS NULL)", name="activation"),
)

erased_accounts = sa.Table(
    "erased_accounts",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    _now("erased_at"),
    comment="So that nobody can take the identifier of an account that is no more, and with it its contributions.",
)

logins = sa.Table(
    "logins",
    metadata,
    sa.Column("login_index", sa.LargeBinary, primary_key=True),
    _account(),
    sa.Column("kind", sa.Text, nullable=False),
    sa.UniqueConstraint("account_id", "kind"),
    sa.CheckConstraint("kind IN ('email', 'card')", name="kind"),
)

attributes = sa.Table(
    "attributes",
    metadata,
    _account(primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("level", sa.Integer, nullable=False),
    _now("certified_at"),
    sa.Column("certified_by", sa.Uuid),
    sa.CheckConstraint(f"level {LEVELS}", name="level"),
)

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    _account(),
    _account("actor_id", nullable=True),
    sa.Column("device", sa.Text, nullable=False),
    sa.Column("salt", sa.LargeBinary, nullable=False),
    sa.Column("generation", sa.Integer, nullable=False),
    _now("created_at"),
    _now("rotated_at"),
    _now("idle_until"),
    _now("expires_at"),
    sa.CheckConstraint("generation >= 1", name="generation"),
    sa.Index(None, "account_id"),
    sa.Index(None, "actor_id"),
    sa.Index(None, "idle_until"),
)

link_requests = sa.Table(
    "link_requests",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("account_id", sa.Uuid, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("login_index", sa.LargeBinary, nullable=False),
    sa.Column("sealed_address", sa.LargeBinary, nullable=False),
    sa.Column("deliverable", sa.Boolean, nullable=False),
    _now("created_at"),
    _now("expires_at"),
    sa.Column("used_at", Moment),
    sa.CheckConstraint("purpose IN ('confirm-registration', 'confirm-email', 'reset-password')", name="purpose"),
    sa.Index(None, "login_index", "purpose"),
    sa.Index(None, "account_id"),
    sa.Index(None, "expires_at"),
)

registrations = sa.Table(
    "registrations",
    metadata,
    sa.Column("request_id", sa.Uuid, sa.ForeignKey("link_requests.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("display_name", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    comment="An account to be, until its link is used or expires.",
)

link_secrets = sa.Table(
    "link_secrets",
    metadata,
    sa.Column("digest", sa.LargeBinary, primary_key=True),
    sa.Column("request_id", sa.Uuid, sa.ForeignKey("link_requests.id", ondelete="CASCADE"), nullable=False),
    _now("created_at"),
    sa.Index(None, "request_id"),
)

sign_in_failures = sa.Table(
    "sign_in_failures",
    metadata,
    sa.Column("login_index", sa.LargeBinary, primary_key=True),
    sa.Column("count", sa.Integer, nullable=False, server_default="0"),
    sa.Column("last_at", Moment),
    sa.Column("locked_until", Moment),
    sa.CheckConstraint("count >= 0", name="count"),
)

mail_requests = sa.Table(
    "mail_requests",
    metadata,
    sa.Column("position", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("login_index", sa.LargeBinary, nullable=False),
    _now("at"),
    sa.Index(None, "login_index", "at"),
    sa.Index(None, "at"),
    comment="How often mails were asked for an address, for the limits of the territory.",
)

grants = sa.Table(
    "grants",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    _account(),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("places", ARRAY(sa.Text), nullable=False),
    sa.Column("until", sa.Date),
    _now("granted_at"),
    sa.Column("granted_by", sa.Uuid),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("revoked_at", Moment),
    sa.Column("revoked_by", sa.Uuid),
    sa.Column("revoked_reason", sa.Text),
    sa.CheckConstraint("cardinality(places) > 0", name="places"),
    sa.CheckConstraint("(revoked_at IS NULL) = (revoked_reason IS NULL)", name="revoked"),
    sa.Index(None, "account_id"),
)

representatives = sa.Table(
    "representatives",
    metadata,
    _account("collective_id", primary_key=True),
    _account("person_id", primary_key=True),
    _now("since"),
    sa.CheckConstraint("collective_id <> person_id", name="apart"),
    sa.Index(None, "person_id"),
)

accesses = sa.Table(
    "accesses",
    metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    _now("at"),
    sa.Column("agent_id", sa.Uuid, nullable=False),
    sa.Column("account_id", sa.Uuid),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Index(None, "account_id", "id"),
    sa.Index(None, "agent_id", "id"),
    comment="Agents who read or changed personal data, and why.",
)

sign_off_lists = sa.Table(
    "sign_off_lists",
    metadata,
    sa.Column("election_id", sa.Uuid, primary_key=True),
    sa.Column("campaign_id", sa.Uuid, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("place", sa.Text),
    sa.Column("closes_at", Moment, nullable=False),
    sa.Column("public_key", sa.LargeBinary, nullable=False),
    sa.Column("sealed_key", sa.LargeBinary, nullable=False),
    _now("opened_at"),
    sa.Column("opened_by", sa.Uuid, nullable=False),
    sa.Column("undone", sa.Integer, nullable=False, server_default="0"),
    comment="The elections whose voting tokens are signed here, each with its key.",
)

sign_offs = sa.Table(
    "sign_offs",
    metadata,
    sa.Column("election_id", sa.Uuid, sa.ForeignKey("sign_off_lists.election_id"), primary_key=True),
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("campaign_id", sa.Uuid, nullable=False),
    sa.Column("local", sa.Boolean, nullable=False),
    sa.Column("blinded_digest", sa.LargeBinary, nullable=False),
    _now("at"),
    sa.Column("paper", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("struck_by", sa.Uuid),
    sa.Index(None, "account_id"),
    sa.Index("sign_offs_one_district_key", "campaign_id", "account_id", unique=True, postgresql_where=sa.text("local")),
    comment="Who was given a token. Stays when the account is erased, so that tokens can be counted for ever.",
)

event_tables(metadata)
