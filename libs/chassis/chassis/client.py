"""Calls to services from anywhere: thread-safe, typed, with a deadline, a breaker per service and careful retries.

Neither nameko nor eventlet is imported here, so that the gateway can use it; inside a green service it is just as good.
"""

import time
from dataclasses import dataclass
from typing import Any, TypeVar

from contracts.base import Reply, Request
from contracts.errors import Fault, FaultCode
from contracts.registry import Call
from pydantic import ValidationError

from chassis.breaker import Breaker
from chassis.postbox import Postbox

Req = TypeVar("Req", bound=Request)
Rep = TypeVar("Rep", bound=Reply)

RETRY_PAUSE_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Context:
    """What travels with a request: the caller's token, the trace identifier, the language of the answer's words."""

    token: str | None = None
    trace: str = ""
    locale: str = "fr"

    def to_wire(self) -> dict[str, Any]:
        """As it is written in the message."""
        return {"token": self.token, "trace": self.trace, "locale": self.locale}


NOBODY = Context()


class UnreadableReplyError(Exception):
    """A service answered what its contract does not know: never the caller's mistake."""


class RpcClient:
    """One per process: make it after the fork. ``name`` appears in the name of its reply queue."""

    def __init__(self, amqp_url: str, *, name: str = "client") -> None:
        self._postbox = Postbox(amqp_url, name)
        self._breakers: dict[str, Breaker] = {}

    @property
    def connected(self) -> bool:
        """Whether the broker can be reached."""
        return self._postbox.ready.is_set()

    def call(self, call: Call[Req, Rep], request: Req, *, context: Context = NOBODY, deadline: float = 5.0) -> Rep:
        """Ask and wait for the answer, ``deadline`` seconds at most.

        Raises the service's :class:`Fault`; *service-unavailable* when it does not listen; *deadline-exceeded* when no
        answer came in time (after a write: it may have been saved). An idempotent call is tried again while there is
        time.
        """
        until = time.monotonic() + deadline
        while True:
            breaker = self._closed_breaker(call.service)
            try:
                return self._attempt(call, request, context, until, breaker)
            except Fault as fault:
                again = call.idempotent and fault.code is FaultCode.UNAVAILABLE
                if not again or time.monotonic() + RETRY_PAUSE_SECONDS >= until:
                    raise
                time.sleep(RETRY_PAUSE_SECONDS)

    def _closed_breaker(self, service: str) -> Breaker:
        breaker = self._breakers.get(service) or self._breakers.setdefault(service, Breaker())
        wait = breaker.wait()
        if wait:
            raise Fault.unavailable(f"{service} does not answer.", retry_after=int(wait) + 1)
        return breaker

    def _attempt(self, call: Call[Req, Rep], request: Req, context: Context, until: float, breaker: Breaker) -> Rep:
        if not self._postbox.ready.wait(max(0.0, until - time.monotonic())):
            raise Fault.unavailable("The message broker cannot be reached.")
        answer = self._answer(call, request, context, until, breaker)
        breaker.succeeded()
        return _unwrap(call, answer)

    def _answer(
        self, call: Call[Req, Rep], request: Req, context: Context, until: float, breaker: Breaker
    ) -> dict[str, Any]:
        seconds = max(0.001, until - time.monotonic())
        letter = self._postbox.post(call, request.model_dump(mode="json"), context.to_wire(), seconds)
        try:
            return letter.answer.wait(seconds)
        except TimeoutError:
            breaker.failed()
            raise Fault.deadline(f"{call.service} gave no answer in time.") from None
        finally:
            self._postbox.forget(letter)

    def close(self) -> None:
        """Let go of both connections."""
        self._postbox.close()


def _unwrap(call: Call[Any, Rep], answer: dict[str, Any]) -> Rep:
    if "fault" in answer:
        fault: Fault = answer["fault"]
        raise fault
    error = answer.get("error")
    if isinstance(error, str):
        raise Fault.from_json(error)
    if error:
        raise _fault_of(error)
    try:
        return call.reply.model_validate(answer["result"])
    except ValidationError as error:
        raise UnreadableReplyError(call.route) from error


def _fault_of(error: dict[str, Any]) -> Fault:
    if error.get("exc_type") == "WireFault":
        return Fault.from_json(error["exc_args"][0])
    if error.get("exc_type") == "MethodNotFound":
        return Fault.unavailable("The service is older than its caller.")
    return Fault.internal()
