"""How a mail finds its reader: notifications hears of an account, and asks for the address when it sends.

No event carries an address or a secret. ``contact_for_delivery`` answers only to the service token of notifications.
"""

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from contracts.base import Instant, Language, Reply, Request
from contracts.registry import Call


class LinkPurpose(StrEnum):
    """What the link in a mail is for: it decides the words of the mail and the page the link leads to."""

    CONFIRM_REGISTRATION = "confirm-registration"
    CONFIRM_EMAIL = "confirm-email"
    RESET_PASSWORD = "reset-password"  # noqa: S105 -- a purpose, not a password


class ContactForDelivery(Request):
    """The address of an account, at the moment of sending.

    With the ``request_id`` of ``confirmation_requested`` or ``password_reset_requested``: the address the link goes to,
    and a secret for the link. Each call makes a new secret and every secret of a request works until one was used, so
    that a mail may be sent again; do not store it.
    """

    account_id: UUID
    request_id: UUID | None = None


class Contact(Reply):
    """Where to write to. Without an address there is nothing to send: drop the delivery."""

    address: str | None = Field(repr=False)
    display_name: str = Field(repr=False)
    language: Language
    purpose: LinkPurpose | None = None
    secret: str | None = Field(default=None, repr=False)
    """The last part of the link. Its page must ask for a click before using it: mail scanners follow links."""
    secret_expires_at: Instant | None = None


CONTACT_FOR_DELIVERY = Call("identity", "contact_for_delivery", ContactForDelivery, Contact, idempotent=True)

CALLS = (CONTACT_FOR_DELIVERY,)
