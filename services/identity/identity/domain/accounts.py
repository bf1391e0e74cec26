"""Accounts, sessions, links and roles as values."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

EMAIL_LEVEL = 200


class Kind(StrEnum):
    """Who stands behind an account."""

    PERSON = "person"
    COLLECTIVE = "collective"


class Purpose(StrEnum):
    """What a mailed link is for."""

    CONFIRM_REGISTRATION = "confirm-registration"
    CONFIRM_EMAIL = "confirm-email"
    RESET_PASSWORD = "reset-password"  # noqa: S105 -- a purpose, not a password


@dataclass(frozen=True, slots=True)
class Account:
    """An account, without what is known of the person."""

    id: UUID
    kind: Kind
    display_name: str
    language: str
    created_at: datetime
    password_hash: str | None = field(default=None, repr=False)
    card_number: str | None = field(default=None, repr=False)
    activation_digest: bytes | None = field(default=None, repr=False)
    activation_until: datetime | None = None
    register_number: str = ""
    collective_level: int | None = None
    terms_accepted_at: datetime | None = None
    person_key: bytes | None = field(default=None, repr=False)

    @property
    def at_counter(self) -> bool:
        """Whether an agent opened it."""
        return self.card_number is not None

    def accepts_code(self, digest: bytes, now: datetime) -> bool:
        """Whether this is the code given at the counter, still valid."""
        return self.activation_until is not None and now < self.activation_until and digest == self.activation_digest


@dataclass(frozen=True, slots=True)
class Session:
    """A place where somebody is signed in; the account is the collective when one speaks for it."""

    id: UUID
    account_id: UUID
    actor_id: UUID | None
    device: str
    salt: bytes = field(repr=False)
    generation: int
    created_at: datetime
    rotated_at: datetime
    idle_until: datetime
    expires_at: datetime

    def over(self, now: datetime) -> bool:
        """Whether it has ended by the clock."""
        return now >= min(self.idle_until, self.expires_at)


@dataclass(frozen=True, slots=True)
class Link:
    """A link that was asked for, and may be mailed."""

    id: UUID
    account_id: UUID
    purpose: Purpose
    login_index: bytes = field(repr=False)
    address: str = field(repr=False)
    deliverable: bool
    """``False``: there is nothing to send to this address; kept so that nobody sees a difference."""
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None

    def usable(self, now: datetime) -> bool:
        """Whether its secret may be used now."""
        return self.deliverable and self.used_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class Registration:
    """An account to be: it begins to exist when its link is used."""

    password_hash: str = field(repr=False)
    display_name: str
    language: str


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held in some places, until a day (inclusive)."""

    id: UUID
    account_id: UUID
    role: str
    places: tuple[str, ...]
    until: date | None
    granted_at: datetime
    granted_by: UUID | None
    reason: str
    revoked_at: datetime | None = None

    def in_force(self, today: date) -> bool:
        """Whether it holds today."""
        return self.revoked_at is None and (self.until is None or today <= self.until)
