"""Asks identity where to write to, at the moment of sending. What it answers is used at once and kept nowhere."""

from typing import Protocol
from uuid import UUID

from chassis.client import Context, RpcClient
from contracts.errors import Fault, FaultCode
from contracts.identity import CONTACT_FOR_DELIVERY, Contact, ContactForDelivery

DEADLINE_SECONDS = 5.0


class ContactUnknown(Exception):
    """There is nobody to write to: the account is gone, or the link is not needed any more."""


class IdentityUnreachable(Exception):
    """Identity does not answer now: nothing can be sent to anybody."""


class Contacts(Protocol):
    """Where to write to."""

    def contact(self, account: UUID, request_id: UUID | None) -> Contact:
        """The contact of an account. Raises :class:`ContactUnknown` or :class:`IdentityUnreachable`."""


class IdentityContacts:
    """Contacts asked of the identity service, with a deadline."""

    def __init__(self, client: RpcClient, service_token: str) -> None:
        self._client = client
        self._context = Context(token=service_token or None)

    def contact(self, account: UUID, request_id: UUID | None) -> Contact:
        """The contact of an account. Raises :class:`ContactUnknown` or :class:`IdentityUnreachable`."""
        request = ContactForDelivery(account_id=account, request_id=request_id)
        try:
            found = self._client.call(CONTACT_FOR_DELIVERY, request, context=self._context, deadline=DEADLINE_SECONDS)
        except Fault as fault:
            if fault.code in {FaultCode.NOT_FOUND, FaultCode.WRONG_STATE}:
                raise ContactUnknown from fault
            raise IdentityUnreachable(fault.code.value) from fault
        if found.address is None:
            raise ContactUnknown
        return found
