"""Sealed ballots through the bus: voting and a worker in processes of their own, on RabbitMQ and PostgreSQL."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from contracts.errors import Fault
from contracts.voting.sealed_ballots import CAST_SEALED_BALLOT, BallotState

from services.voting.tests.integration.sealed_suite import Suite, running

VOTERS = 40


@pytest.fixture(scope="module")
def suite(
    amqp_url: str, fresh_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Suite]:
    with running(amqp_url, fresh_database("voting"), tmp_path_factory.mktemp("sealed")) as suite:
        yield suite


def test_every_voter_ends_with_a_receipt(suite: Suite) -> None:
    vote = suite.open_vote(trustees=2, threshold=1)
    requests = [vote.ballot([1, 0, 0, int(voter % 2)]) for voter in range(VOTERS)]

    with ThreadPoolExecutor(8) as pool:
        states = list(pool.map(vote.until_receipt, requests))

    assert {state.state for state in states} == {BallotState.RECORDED}
    assert len({state.tracker for state in states}) == VOTERS
    assert suite.scalar("SELECT count(*) FROM sealed_ballots WHERE state = 'recorded'") == VOTERS
    assert suite.scalar("SELECT count(*) FROM event_log WHERE topic LIKE '%ballot%'") == 0


def test_a_session_is_refused_at_the_service_too(suite: Suite) -> None:
    vote = suite.open_vote(trustees=2, threshold=1)
    with pytest.raises(Fault) as fault:
        suite.client.call(CAST_SEALED_BALLOT, vote.ballot([1, 0, 0, 0]), context=suite.manager(), deadline=10)
    assert fault.value.reason == "not-anonymous"
