"""The relay: publishes what the event log holds and the broker has not confirmed yet, in order.

One relay per service at a time (a session lock decides), no transaction open while it talks to the broker. It asks for
``published_at IS NULL``, never for positions above the last one: a transaction that took its position earlier may
commit later.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import sqlalchemy as sa
import structlog
from kombu import Connection, Producer
from nameko.extensions import Entrypoint
from sqlalchemy.exc import SQLAlchemyError

from chassis import telemetry
from chassis.database import Database, Row
from chassis.doors import RESOURCES
from chassis.events import event_exchange
from chassis.wire import BROKER_ERRORS

log = structlog.get_logger()
BATCH = 500
IDLE_SECONDS = 0.2
CONFIRM_SECONDS = 5

LOG = sa.table(
    "event_log",
    *(sa.column(n) for n in ("position", "id", "topic", "subject", "trace", "payload", "occurred_at", "published_at")),
)


def unpublished(connection: sa.Connection) -> Sequence[Row]:
    """The oldest events that the broker has not confirmed."""
    query = sa.select(LOG).where(LOG.c.published_at.is_(None)).order_by(LOG.c.position).limit(BATCH)
    return connection.execute(query).all()


def headers_of(row: Row) -> dict[str, str]:
    """What travels beside an event's payload."""
    return {
        "event-id": str(row.id),
        "subject": row.subject,
        "trace": row.trace,
        "occurred-at": row.occurred_at.isoformat(),
    }


def publish(producer: Producer, rows: Sequence[Row]) -> list[int]:
    """Publish the events, each confirmed; the positions of those that were."""
    done = []
    for row in rows:
        producer.publish(
            row.payload, routing_key=row.topic, headers=headers_of(row), confirm_timeout=CONFIRM_SECONDS, retry=False
        )
        done.append(row.position)
    return done


def relay_once(connection: sa.Connection, producer: Producer, service: str) -> int:
    """Publish and stamp one batch; how many there were."""
    rows = unpublished(connection)
    done = publish(producer, rows)
    if done:
        stamp = sa.update(LOG).where(LOG.c.position.in_(done)).values(published_at=sa.func.now())
        connection.execute(stamp)
        telemetry.PUBLISHED.labels(service).inc(len(done))
    return len(rows)


@contextmanager
def event_producer(amqp_url: str, service: str) -> Iterator[Producer]:
    """A producer on the service's exchange, with confirms."""
    exchange = event_exchange(service)
    with (
        Connection(
            amqp_url, transport_options={"confirm_publish": True}, heartbeat=20, connect_timeout=3
        ) as connection,
        Producer(connection.channel(), exchange, serializer="json", auto_declare=False) as producer,
    ):
        exchange(connection.channel()).declare()
        yield producer


def rest(broker: Connection) -> None:
    """Wait a little, reading: the broker's heartbeats count only when somebody reads them."""
    with suppress(TimeoutError):
        broker.drain_events(timeout=IDLE_SECONDS)
    broker.heartbeat_check()


class Relay(Entrypoint):  # type: ignore[misc]
    """The entrypoint behind :data:`relay`: runs for as long as its container."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- nameko's signature
        super().__init__(**kwargs)
        self._stopping = False
        self._thread: Any = None

    def start(self) -> None:
        """Begin in the background."""
        self._thread = self.container.spawn_managed_thread(self._run)

    def stop(self) -> None:
        """Finish the batch at hand, then end."""
        self._stopping = True
        self._thread.wait()

    def _run(self) -> None:
        database: Database = self.container.config[RESOURCES].uow.database
        while not self._stopping:
            try:
                self._hold_and_relay(database)
            except (SQLAlchemyError, *BROKER_ERRORS) as error:
                log.warning("relay_interrupted", error=type(error).__name__)
            time.sleep(5 * IDLE_SECONDS)

    def _hold_and_relay(self, database: Database) -> None:
        service = self.container.config["SERVICE"]
        with database.exclusive(f"{service}.relay") as connection:
            if connection is None:
                return
            with event_producer(self.container.config["AMQP_URI"], service) as producer:
                while not self._stopping:
                    if relay_once(connection, producer, service) < BATCH:
                        rest(producer.connection)


relay: Callable[[Callable[..., None]], Callable[..., Any]] = Relay.decorator
"""Put on a method of ``<Service>Jobs``; the method itself is never called."""
