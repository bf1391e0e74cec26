"""``/live``, ``/ready`` and ``/metrics`` on a listener of their own, outside the worker pools.

Busy workers do not make a process look dead; a blocked hub does; a lost broker makes it not ready.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

from nameko.messaging import QueueConsumer
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

StartResponse = Callable[[str, list[tuple[str, str]]], object]


def connected(container: Any) -> bool:  # noqa: ANN401 -- nameko has no types
    """Whether every consumer of a container has its connection to the broker."""
    consumers = [extension for extension in container.extensions if isinstance(extension, QueueConsumer)]
    return all(_alive(one) for consumer in consumers for one in consumer._consumers.values())


def _alive(consumer: Any) -> bool:  # noqa: ANN401
    channel = consumer.channel
    return bool(channel and channel.connection and channel.connection.connected)


def application(containers: Iterable[Any]) -> Callable[[dict[str, Any], StartResponse], list[bytes]]:
    """The WSGI application of a process that runs these containers."""

    def respond(environ: dict[str, Any], start_response: StartResponse) -> list[bytes]:
        path = environ["PATH_INFO"]
        if path == "/metrics":
            start_response("200 OK", [("Content-Type", CONTENT_TYPE_LATEST)])
            return [generate_latest()]
        status, body = _status(path, list(containers))
        start_response(status, [("Content-Type", "application/json")])
        return [json.dumps(body).encode()]

    return respond


def _status(path: str, containers: list[Any]) -> tuple[str, dict[str, Any]]:
    if path == "/live":
        return "200 OK", {"live": True}
    if path != "/ready":
        return "404 Not Found", {}
    broker = {container.service_name: connected(container) for container in containers}
    return ("200 OK" if all(broker.values()) else "503 Service Unavailable"), {"broker": broker}
