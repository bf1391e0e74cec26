"""Where messages go that cannot be handled: a durable queue beside their own, with the reason in a header.

``python -m <service> parked list|retry|drop`` looks at them. Nothing is dropped without a trace.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self

import structlog
from kombu import Connection, Exchange, Queue
from kombu.message import Message
from kombu.pools import connections
from nameko.messaging import QueueConsumer

from chassis.telemetry import PARKED
from chassis.wire import BROKER_ERRORS

log = structlog.get_logger()
DEFAULT_EXCHANGE = Exchange("")
CONFIRM_SECONDS = 5


def parked_name(queue: str) -> str:
    """The name of the queue in which the messages of ``queue`` are parked."""
    return f"{queue}.parked"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message's content as it travelled, to be sent again unchanged."""

    body: bytes | str
    content_type: str = "application/json"
    content_encoding: str = "utf-8"
    headers: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, message: Message) -> Self:
        """What a received message held."""
        kind, encoding = message.content_type or "application/octet-stream", message.content_encoding or "binary"
        return cls(message.body, kind, encoding, dict(message.headers or {}))


def republish(amqp_url: str, queue: Queue, parcel: Parcel, headers: Mapping[str, Any]) -> None:
    """Put the parcel into ``queue`` with more headers, confirmed by the broker. Raises if it could not be."""
    options = {"confirm_publish": True}
    with connections[Connection(amqp_url, transport_options=options)].acquire(block=True) as connection:
        connection.Producer(auto_declare=False).publish(
            parcel.body,
            exchange=DEFAULT_EXCHANGE,
            routing_key=queue.name,
            declare=[queue],
            content_type=parcel.content_type,
            content_encoding=parcel.content_encoding,
            headers={**parcel.headers, **headers},
            retry=True,
            retry_policy={"max_retries": 3},
            confirm_timeout=CONFIRM_SECONDS,
        )


def park(amqp_url: str, queue: str, parcel: Parcel, error: BaseException) -> None:
    """Keep a message that can never be handled, with its raw body and the error's name."""
    reason = f"{type(error).__name__}: {error}"[:500]
    republish(amqp_url, Queue(parked_name(queue), durable=True), parcel, {"x-error": reason})
    PARKED.labels(queue).inc()
    log.error("message_parked", queue=queue, error=type(error).__name__)


class ParkingQueueConsumer(QueueConsumer):  # type: ignore[misc]
    """nameko's consumer, which parks what it cannot decode instead of losing it."""

    def ack_message(self, message: Message) -> None:
        """Acknowledge, if the broker still waits for it: on a lost connection it has taken the message back."""
        with suppress(*BROKER_ERRORS):
            super().ack_message(message)

    def requeue_message(self, message: Message) -> None:
        """Give the message back, unless the broker has taken it back already."""
        with suppress(*BROKER_ERRORS):
            super().requeue_message(message)

    def on_decode_error(self, message: Message, exc: Exception) -> None:
        """Park the raw bytes, then acknowledge; if parking fails, the message goes back to its queue."""
        queue = self._queue_of(message)
        try:
            park(self.amqp_uri, queue, Parcel.of(message), exc)
        except BROKER_ERRORS:
            message.requeue()
            return
        message.ack()

    def _queue_of(self, message: Message) -> str:
        tag = message.delivery_info.get("consumer_tag")
        for provider, consumer in self._consumers.items():
            if tag in consumer._active_tags.values():
                return str(provider.queue.name)
        return "unknown"
