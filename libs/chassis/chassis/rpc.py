"""The door of calls that come one at a time, on nameko's RPC, made safe.

A plain nameko service loses undecodable messages, and a request without ``reply_to`` kills it again and again: here the
one is parked and the other dropped with a line in the log.
"""

import time
from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import Any

import structlog
from contracts.errors import Fault
from contracts.registry import Call
from kombu.message import Message
from nameko.rpc import Rpc, RpcConsumer

from chassis import telemetry
from chassis.doors import answer
from chassis.parking import ParkingQueueConsumer
from chassis.wire import BROKER_ERRORS

log = structlog.get_logger()


class WireFault(Exception):
    """A fault on its way across the bus: one argument, the fault as JSON."""


class _SafeRpcConsumer(RpcConsumer):  # type: ignore[misc]
    queue_consumer = ParkingQueueConsumer()

    def handle_message(self, body: object, message: Message) -> None:
        if not _well_formed(body, message):
            log.error("malformed_call_dropped", route=message.delivery_info.get("routing_key"))
            self.queue_consumer.ack_message(message)
            return
        super().handle_message(body, message)

    def handle_result(self, message: Message, result: object, exc_info: Any) -> tuple[Any, Any]:  # noqa: ANN401
        """Answer, then acknowledge. An answer that cannot leave is lost, its caller asks again; the service lives."""
        try:
            answered: tuple[Any, Any] = super().handle_result(message, result, exc_info)
        except BROKER_ERRORS as error:
            log.warning("reply_lost", route=message.delivery_info.get("routing_key"), error=type(error).__name__)
            self.queue_consumer.ack_message(message)
            return result, exc_info
        return answered


def _well_formed(body: object, message: Message) -> bool:
    return (
        "reply_to" in message.properties
        and message.content_type == "application/json"
        and isinstance(body, dict)
        and isinstance(body.get("args"), list)
        and isinstance(body.get("kwargs"), dict)
    )


class SafeRpc(Rpc):  # type: ignore[misc]
    """nameko's RPC entrypoint behind the checks of this module."""

    rpc_consumer = _SafeRpcConsumer()


def serves(call: Call[Any, Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Answer ``call`` with the decorated method ``(self, caller, request) -> reply``, which bears the call's name."""

    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        if method.__name__ != call.name:
            raise TypeError(f"{method.__name__} serves the call {call.name}: give it that name")

        @wraps(method)
        def handle(self: Any, request: object, context: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ANN401
            work = partial(answer, call, self.resources.verifier, partial(method, self), request, context)
            return _timed(call, work, context)

        handle.serves = call  # type: ignore[attr-defined]
        decorated: Callable[..., Any] = SafeRpc.decorator(expected_exceptions=(WireFault,))(handle)
        return decorated

    return decorate


def _timed(call: Call[Any, Any], work: Callable[[], dict[str, Any]], context: Mapping[str, Any]) -> dict[str, Any]:
    telemetry.bind(str(context.get("trace") or ""))
    started = time.perf_counter()
    outcome = "ok"
    try:
        return work()
    except Fault as fault:
        outcome = fault.code.value
        raise WireFault(fault.to_json()) from None
    finally:
        telemetry.CALLS.labels(call.route, outcome).inc()
        telemetry.CALL_SECONDS.labels(call.route).observe(time.perf_counter() - started)
