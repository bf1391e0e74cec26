"""Looks at a service's parked messages: list them, send them back to their queue, or drop them.

An event can have been parked twice: whoever published or moved it may have been killed before noting that it had. Its
copies are one line here, and one message when it is sent back.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from contracts.registry import Call, Event
from kombu import Connection, Queue

from chassis.events import ATTEMPT
from chassis.manifest import Manifest
from chassis.parking import DEFAULT_EXCHANGE, parked_name


def subscriptions(manifest: Manifest) -> list[tuple[Event[Any], str]]:
    """What the service listens to, and under which names."""
    methods = vars(manifest.events).values() if manifest.events else ()
    return [method.subscribes for method in methods if hasattr(method, "subscribes")]


def queues(manifest: Manifest) -> list[str]:
    """The queues whose messages can be parked."""
    listened = [f"evt-{name}" for _event, name in subscriptions(manifest)]
    batches = [f"batch-{call.route}" for call in manifest.contract.calls if call.batch]
    worked = [f"batch-{call.route}" for call in worked_on(manifest)]
    return [f"rpc-{manifest.name}", *batches, *worked, *listened]


def worked_on(manifest: Manifest) -> list[Call[Any, Any]]:
    """What the workers of the service do, asked by its other processes."""
    methods = vars(manifest.workers).values() if manifest.workers else ()
    return [method.serves for method in methods if hasattr(method, "serves")]


def act(action: str, manifest: Manifest, amqp_url: str, only: str | None) -> Iterator[dict[str, Any]]:
    """Do ``list``, ``retry`` or ``drop`` and describe each message it concerned, an event once with all its copies."""
    with Connection(amqp_url) as connection:
        for queue in queues(manifest):
            if only in {None, queue}:
                yield from _act_on(action, connection, queue)


def _act_on(action: str, connection: Connection, queue: str) -> Iterator[dict[str, Any]]:
    parked = Queue(parked_name(queue), durable=True)(connection.default_channel)
    waiting = parked.queue_declare(passive=False).message_count
    taken = [message for _ in range(waiting) if (message := parked.get(accept=None)) is not None]
    for copies in _grouped(taken):
        if action == "retry":
            _send_back(connection, queue, copies[0])
        for message in copies:
            if action == "list":
                message.requeue()
            else:
                message.ack()
        yield _described(queue, copies)


def _grouped(messages: Sequence[Any]) -> list[list[Any]]:
    """The messages by event; one that is no event stands alone."""
    groups: dict[object, list[Any]] = {}
    for message in messages:
        groups.setdefault((message.headers or {}).get("event-id") or message.delivery_tag, []).append(message)
    return list(groups.values())


def _send_back(connection: Connection, queue: str, message: Any) -> None:  # noqa: ANN401 -- kombu's message
    headers = {key: value for key, value in (message.headers or {}).items() if key not in {ATTEMPT, "x-error"}}
    connection.Producer().publish(
        message.body,
        exchange=DEFAULT_EXCHANGE,
        routing_key=queue,
        content_type=message.content_type,
        content_encoding=message.content_encoding,
        headers=headers,
    )


def _described(queue: str, copies: Sequence[Any]) -> dict[str, Any]:
    message = copies[0]
    headers = message.headers or {}
    return {
        "queue": queue,
        "error": headers.get("x-error"),
        "event": headers.get("event-id"),
        "subject": headers.get("subject"),
        "bytes": len(message.body),
        "copies": len(copies),
    }
