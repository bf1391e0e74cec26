"""Sends past events to one subscription: a service deployed a year later learns what happened before it.

The inbox of the receiver makes a repeated replay harmless.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from contracts.registry import Contract, Event
from kombu import Connection

from chassis.database import Database
from chassis.events import event_queue
from chassis.relay import CONFIRM_SECONDS, LOG, headers_of
from chassis.settings import Settings

PAGE = 1000


class NotTold(LookupError):
    """The service tells no such thing."""


def event_of(contract: Contract, topic: str) -> Event[Any]:
    """The event of a topic. Raises :class:`NotTold`, which names what the service does tell."""
    for candidate in contract.events:
        if candidate.topic == topic:
            return candidate
    told = ", ".join(candidate.topic for candidate in contract.events) or "nothing"
    raise NotTold(f"{contract.service} does not tell {topic}: it tells {told}.")


def replay(contract: Contract, settings: Settings, topic: str, to: str, since: datetime | None) -> int:
    """Put every event of ``topic`` since a moment into the queue of the subscription ``to``; how many.

    Raises :class:`NotTold` if the service tells no such thing.
    """
    queue = event_queue(event_of(contract, topic), to)
    sent, position = 0, 0
    database = Database(settings.database_url, size=1)
    options = {"confirm_publish": True}
    with Connection(settings.amqp_url, transport_options=options) as broker, database.transaction() as connection:
        producer = broker.Producer(serializer="json")
        queue(broker.default_channel).declare()
        while rows := connection.execute(_page(topic, since, position)).all():
            for row in rows:
                producer.publish(
                    row.payload, routing_key=queue.name, headers=headers_of(row), confirm_timeout=CONFIRM_SECONDS
                )
            sent, position = sent + len(rows), rows[-1].position
    return sent


def _page(topic: str, since: datetime | None, position: int) -> sa.Select[tuple[object, ...]]:
    query = sa.select(LOG).where(LOG.c.topic == topic, LOG.c.position > position).order_by(LOG.c.position).limit(PAGE)
    return query.where(LOG.c.occurred_at >= since) if since else query
