"""The durable queue between the request that took a ballot and the workers that check its proofs.

A message names ballots and does not hold them: they are in the database, committed before they are named here. What is
named twice is checked once; what a broken broker lost is named again by a job. Messages bear nothing of the request:
no trace, no language, no token.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

import structlog
from chassis import wire
from chassis.batch import batch_queue
from chassis.parking import CONFIRM_SECONDS, DEFAULT_EXCHANGE
from contracts.base import Reply, Request
from contracts.registry import Call
from kombu import Connection
from kombu.pools import connections

log = structlog.get_logger()
ATTEMPTS = 3
"""So often the check of a ballot may fail before somebody has to look."""


class CheckSealedBallot(Request):
    """Check the proofs of a ballot that was received."""

    election_id: UUID
    tracker: str
    """In hexadecimal."""


class CheckedSealedBallot(Reply):
    """What became of it."""

    state: str


CHECK_SEALED_BALLOT = Call(
    "voting", "check_sealed_ballot", CheckSealedBallot, CheckedSealedBallot, idempotent=True, batch=True
)
"""Between the processes of voting only: no part of what it promises to others."""


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A ballot, by its vote and its tracker."""

    election_id: UUID
    tracker: bytes


class Checks(Protocol):
    """Where ballots wait to be checked."""

    def add(self, references: Sequence[Reference]) -> None:
        """Have these ballots checked. What cannot be said now is said later by :func:`requeue`'s job."""

    def is_empty(self) -> bool:
        """Whether no message waits to be taken by a worker; ``False`` if it cannot be told now."""


class CheckQueue:
    """The queue in the broker."""

    def __init__(self, amqp_url: str) -> None:
        self._pool = connections[Connection(amqp_url, transport_options={"confirm_publish": True}, connect_timeout=3)]
        self._queue = batch_queue(CHECK_SEALED_BALLOT)

    def add(self, references: Sequence[Reference]) -> None:
        """Name these ballots to the workers, a message each, confirmed by the broker."""
        try:
            with self._pool.acquire(block=True) as connection:
                producer = connection.Producer(auto_declare=False)
                for one in references:
                    producer.publish(
                        _body(one),
                        exchange=DEFAULT_EXCHANGE,
                        routing_key=self._queue.name,
                        declare=[self._queue],
                        content_type="application/json",
                        content_encoding="utf-8",
                        confirm_timeout=CONFIRM_SECONDS,
                    )
        except wire.BROKER_ERRORS as error:
            log.warning("checks_not_queued", ballots=len(references), error=type(error).__name__)

    def is_empty(self) -> bool:
        """Whether no message waits to be taken by a worker; ``False`` if it cannot be told now."""
        try:
            with self._pool.acquire(block=True) as connection:
                declared = self._queue(connection.default_channel).queue_declare()
        except wire.BROKER_ERRORS as error:
            log.warning("checks_unknown", error=type(error).__name__)
            return False
        return int(declared.message_count) == 0


def _body(one: Reference) -> bytes:
    request = {"election_id": str(one.election_id), "tracker": one.tracker.hex()}
    return wire.dumps({"items": [{"id": one.tracker.hex(), "request": request, "context": {}}]})
