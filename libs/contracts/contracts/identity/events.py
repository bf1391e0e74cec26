"""What identity tells: account ids and facts, never who a person is."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from contracts.base import Payload
from contracts.identity.words import AccountKind, AttributeName, Role
from contracts.registry import Event


class CitizenRegistered(Payload):
    """An account exists and can be used."""

    account_id: UUID
    kind: AccountKind
    at_counter: bool


class CitizenErased(Payload):
    """The account is no more: forget whatever is personal; contributions stay, signed "deleted account"."""

    account_id: UUID


class RoleChanged(Payload):
    """A role was given to an account, or taken from it."""

    account_id: UUID
    role: Role
    places: tuple[str, ...]
    until: date | None
    granted: bool


class AttributeCertified(Payload):
    """An attribute of the account was certified; its value is not told."""

    account_id: UUID
    attribute: AttributeName
    level: int


class LinkRequested(Payload):
    """A link must be mailed: ask ``contact_for_delivery`` with both ids; it may answer: nothing to send."""

    account_id: UUID
    request_id: UUID


class RegistrationRepeated(Payload):
    """Somebody asked for an account with the address of this one: tell its owner, who may have forgotten it."""

    account_id: UUID


class SecurityMatter(StrEnum):
    """What the owner of an account should hear of at once."""

    PASSWORD_CHANGED = "password-changed"  # noqa: S105 -- a fact, not a password
    EMAIL_CHANGE_ASKED = "email-change-asked"
    """Told while mails still reach the present address."""
    EMAIL_CHANGED = "email-changed"
    """Told at the new address."""
    SESSION_STOLEN = "session-stolen"
    """A refresh token was used twice: the sessions that descend from it were ended."""
    LOCKED_OUT = "locked-out"
    """Too many wrong passwords."""


class SecurityNotice(Payload):
    """Something happened to an account that its owner should hear of at once."""

    account_id: UUID
    matter: SecurityMatter


CITIZEN_REGISTERED = Event("identity", "citizen_registered", 1, CitizenRegistered)
CITIZEN_ERASED = Event("identity", "citizen_erased", 1, CitizenErased)
ROLE_CHANGED = Event("identity", "role_changed", 1, RoleChanged)
ATTRIBUTE_CERTIFIED = Event("identity", "attribute_certified", 1, AttributeCertified)
CONFIRMATION_REQUESTED = Event("identity", "confirmation_requested", 1, LinkRequested)
PASSWORD_RESET_REQUESTED = Event("identity", "password_reset_requested", 1, LinkRequested)
REGISTRATION_REPEATED = Event("identity", "registration_repeated", 1, RegistrationRepeated)
SECURITY_NOTICE = Event("identity", "security_notice", 1, SecurityNotice)

EVENTS = (
    CITIZEN_REGISTERED,
    CITIZEN_ERASED,
    ROLE_CHANGED,
    ATTRIBUTE_CERTIFIED,
    CONFIRMATION_REQUESTED,
    PASSWORD_RESET_REQUESTED,
    REGISTRATION_REPEATED,
    SECURITY_NOTICE,
)
