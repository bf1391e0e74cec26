"""An account from registration to erasure, by the person itself.

No answer here tells whether an account exists: what an address owns is told to that address only, by mail.
"""

from typing import Literal
from uuid import UUID

from pydantic import Field

from contracts.base import Empty, Instant, Language, ListRequest, Model, Page, Reply, Request
from contracts.identity.words import (
    AccountKind,
    Address,
    Attributes,
    CertifiedAttribute,
    DisplayName,
    GrantView,
    NewPassword,
    Password,
    Secret,
)
from contracts.registry import Call


class Register(Request):
    """Ask for an account. A mail with a link of 48 hours follows; the account exists once the link was used."""

    email: Address
    password: NewPassword
    display_name: DisplayName
    language: Language
    accepts_terms: Literal[True]


class Accepted(Reply):
    """Understood: if there is something to send, a mail is under way."""


class ByAddress(Request):
    """Something to be mailed to whoever reads this address."""

    email: Address


class ByLink(Request):
    """The secret of a mailed link."""

    token: Secret


class Confirmed(Reply):
    """The address is confirmed: sign in."""

    account_id: UUID


class ResetPassword(Request):
    """A new password, with the secret of the mailed link. Every session ends."""

    token: Secret
    password: NewPassword


class ChangePassword(Request):
    """A new password, by somebody signed in. Every other session ends."""

    current: Password
    password: NewPassword


class ChangeEmail(Request):
    """Another address: it counts once the link mailed there was used."""

    email: Address
    password: Password


class Nothing(Request):
    """A question without parameters: it is about the caller."""


class AccountView(Reply):
    """One's own account."""

    account_id: UUID
    kind: AccountKind
    display_name: str
    language: Language
    level: int
    """The highest certification among the attributes."""
    login: str | None = Field(repr=False)
    """The card number, for an account opened at a counter."""
    attributes: tuple[CertifiedAttribute, ...]
    roles: tuple[GrantView, ...]
    created_at: Instant


class UpdateAccount(Request):
    """Change what is given; leave the rest."""

    display_name: DisplayName | None = None
    language: Language | None = None


class DeclareAttributes(Request):
    """What one says of oneself (level 100). Never replaces what an agent has certified."""

    attributes: Attributes


class AccessView(Model):
    """An agent has read or changed somebody's personal data."""

    at: Instant
    agent_id: UUID
    account_id: UUID | None
    action: str
    reason: str


class SessionView(Model):
    """A place where one is signed in."""

    session_id: UUID
    device: str
    created_at: Instant
    last_used_at: Instant
    current: bool


class SignOff(Model):
    """That the person was given a voting token, and on which day. Nothing links it to a ballot."""

    election_id: UUID
    at: Instant
    """Noon of the day where a token was given: the hour is not kept."""
    paper: bool = False
    """They were struck off to vote on paper instead."""


class AccountExport(Reply):
    """Everything identity holds of a person, for that person."""

    account: AccountView
    terms_accepted_at: Instant | None
    sessions: tuple[SessionView, ...]
    accesses: tuple[AccessView, ...]
    """Who of the administration has read it, and why."""
    collectives: tuple[UUID, ...]
    sign_offs: tuple[SignOff, ...] = ()


class EraseAccount(Request):
    """Erase the account for good. Contributions stay, signed "deleted account"."""

    password: Password
    understood: Literal[True]


class ReadAccesses(ListRequest):
    """Who of the administration has read or changed my data, newest first."""


class AccessPage(Page[AccessView], Reply):
    """A page of accesses."""


REGISTER = Call("identity", "register", Register, Accepted, idempotent=False)
RESEND_CONFIRMATION = Call("identity", "resend_confirmation", ByAddress, Accepted, idempotent=False)
CONFIRM = Call("identity", "confirm", ByLink, Confirmed, idempotent=True)
REQUEST_PASSWORD_RESET = Call("identity", "request_password_reset", ByAddress, Accepted, idempotent=False)
RESET_PASSWORD = Call("identity", "reset_password", ResetPassword, Empty, idempotent=False)
CHANGE_PASSWORD = Call("identity", "change_password", ChangePassword, Empty, idempotent=False)
CHANGE_EMAIL = Call("identity", "change_email", ChangeEmail, Accepted, idempotent=False)
MY_ACCOUNT = Call("identity", "my_account", Nothing, AccountView, idempotent=True)
UPDATE_ACCOUNT = Call("identity", "update_account", UpdateAccount, AccountView, idempotent=True)
DECLARE_ATTRIBUTES = Call("identity", "declare_attributes", DeclareAttributes, AccountView, idempotent=True)
MY_ACCESSES = Call("identity", "my_accesses", ReadAccesses, AccessPage, idempotent=True)
EXPORT_MY_DATA = Call("identity", "export_my_data", Nothing, AccountExport, idempotent=True)
ERASE_ACCOUNT = Call("identity", "erase_account", EraseAccount, Empty, idempotent=False)

CALLS = (
    REGISTER,
    RESEND_CONFIRMATION,
    CONFIRM,
    REQUEST_PASSWORD_RESET,
    RESET_PASSWORD,
    CHANGE_PASSWORD,
    CHANGE_EMAIL,
    MY_ACCOUNT,
    UPDATE_ACCOUNT,
    DECLARE_ATTRIBUTES,
    MY_ACCESSES,
    EXPORT_MY_DATA,
    ERASE_ACCOUNT,
)
