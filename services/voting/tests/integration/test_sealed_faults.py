"""Voting, its workers, the broker and PostgreSQL are killed in the middle of a vote: no receipt is ever broken.

``SEALED_CASTS=2000`` runs it at full length (docs/performance-sealed.md tells when that was done last).
"""

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from belenios.verifier.verify import Request, verify
from chassis.testing.databases import TestDatabases
from chassis.testing.private_postgres import PrivatePostgres
from chassis.testing.private_rabbitmq import PrivateRabbitMQ
from contracts.voting import CLOSE_ELECTION, CloseElection
from contracts.voting.sealed import SEND_TRUSTEE_MESSAGE, Phase, SendTrusteeMessage, Step
from contracts.voting.sealed_ballots import BallotState, CastSealedBallot, SealedBallotState
from contracts.voting.sealed_board import GET_SEALED_ARCHIVE, GetSealedArchive
from voting.sealed.encoding import from_base64url

from services.voting.tests.integration.sealed_suite import Suite, Vote, running, wait_for

CASTS = int(os.environ.get("SEALED_CASTS", "48"))
THREADS = 12
PATIENCE = 600.0


@pytest.fixture
def suite(broker: PrivateRabbitMQ, postgres: PrivatePostgres, tmp_path: Path) -> Iterator[Suite]:
    with (
        TestDatabases(postgres.url) as databases,
        running(broker.url, databases("voting"), tmp_path, workers=2) as suite,
    ):
        yield suite


class Voters:
    """People who cast and do not stop asking until they hold a receipt."""

    def __init__(self, vote: Vote) -> None:
        self._vote = vote
        self._lock = threading.Lock()
        self.receipts: dict[str, SealedBallotState] = {}

    def cast(self, request: CastSealedBallot) -> SealedBallotState:
        state = self._vote.until_receipt(request, PATIENCE)
        with self._lock:
            self.receipts[state.tracker] = state
        return state

    def wait_for(self, receipts: int) -> None:
        wait_for(lambda: len(self.receipts) >= receipts, PATIENCE)


def replace(suite: Suite, name: str, *arguments: str) -> Callable[[], None]:
    def act() -> None:
        suite.runner.kill(name)
        suite.runner.start(name, *arguments)

    return act


@pytest.mark.timeout(3600)
def test_every_receipt_is_on_the_board_nothing_twice_and_every_voter_ends_with_one(
    suite: Suite, broker: PrivateRabbitMQ, postgres: PrivatePostgres, tmp_path: Path
) -> None:
    vote = suite.open_vote(trustees=2, threshold=1)
    requests = [vote.ballot([int(voter % 4 == place) for place in range(4)]) for voter in range(CASTS)]
    voters = Voters(vote)
    troubles: tuple[Callable[[], object], ...] = (
        replace(suite, "workers-0", "--only", "workers"),
        replace(suite, "voting"),
        lambda: broker.restart(pause=1),
        replace(suite, "workers-1", "--only", "workers"),
        lambda: postgres.restart(pause=1),
    )

    with ThreadPoolExecutor(THREADS) as pool:
        working = [pool.submit(voters.cast, request) for request in requests]
        for number, trouble in enumerate(troubles):
            voters.wait_for(CASTS * (number + 1) // 8)
            trouble()
        states = [one.result() for one in working]

    assert {state.state for state in states} == {BallotState.RECORDED}
    assert len({state.tracker for state in states}) == CASTS
    again = [vote.until_receipt(request) for request in requests[:20]]
    assert [state.receipt for state in again] == [voters.receipts[state.tracker].receipt for state in again]
    archive = published(vote, tmp_path)
    report = verify(archive, Request(jobs=2))
    assert report.refusal is None
    assert (report.ballots, report.counted) == (CASTS, CASTS)
    assert report.result == (tuple(len(range(place, CASTS, 4)) for place in range(4)),)
    on_board = {name: batch.number for batch in vote.batches() for name in batch.trackers}
    assert on_board == {state.tracker: state.receipt.batch for state in states if state.receipt}


def published(vote: Vote, folder: Path) -> Path:
    """The archive, once the vote is closed and opened by its first trustee."""
    suite = vote.suite
    reason = "Fin de l’essai : le bureau ferme."
    closing = CloseElection(id=vote.drafted.id, reason=reason)
    suite.client.call(CLOSE_ELECTION, closing, context=suite.manager(), deadline=20)
    wait_for(lambda: suite.look(vote.drafted.id).phase is Phase.DECRYPTING, PATIENCE)
    part = vote.trustees.decryption(suite.look(vote.drafted.id), 1, download(vote))
    sent = SendTrusteeMessage(
        election_id=vote.drafted.id, place=1, code=vote.trustees.codes[0], step=Step.DECRYPTION, message=part
    )
    suite.client.call(SEND_TRUSTEE_MESSAGE, sent, deadline=20)
    wait_for(lambda: suite.look(vote.drafted.id).phase is Phase.PUBLISHED, PATIENCE)
    file = folder / "vote.bel"
    file.write_bytes(download(vote))
    return file


def download(vote: Vote) -> bytes:
    data, part = b"", 0
    while True:
        request = GetSealedArchive(election=str(vote.drafted.id), part=part)
        found = vote.suite.client.call(GET_SEALED_ARCHIVE, request, deadline=20)
        data += from_base64url(found.data)
        if found.next is None:
            return data
        part = found.next
