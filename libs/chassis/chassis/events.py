"""Subscriptions: a handler's effect and the note that it has seen the event are one transaction, acknowledged after.

A handler that fails is tried again after 5, 60 and 600 seconds, then its message is parked; while the database is away
attempts do not count. The queue's name is given, never derived from a method's: renaming one must not orphan a queue.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

import structlog
from contracts.registry import Event
from kombu import Exchange, Queue
from kombu.message import Message
from nameko.messaging import Consumer

from chassis import telemetry
from chassis.database import is_unreachable
from chassis.event_log import Meta, first_time
from chassis.parking import Parcel, ParkingQueueConsumer, park, republish
from chassis.wire import BROKER_ERRORS

log = structlog.get_logger()

ATTEMPT = "x-attempt"


def event_exchange(service: str) -> Exchange:
    """Where a service tells its events."""
    return Exchange(f"{service}.events", type="topic", durable=True)


def event_queue(event: Event[Any], name: str) -> Queue:
    """The queue of one subscription; it collects also while nobody listens."""
    return Queue(f"evt-{name}", exchange=event_exchange(event.service), routing_key=event.topic, durable=True)


def retry_queue(queue: Queue, seconds: int) -> Queue:
    """Where a message waits before it comes back to its queue."""
    arguments = {
        "x-message-ttl": seconds * 1000,
        "x-dead-letter-exchange": "",
        "x-dead-letter-routing-key": queue.name,
    }
    return Queue(f"{queue.name}.retry-{seconds}s", durable=True, queue_arguments=arguments)


class Subscription(Consumer):  # type: ignore[misc]
    """The entrypoint behind :func:`subscribe`."""

    queue_consumer = ParkingQueueConsumer()

    def __init__(self, event: Event[Any], name: str, **kwargs: Any) -> None:  # noqa: ANN401 -- nameko's signature
        self.event = event
        self.handler = name
        super().__init__(event_queue(event, name), **kwargs)

    @property
    def _declared(self) -> bool:
        return self.event.service in self.container.config["SERVICES"]

    def setup(self) -> None:
        """Listen, if the service that tells the event is deployed at all."""
        if self._declared:
            super().setup()

    def stop(self) -> None:
        """Listen no more."""
        if self._declared:
            super().stop()

    def handle_message(self, body: object, message: Message) -> None:
        """Hand the message to a worker, with what its headers say."""
        super().handle_message((body, dict(message.headers or {})), message)

    def handle_message_processed(
        self,
        message: Message,
        result: object = None,  # noqa: ARG002 -- nameko's signature
        exc_info: tuple[Any, ...] | None = None,
    ) -> None:
        """Acknowledge what was committed; move what failed to where it waits or is parked, then acknowledge."""
        outcome = "ok" if exc_info is None else "failed"
        telemetry.HANDLED.labels(self.handler, outcome).inc()
        if exc_info is not None and not self._moved(message, exc_info[1]):
            self.queue_consumer.requeue_message(message)
            return
        self.queue_consumer.ack_message(message)

    def _moved(self, message: Message, error: BaseException) -> bool:
        attempt = int((message.headers or {}).get(ATTEMPT, 0))
        waits: tuple[int, ...] = self.container.config["RETRY_SECONDS"]
        url = self.container.config["AMQP_URI"]
        try:
            if is_unreachable(error):
                log.warning("event_postponed", handler=self.handler)
                republish(url, retry_queue(self.queue, waits[0]), Parcel.of(message), {ATTEMPT: attempt})
            elif attempt < len(waits):
                log.warning("event_retried", handler=self.handler, attempt=attempt + 1, error=type(error).__name__)
                republish(url, retry_queue(self.queue, waits[attempt]), Parcel.of(message), {ATTEMPT: attempt + 1})
            else:
                park(url, self.queue.name, Parcel.of(message), error)
        except BROKER_ERRORS:
            return False
        return True


def _meta(headers: dict[str, Any]) -> Meta:
    return Meta(
        id=UUID(headers["event-id"]),
        subject=str(headers.get("subject", "")),
        occurred_at=datetime.fromisoformat(headers["occurred-at"]),
        trace=str(headers.get("trace", "")),
    )


def subscribe(event: Event[Any], *, name: str) -> Callable[[Callable[..., None]], Callable[..., Any]]:
    """Call the decorated method ``(self, tx, payload, meta)`` once per event, inside the service's open transaction.

    ``name`` (``"notifications.idea_opened"``) names the queue and the inbox entry for ever.
    """

    def decorate(method: Callable[..., None]) -> Callable[..., Any]:
        @wraps(method)
        def handle(self: Any, delivery: tuple[object, dict[str, Any]]) -> None:  # noqa: ANN401
            body, headers = delivery
            meta = _meta(headers)
            telemetry.bind(meta.trace)
            with self.resources.uow() as tx:
                if first_time(tx.connection, name, meta.id):
                    method(self, tx, event.payload.model_validate(body), meta)

        handle.subscribes = (event, name)  # type: ignore[attr-defined]
        decorated: Callable[..., Any] = Subscription.decorator(event, name)(handle)
        return decorated

    return decorate
