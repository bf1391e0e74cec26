"""The door of the hot paths: many requests are decoded, written with one transaction and answered together.

A message carries the requests that a client coalesced; a batch is what several messages hold, up to ``size`` requests
or what arrived within ``linger`` seconds. The transaction commits before any reply, the replies leave before the
acknowledgement. A request that makes its batch fail is found by splitting, parked, and answered with a fault.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from functools import wraps
from typing import Any

import amqp
import structlog
from contracts.base import Reply
from contracts.errors import Fault
from contracts.registry import Call
from kombu import Connection, Consumer, Queue
from kombu.message import Message
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import Entrypoint

from chassis import telemetry, wire
from chassis.batching import BatchItem, NotNow, Slot, by_message, fill, open_slots, reply_body
from chassis.database import is_outage
from chassis.doors import RESOURCES
from chassis.parking import Parcel, park

log = structlog.get_logger()

OUTAGE_PAUSE_SECONDS = 0.5
PREFETCH_MESSAGES = 64
RPC_EXCHANGE = "nameko-rpc"


def batch_queue(call: Call[Any, Any]) -> Queue:
    """The durable queue of a batch call."""
    return Queue(f"batch-{call.route}", durable=True)


class BatchConsumer(Entrypoint):  # type: ignore[misc]
    """The entrypoint behind :func:`serves_batch`, on a connection of its own."""

    def __init__(self, call: Call[Any, Any], size: int, linger: float, **kwargs: Any) -> None:  # noqa: ANN401
        self.call, self.size, self.linger = call, size, linger
        self._arrived: deque[Message] = deque()
        self._stopping = False
        self._thread: Any = None
        super().__init__(**kwargs)

    @property
    def _amqp_url(self) -> str:
        return str(self.container.config["AMQP_URI"])

    def start(self) -> None:
        """Begin in the background."""
        self._thread = self.container.spawn_managed_thread(self._run)

    def stop(self) -> None:
        """Finish the batch at hand, then end; what was not acknowledged goes back to the queue."""
        self._stopping = True
        self._thread.wait()

    def _run(self) -> None:
        while not self._stopping:
            try:
                with self._consuming() as connection:
                    while not self._stopping:
                        self._gather(connection)
                        self._process(connection)
            except wire.BROKER_ERRORS as error:
                log.warning("batch_consumer_interrupted", call=self.call.route, error=type(error).__name__)
                time.sleep(OUTAGE_PAUSE_SECONDS)

    @contextmanager
    def _consuming(self) -> Iterator[Connection]:
        self._arrived.clear()
        with Connection(self._amqp_url, heartbeat=20, connect_timeout=3) as connection:
            channel = connection.default_channel
            channel.basic_qos(0, PREFETCH_MESSAGES, False)  # noqa: FBT003 -- AMQP's own order
            with Consumer(channel, [batch_queue(self.call)], on_message=self._arrived.append):
                yield connection

    def _gather(self, connection: Connection) -> None:
        """Wait for a message, then for those that follow within the linger."""
        with suppress(TimeoutError):
            if not self._arrived:
                connection.drain_events(timeout=1)
            until = time.monotonic() + self.linger
            while len(self._arrived) < PREFETCH_MESSAGES:
                connection.drain_events(timeout=max(until - time.monotonic(), 0.0005))
        connection.heartbeat_check()

    def _process(self, connection: Connection) -> None:
        taken, slots = self._take()
        if not taken:
            return
        telemetry.BATCH_ITEMS.labels(self.call.route).observe(len(slots))
        try:
            fill(slots, self._in_worker, self._park)
        except Exception as error:
            if not (isinstance(error, NotNow) or is_outage(error)):
                raise
            self._postpone(taken)
            return
        self._reply(connection, slots)
        for message in taken:
            message.ack()

    def _take(self) -> tuple[list[Message], list[Slot]]:
        taken: list[Message] = []
        slots: list[Slot] = []
        while self._arrived and len(slots) < self.size:
            taken.append(self._arrived.popleft())
            slots.extend(self._opened(taken[-1]))
        return taken, slots

    def _opened(self, message: Message) -> list[Slot]:
        try:
            return open_slots(self.call, self.container.config[RESOURCES].verifier, message)
        except (ValueError, KeyError, TypeError) as error:
            park(self._amqp_url, batch_queue(self.call).name, Parcel.of(message), error)
            return []

    def _postpone(self, taken: Sequence[Message]) -> None:
        log.warning("batch_postponed", call=self.call.route)
        time.sleep(OUTAGE_PAUSE_SECONDS)
        for message in taken:
            message.requeue()

    def _park(self, slot: Slot, error: Exception) -> None:
        park(self._amqp_url, batch_queue(self.call).name, Parcel(wire.dumps({"items": [slot.raw]})), error)

    def _in_worker(self, items: Sequence[BatchItem[Any]]) -> Sequence[Reply | Fault]:
        """Run the service's method in a worker of the container, so that a clean stop waits for it."""
        done: Future[tuple[Any, Any]] = Future()

        def hand_over(_context: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:  # noqa: ANN401
            done.set_result((result, exc_info))
            return result, exc_info

        try:
            self.container.spawn_worker(self, (items,), {}, handle_result=hand_over)
        except ContainerBeingKilled:
            raise NotNow from None
        result, exc_info = done.result()
        if exc_info is not None:
            raise exc_info[1]
        answers: Sequence[Reply | Fault] = result
        return answers

    @staticmethod
    def _reply(connection: Connection, slots: Sequence[Slot]) -> None:
        for group in by_message(slots):
            reply_to = group[0].message.properties.get("reply_to")
            if reply_to:
                body = amqp.Message(reply_body(group), content_type="application/json", content_encoding="utf-8")
                connection.default_channel.basic_publish(body, exchange=RPC_EXCHANGE, routing_key=reply_to)


def serves_batch(
    call: Call[Any, Any], *, size: int = 512, linger: float = 0.01
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Answer batches of ``call`` with ``(self, items) -> replies or faults``, one for each item, in their order.

    The method commits before it returns. It must be idempotent: after a crash, items come again.
    """

    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def handle(self: Any, items: Sequence[BatchItem[Any]]) -> Sequence[Reply | Fault]:  # noqa: ANN401
            answers: Sequence[Reply | Fault] = method(self, items)
            return answers

        handle.serves = call  # type: ignore[attr-defined]
        decorated: Callable[..., Any] = BatchConsumer.decorator(call, size, linger)(handle)
        return decorated

    return decorate
