"""How the notifications service finds out where to write to, at the moment of sending."""

import secrets

from chassis.auth import Caller
from contracts.identity import SERVICE, Contact, ContactForDelivery, LinkPurpose

from identity.domain.accounts import Link, Purpose
from identity.repository import Transaction
from identity.resources import Office
from identity.security.vault import digest

SECRET_BYTES = 24
NOTIFICATIONS = "notifications"
EMAIL = "email"


def contact_for_delivery(office: Office, caller: Caller, request: ContactForDelivery) -> Contact:
    """Where to write to, and a new secret for the link if one was asked for. Nobody but notifications may ask."""
    caller.require(SERVICE, place=NOTIFICATIONS)
    with office.uow() as tx:
        if request.request_id is None:
            return _of_account(office, tx, request)
        link = tx.links.get(request.request_id)
        if link is None or link.account_id != request.account_id or not link.usable(tx.now):
            return _nothing(office)
        return _of_link(office, tx, link)


def _of_account(office: Office, tx: Transaction, request: ContactForDelivery) -> Contact:
    account = tx.accounts.get(request.account_id)
    email = tx.attributes.of_many([request.account_id], EMAIL).get(request.account_id, {}).get(EMAIL)
    if account is None or email is None:
        return _nothing(office)
    return Contact(address=email.value, display_name=account.display_name, language=account.language)


def _of_link(office: Office, tx: Transaction, link: Link) -> Contact:
    account = tx.accounts.get(link.account_id)
    person = account or tx.links.registration(link.id)
    if person is None or (account is None and link.purpose is not Purpose.CONFIRM_REGISTRATION):
        return _nothing(office)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    tx.links.add_secret(link.id, digest(secret), tx.now)
    return Contact(
        address=link.address,
        display_name=person.display_name,
        language=person.language,
        purpose=LinkPurpose(link.purpose),
        secret=secret,
        secret_expires_at=link.expires_at,
    )


def _nothing(office: Office) -> Contact:
    return Contact(address=None, display_name="", language=office.territory.languages[0])
