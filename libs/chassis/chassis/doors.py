"""What every door does with a message: who asks, is the request well formed, answer or fault.

Shared by calls one at a time (:mod:`chassis.rpc`) and calls in batches (:mod:`chassis.batch`).
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import structlog
from contracts.base import Reply, Request
from contracts.errors import Fault, from_validation
from contracts.registry import Call
from nameko.extensions import DependencyProvider
from pydantic import ValidationError

from chassis.auth import Caller, TokenVerifier
from chassis.database import UnitOfWork, is_outage

log = structlog.get_logger()
RESOURCES = "RESOURCES"
"""The key of the container's configuration under which the resources of the process are kept."""


class Resources(Protocol):
    """What a service's ``bootstrap`` must give its doors, beside what it gives itself."""

    @property
    def uow(self) -> UnitOfWork[Any]:
        """Opens the service's transactions."""

    @property
    def verifier(self) -> TokenVerifier:
        """Knows who sends a token."""


class Provided(DependencyProvider):  # type: ignore[misc]
    """Gives a nameko class the resources that ``bootstrap`` made once for the process: ``resources = Provided()``."""

    def get_dependency(self, worker_ctx: Any) -> Any:  # noqa: ANN401, ARG002 -- nameko's signature
        """The one set of resources of this process."""
        return self.container.config[RESOURCES]


def parse(call: Call[Any, Any], raw: object) -> Request:
    """The request as its model. Raises *invalid* with every error at once."""
    try:
        request: Request = call.request.model_validate(raw)
    except ValidationError as error:
        raise from_validation(error, raw) from None
    return request


def guarded(call: Call[Any, Any], trace: str, work: Callable[[], Any]) -> Any:  # noqa: ANN401
    """Do the work; whatever goes wrong leaves as a fault that says no more than the caller may know."""
    try:
        return work()
    except Fault:
        raise
    except Exception as error:
        if is_outage(error):
            log.warning("database_unreachable", call=call.route)
            raise Fault.unavailable("The data cannot be reached now.") from error
        log.exception("call_failed", call=call.route)
        raise Fault.internal(trace) from error


def answer(
    call: Call[Any, Any],
    verifier: TokenVerifier,
    method: Callable[[Caller, Any], Reply],
    raw: object,
    context: Mapping[str, Any],
) -> dict[str, Any]:
    """One call from the wire to the wire. Raises :class:`Fault` only."""
    caller = verifier.caller(context)
    request = parse(call, raw)
    reply: dict[str, Any] = guarded(call, caller.trace, lambda: method(caller, request).model_dump(mode="json"))
    return reply
