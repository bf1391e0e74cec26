"""The two threads of a client: one sends what others put into its box, one receives the answers.

Requests of a batch call that wait together leave in one message: the busier the gateway, the fewer messages.
"""

import itertools
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any
from uuid import uuid4

import amqp
import structlog
from contracts.errors import Fault
from contracts.registry import Call
from kombu import Connection, Consumer, Exchange, Queue

from chassis import wire

log = structlog.get_logger()

RPC_EXCHANGE = Exchange("nameko-rpc", type="topic", durable=True)
REPLY_QUEUE_SECONDS = 60
MOST_PER_MESSAGE = 256
IDLE_SECONDS = 0.2
RECONNECT_SECONDS = 0.3


@dataclass(slots=True)
class Letter:
    """One request on its way, and the place where its answer arrives."""

    id: str
    call: Call[Any, Any]
    request: dict[str, Any]
    context: dict[str, Any]
    expires: float
    """On the monotonic clock: after it nobody waits for the answer any more."""
    answer: "Arrival"


class Arrival:
    """Where one thread waits for what another brings, once. A bare lock: a future costs a fifth of a whole call."""

    __slots__ = ("_lock", "_value")

    def __init__(self) -> None:
        self._value: dict[str, Any] = {}
        self._lock = threading.Lock()
        self._lock.acquire()

    def bring(self, value: dict[str, Any]) -> None:
        """Let the one who waits go on with this value: the reply as it came, or a :class:`Fault` under ``fault``."""
        self._value = value
        self._lock.release()

    def wait(self, seconds: float) -> dict[str, Any]:
        """The value. Raises ``TimeoutError`` if nothing came within the time."""
        if not self._lock.acquire(timeout=seconds):
            raise TimeoutError
        return self._value


