"""Asking for mailed links. Whether an address has an account or not, the same is done and the same is answered."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from contracts.errors import Fault
from contracts.identity import CONFIRMATION_REQUESTED, PASSWORD_RESET_REQUESTED, LinkRequested
from uuid_utils.compat import uuid7

from identity.domain import limits
from identity.domain.accounts import Link, Purpose
from identity.repository import Transaction
from identity.resources import Office


def count_mail(office: Office, tx: Transaction, login_index: bytes) -> None:
    """Count one more mail asked for an address. Raises *too-many* beyond the limits of the territory."""
    windows = [(limit.count, timedelta(seconds=limit.seconds)) for limit in office.mail_limits]
    longest = max((window for _count, window in windows), default=timedelta(0))
    times = tx.limits.mails_since(login_index, tx.now - longest)
    wait = max((limits.seconds_to_wait(times, count, window, tx.now) for count, window in windows), default=0)
    if wait:
        raise Fault.too_many(wait, "A mail was asked for this address a moment ago.", "mail-just-asked")
    tx.limits.note_mail(login_index, tx.now)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a link is for; ``deliverable``: whether there is something to send at all."""

    address: str
    account_id: UUID
    deliverable: bool


def new_link(office: Office, tx: Transaction, purpose: Purpose, to: Addressee) -> Link:
    """A link that may be mailed."""
    rules = office.territory.accounts
    minutes = rules.reset_minutes if purpose is Purpose.RESET_PASSWORD else rules.link_hours * 60
    return Link(
        id=uuid7(),
        account_id=to.account_id,
        purpose=purpose,
        login_index=office.vault.login_index(to.address),
        address=to.address,
        deliverable=to.deliverable,
        created_at=tx.now,
        expires_at=tx.now + timedelta(minutes=minutes),
    )


def tell(tx: Transaction, link: Link) -> None:
    """Tell that a link should be mailed. Who sends it asks then whether there is something to send."""
    reset = link.purpose is Purpose.RESET_PASSWORD
    event = PASSWORD_RESET_REQUESTED if reset else CONFIRMATION_REQUESTED
    payload = LinkRequested(account_id=link.account_id, request_id=link.id)
    tx.events.append(event, payload, subject=str(link.account_id))


def not_valid() -> Fault:
    """The one answer to a secret that is unknown, too old or used."""
    return Fault.wrong_state("This link has expired or was already used.", "link-not-valid")
