"""What agents do: roles, accounts opened at a counter, certified attributes, reading somebody's data.

Every call here that shows or changes a person's data takes a reason, which is logged and shown to the person.
"""

from datetime import date
from uuid import UUID

from pydantic import Field

from contracts.base import Empty, Instant, Language, ListRequest, Page, Reply, Request
from contracts.identity.accounts import AccessPage
from contracts.identity.words import (
    AccountKind,
    Address,
    AttributeName,
    Attributes,
    CertificationLevel,
    CertifiedAttribute,
    CounterLevel,
    DisplayName,
    GrantView,
    Login,
    Perimeter,
    Role,
    Why,
)
from contracts.registry import Call


class GrantRole(Request):
    """Entrust a role (administrators). ``grant_id`` is made by the caller; repeating it changes nothing."""

    grant_id: UUID
    account_id: UUID
    role: Role
    places: Perimeter
    until: date | None = None
    """Last day, inclusive."""
    reason: Why


class GrantReply(Reply, GrantView):
    """The role as it stands."""


class RevokeRole(Request):
    """Take a role back (administrators). The last administrator cannot be revoked."""

    grant_id: UUID
    reason: Why


class ListGrants(ListRequest):
    """Roles, newest first (administrators, auditors)."""

    account_id: UUID | None = None
    role: Role | None = None
    in_force: bool = True
    """Only those that hold today."""


class GrantPage(Page[GrantView], Reply):
    """A page of roles."""


class FindAccount(Request):
    """The account of a login, for an agent who has the person before them or on the line."""

    login: Login
    reason: Why


class ReadAccount(Request):
    """An account with its attributes, for an agent who needs them."""

    account_id: UUID
    reason: Why


class AccountFile(Reply):
    """What an agent sees of an account."""

    account_id: UUID
    kind: AccountKind
    display_name: str
    login: str | None = Field(repr=False)
    attributes: tuple[CertifiedAttribute, ...]
    roles: tuple[GrantView, ...]
    created_at: Instant
    opened_at_counter: bool


class ListAccesses(ListRequest):
    """The log of accesses to personal data, newest first (administrators, auditors)."""

    agent_id: UUID | None = None
    account_id: UUID | None = None


class OpenCounterAccount(Request):
    """Open an account for a person at a counter. ``account_id`` is made by the caller; repeating: a new code."""

    account_id: UUID
    display_name: DisplayName
    language: Language
    email: Address | None = None
    attributes: Attributes = Attributes()
    level: CounterLevel
    """How the attributes were certified."""
    reason: Why


class CounterAccount(Reply):
    """What the agent hands over: the card number and, sealed or on paper, the code for the first sign-in."""

    account_id: UUID
    login: str
    code: str = Field(repr=False)
    code_expires_at: Instant


class CertifyAttributes(Request):
    """Attributes that an agent has seen a document for; they replace what was declared."""

    account_id: UUID
    attributes: Attributes
    level: CounterLevel
    reason: Why


class Certified(Reply):
    """What is certified now."""

    account_id: UUID
    attributes: tuple[AttributeName, ...]
    level: CertificationLevel


class ValidateCollective(Request):
    """The collective is what it says it is: its level becomes that of a document seen."""

    account_id: UUID
    level: CounterLevel
    reason: Why


class DisplayNames(Request):
    """The public names of accounts: for pages that list contributions. Asked by the gateway and the services."""

    account_ids: tuple[UUID, ...] = Field(max_length=500)


class Name(Reply):
    """A public name; ``None`` when the account is no more: the page says "deleted account"."""

    account_id: UUID
    name: str | None
    kind: AccountKind | None


class Names(Reply):
    """One entry for each account asked for, in the same order."""

    names: tuple[Name, ...]


GRANT_ROLE = Call("identity", "grant_role", GrantRole, GrantReply, idempotent=True)
REVOKE_ROLE = Call("identity", "revoke_role", RevokeRole, GrantReply, idempotent=True)
LIST_GRANTS = Call("identity", "list_grants", ListGrants, GrantPage, idempotent=True)
FIND_ACCOUNT = Call("identity", "find_account", FindAccount, AccountFile, idempotent=True)
READ_ACCOUNT = Call("identity", "read_account", ReadAccount, AccountFile, idempotent=True)
LIST_ACCESSES = Call("identity", "list_accesses", ListAccesses, AccessPage, idempotent=True)
OPEN_COUNTER_ACCOUNT = Call("identity", "open_counter_account", OpenCounterAccount, CounterAccount, idempotent=True)
CERTIFY_ATTRIBUTES = Call("identity", "certify_attributes", CertifyAttributes, Certified, idempotent=True)
VALIDATE_COLLECTIVE = Call("identity", "validate_collective", ValidateCollective, Empty, idempotent=True)
DISPLAY_NAMES = Call("identity", "display_names", DisplayNames, Names, idempotent=True)

CALLS = (
    GRANT_ROLE,
    REVOKE_ROLE,
    LIST_GRANTS,
    FIND_ACCOUNT,
    READ_ACCOUNT,
    LIST_ACCESSES,
    OPEN_COUNTER_ACCOUNT,
    CERTIFY_ATTRIBUTES,
    VALIDATE_COLLECTIVE,
    DISPLAY_NAMES,
)