class Postbox:
    """Sends letters and gives each its answer. Safe to use from many threads; makes its connections when first used."""

    def __init__(self, amqp_url: str, name: str) -> None:
        self._url = amqp_url
        self._token = str(uuid4())
        self._numbers = itertools.count()
        self._outgoing: SimpleQueue[Letter] = SimpleQueue()
        self._pending: dict[str, Letter] = {}
        self._stopping = threading.Event()
        self.ready = threading.Event()
        """Set while answers can be received."""
        self._queue = Queue(
            f"rpc.reply-{name}-{self._token}",
            exchange=RPC_EXCHANGE,
            routing_key=self._token,
            durable=True,
            queue_arguments={"x-expires": REPLY_QUEUE_SECONDS * 1000},
        )
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._send_all, self._receive_all)]
        for thread in self._threads:
            thread.start()

    def post(self, call: Call[Any, Any], request: dict[str, Any], context: dict[str, Any], seconds: float) -> Letter:
        """Put a request into the box. Its ``answer`` will hold the reply, or a fault if it could not leave."""
        letter = Letter(str(next(self._numbers)), call, request, context, time.monotonic() + seconds, Arrival())
        self._pending[letter.id] = letter
        self._outgoing.put(letter)
        return letter

    def forget(self, letter: Letter) -> None:
        """Nobody waits for this answer any more."""
        self._pending.pop(letter.id, None)

    def close(self) -> None:
        """Stop both threads."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(5)

    # -- sending ---------------------------------------------------------------------------------------------------

    def _send_all(self) -> None:
        while not self._stopping.is_set():
            try:
                with Connection(self._url, heartbeat=20, connect_timeout=3) as connection:
                    RPC_EXCHANGE(connection.default_channel).declare()
                    connection.default_channel.events["basic_return"].add(self._on_return)
                    self._send_on(connection)
            except wire.BROKER_ERRORS as error:
                log.warning("client_sender_interrupted", error=type(error).__name__)
                self._refuse_waiting()
                self._stopping.wait(RECONNECT_SECONDS)

    def _send_on(self, connection: Connection) -> None:
        while not self._stopping.is_set():
            letters = self._waiting(IDLE_SECONDS)
            try:
                for group in grouped(letters):
                    self._publish(connection.default_channel, group)
                with suppress(TimeoutError):
                    connection.drain_events(timeout=0)
                connection.heartbeat_check()
            except wire.BROKER_ERRORS:
                self._refuse(letters)
                raise

    def _waiting(self, timeout: float) -> list[Letter]:
        letters = []
        with suppress(Empty):
            letters.append(self._outgoing.get(timeout=timeout))
            while len(letters) < MOST_PER_MESSAGE:
                letters.append(self._outgoing.get_nowait())
        return letters

    def _publish(self, channel: Any, group: list[Letter]) -> None:  # noqa: ANN401 -- amqp has no types
        first = group[0]
        seconds = max(letter.expires for letter in group) - time.monotonic()
        message = amqp.Message(
            wire.dumps(body_of(group)),
            content_type="application/json",
            content_encoding="utf-8",
            delivery_mode=2,
            reply_to=self._token,
            correlation_id=first.id,
            expiration=str(max(1, int(seconds * 1000))),
        )
        exchange, route = ("", f"batch-{first.call.route}") if first.call.batch else ("nameko-rpc", first.call.route)
        channel.basic_publish(message, exchange=exchange, routing_key=route, mandatory=True)

    def _on_return(self, _error: object, _exchange: str, _route: str, message: amqp.Message) -> None:
        """The broker has no queue for it: the service was never deployed here."""
        body = wire.loads(message.body)
        ids = [item["id"] for item in body["items"]] if "items" in body else [message.properties["correlation_id"]]
        self._refuse(letter for id_ in ids if (letter := self._pending.get(id_)))

    def _refuse_waiting(self) -> None:
        self._refuse(self._waiting(0.001))

    def _refuse(self, letters: Iterable[Letter]) -> None:
        for letter in letters:
            self._settle(letter.id, {"fault": Fault.unavailable(f"{letter.call.service} cannot be reached.")})

    # -- receiving -------------------------------------------------------------------------------------------------

    def _receive_all(self) -> None:
        while not self._stopping.is_set():
            try:
                with Connection(self._url, heartbeat=20, connect_timeout=3) as connection:
                    self._receive_on(connection)
            except wire.BROKER_ERRORS as error:
                log.warning("client_receiver_interrupted", error=type(error).__name__)
                self._stopping.wait(RECONNECT_SECONDS)
            finally:
                self.ready.clear()

    def _receive_on(self, connection: Connection) -> None:
        with Consumer(connection.default_channel, [self._queue], on_message=self._on_reply, no_ack=True):
            self.ready.set()
            while not self._stopping.is_set():
                with suppress(TimeoutError):
                    connection.drain_events(timeout=1)
                connection.heartbeat_check()

    def _on_reply(self, message: Any) -> None:  # noqa: ANN401 -- kombu's message
        body = wire.loads(message.body)
        if "replies" in body:
            for reply in body["replies"]:
                self._settle(reply["id"], reply)
        else:
            self._settle(str(message.properties.get("correlation_id")), body)

    def _settle(self, id_: str, reply: dict[str, Any]) -> None:
        letter = self._pending.pop(id_, None)
        if letter is not None:
            letter.answer.bring(reply)


def grouped(letters: list[Letter]) -> list[list[Letter]]:
    """Letters that travel together: those of one batch call; every other letter alone."""
    together: dict[str, list[Letter]] = {}
    alone = []
    for letter in letters:
        if letter.call.batch:
            together.setdefault(letter.call.route, []).append(letter)
        else:
            alone.append([letter])
    return [*together.values(), *alone]


def body_of(group: list[Letter]) -> dict[str, Any]:
    """What a message holds: the requests of a batch call, or one call as nameko writes it."""
    if group[0].call.batch:
        return {"items": [{"id": it.id, "request": it.request, "context": it.context} for it in group]}
    return {"args": [], "kwargs": {"request": group[0].request, "context": group[0].context}}
