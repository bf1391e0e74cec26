"""Two workers share the queue of sealed ballots: more of them is all that a great vote needs."""

from collections.abc import Iterator
from pathlib import Path
from signal import SIGCONT, SIGSTOP

import pytest
from chassis.parked import worked_on
from chassis.testing.databases import TestDatabases
from chassis.testing.private_postgres import PrivatePostgres
from chassis.testing.private_rabbitmq import PrivateRabbitMQ
from contracts.voting.sealed_ballots import CAST_SEALED_BALLOT
from kombu import Connection
from voting.manifest import MANIFEST
from voting.workers import AT_ONCE

from services.voting.tests.integration.sealed_suite import Suite, running, wait_for

WORKERS = ("workers-0", "workers-1")
LEFT = "SELECT count(*) FROM sealed_ballots WHERE state = 'received'"


@pytest.fixture
def suite(broker: PrivateRabbitMQ, postgres: PrivatePostgres, tmp_path: Path) -> Iterator[Suite]:
    with (
        TestDatabases(postgres.url) as databases,
        running(broker.url, databases("voting"), tmp_path, workers=len(WORKERS)) as suite,
    ):
        yield suite


def consumers(broker: PrivateRabbitMQ) -> int:
    (call,) = worked_on(MANIFEST)
    with Connection(broker.url) as connection:
        return int(connection.default_channel.queue_declare(f"batch-{call.route}", passive=True).consumer_count)


@pytest.mark.timeout(300)
def test_each_of_two_workers_takes_its_half_of_what_waits(suite: Suite, broker: PrivateRabbitMQ) -> None:
    """Both stand still while ballots come; each then does its own half, and no ballot is left or done twice."""
    vote = suite.open_vote(trustees=2, threshold=1)
    requests = [vote.ballot([1, 0, 0, 0]) for _ in range(len(WORKERS) * AT_ONCE)]
    wait_for(lambda: consumers(broker) == len(WORKERS))
    for name in WORKERS:
        suite.runner.processes[name].send_signal(SIGSTOP)
    for request in requests:
        suite.client.call(CAST_SEALED_BALLOT, request, deadline=20)
    first, second = (suite.runner.processes[name] for name in WORKERS)
    first.send_signal(SIGCONT)
    wait_for(lambda: suite.scalar(LEFT) == AT_ONCE)
    second.send_signal(SIGCONT)
    wait_for(lambda: suite.scalar(LEFT) == 0)
    assert suite.scalar("SELECT count(*) FROM sealed_ballots WHERE state = 'recorded'") == len(requests)
