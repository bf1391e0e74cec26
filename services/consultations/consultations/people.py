"""What only identity knows: whether a person may answer, and where they live. Asked with the person's own token."""

from functools import cached_property
from typing import Protocol

from chassis.auth import Caller
from chassis.client import Context, RpcClient
from contracts.base import Code
from contracts.identity import MAY, Decision, May

ACTION = "answer_consultation"
"""The permission of the territory that every answer falls under."""


class People(Protocol):
    """Whoever can say what a person may do."""

    def decision(self, caller: Caller, place: Code | None) -> Decision:
        """Whether the caller may answer a consultation about the place."""


class IdentityPeople:
    """Asks the identity service. Connects when first asked: most consultations never need it."""

    def __init__(self, amqp_url: str) -> None:
        self._amqp_url = amqp_url

    @cached_property
    def _client(self) -> RpcClient:
        return RpcClient(self._amqp_url, name="consultations")

    def decision(self, caller: Caller, place: Code | None) -> Decision:
        """Whether the caller may answer. Raises the faults of the call."""
        request = May(account_id=caller.citizen(), action=ACTION, place=place)
        context = Context(token=caller.token, trace=caller.trace, locale=caller.locale)
        return self._client.call(MAY, request, context=context, deadline=3.0)
