"""The service as it is run: a process on RabbitMQ and PostgreSQL, asked through the client that everybody uses.

Identity is played by a consumer of its queue that answers from its contract.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from uuid import UUID, uuid4

import jwt
import pytest
import sqlalchemy as sa
from chassis import wire
from chassis.client import Context, RpcClient
from chassis.database import Database
from contracts.errors import Fault, FaultCode
from contracts.identity import MAY_MANY, Decision, Decisions, MayMany
from contracts.voting import (
    CAST_BALLOT,
    CLOSE_ELECTION,
    DRAFT_ELECTION,
    GET_BALLOTS_FILE,
    GET_ELECTION,
    GET_PARTICIPATION,
    GET_RESULT,
    OPEN_ELECTION,
    BallotsFormat,
    CastBallot,
    CloseElection,
    ElectionRef,
    GetBallotsFile,
    GetParticipation,
    OpenElection,
    Outcome,
    ResultView,
    State,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from kombu import Connection, Exchange, Queue
from kombu.message import Message
from voting import recount

from services.voting.tests.unit.test_ways_of_voting import WAYS
from services.voting.tests.world import ROOT, ballot, draft, signing_key

VOTERS = 300


class Identity:
    """Answers ``may_many`` as the contract says: everybody may, except those it is told to refuse."""

    def __init__(self, amqp_url: str) -> None:
        self.refused: set[UUID] = set()
        self._connection = Connection(amqp_url)
        self._stopping = threading.Event()
        exchange = Exchange("nameko-rpc", type="topic", durable=True)
        queue = Queue("rpc-identity", exchange, routing_key="identity.*", durable=True)
        self._consumer = self._connection.Consumer([queue], callbacks=[self._answer], accept=["json"])
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        with self._consumer:
            while not self._stopping.is_set():
                try:
                    self._connection.drain_events(timeout=0.2)
                except TimeoutError:
                    continue

    def _answer(self, body: dict[str, Any], message: Message) -> None:
        request = MayMany.model_validate(body["kwargs"]["request"])
        reply = Decisions(decisions=tuple(self._decision(one) for one in request.account_ids))
        self._connection.Producer().publish(
            {"result": reply.model_dump(mode="json"), "error": None},
            exchange="nameko-rpc",
            routing_key=message.properties["reply_to"],
            correlation_id=message.properties["correlation_id"],
            serializer="json",
        )
        message.ack()

    def _decision(self, account: UUID) -> Decision:
        refusals = ["not-resident"] if account in self.refused else []
        return Decision.model_validate(
            {
                "account_id": account,
                "allowed": not refusals,
                "refusals": refusals,
                "level": 250,
                "district": "75012",
                "age_band": "40-59",
                "valid_until": datetime.now(UTC) + timedelta(hours=1),
            }
        )

    def close(self) -> None:
        self._stopping.set()
        self._thread.join()
        self._connection.release()


@dataclass
class Suite:
    """A running service and what speaks with it."""

    client: RpcClient
    identity: Identity
    key: Ed25519PrivateKey
    database: Database
    environment: dict[str, str]

    def token(self, account: UUID, *roles: str) -> Context:
        now = datetime.now(UTC)
        claims = {
            "sub": str(account),
            "iss": "decider",
            "aud": "decider",
            "iat": now,
            "exp": now + timedelta(minutes=10),
            "lvl": 250,
            "roles": [{"r": role, "p": ["*"], "u": None} for role in roles],
        }
        return Context(token=jwt.encode(claims, self.key, algorithm="EdDSA", headers={"kid": "test"}))

    def scalar(self, query: str) -> Any:
        with self.database.transaction() as connection:
            return connection.scalar(sa.text(query))


@contextmanager
def running(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-m", "voting", "run"], env=environment, cwd=ROOT)
    try:
        yield process
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def suite(
    amqp_url: str, fresh_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Suite]:
    folder = tmp_path_factory.mktemp("voting")
    key = signing_key(folder / "jwks.json")
    url = fresh_database("voting")
    environment = os.environ | {
        "DATABASE_URL": url,
        "AMQP_URL": amqp_url,
        "JWKS_FILE": str(folder / "jwks.json"),
        "TERRITORY_DIR": str(ROOT / "territories" / "paris"),
        "BALLOT_BOX_SECRET": "a secret of the tests, thirty-two long",
        "SERVICE_TOKEN": "played",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    identity, client, database = Identity(amqp_url), RpcClient(amqp_url), Database(url)
    with running(environment):
        yield Suite(client, identity, key, database, environment)
    client.close()
    identity.close()
    database.close()


def wait_for(condition: Callable[[], bool], seconds: float = 20) -> None:
    until = monotonic() + seconds
    while not condition():
        assert monotonic() < until, "it did not happen in time"
        sleep(0.05)


def test_a_whole_vote_through_the_bus(suite: Suite) -> None:
    manager = suite.token(uuid4(), "campaign_manager")
    drafted = suite.client.call(DRAFT_ELECTION, draft(), context=manager, deadline=20)
    suite.client.call(OPEN_ELECTION, OpenElection(id=drafted.id), context=manager)
    reference = ElectionRef(election=drafted.slug)
    wait_for(lambda: suite.client.call(GET_ELECTION, reference).state is State.OPEN)
    accounts = [uuid4() for _ in range(VOTERS)]
    outsider = uuid4()
    suite.identity.refused.add(outsider)

    def vote(account: UUID, *choices: str) -> Outcome:
        request = ballot(drafted, *choices)
        answers = [suite.client.call(CAST_BALLOT, request, context=suite.token(account)) for _ in range(2)]
        assert len({answer.receipt for answer in answers}) == 1
        return answers[0].outcome

    with ThreadPoolExecutor(32) as pool:
        first = list(pool.map(lambda account: vote(account, "shade"), accounts))
        changed = list(pool.map(lambda account: vote(account, "bikes", "books"), accounts[:100]))
    with pytest.raises(Fault) as refused:
        vote(outsider, "shade")
    asked = GetParticipation(election_id=drafted.id)
    mine = suite.client.call(GET_PARTICIPATION, asked, context=suite.token(accounts[0]))

    assert set(first) == {Outcome.RECORDED}
    assert set(changed) == {Outcome.REPLACED}
    assert (refused.value.code, refused.value.reason) == (FaultCode.FORBIDDEN, "not-resident")
    assert (mine.voted, mine.allowed) == (True, True)

    reason = "Fin de l'essai : le bureau ferme."
    suite.client.call(CLOSE_ELECTION, CloseElection(id=drafted.id, reason=reason), context=manager)
    wait_for(lambda: suite.client.call(GET_ELECTION, reference).state is State.PUBLISHED)
    result: ResultView = suite.client.call(GET_RESULT, reference)
    assert {one.candidate_id: one.votes for one in result.ranking} == {
        "shade": 200,
        "bikes": 100,
        "books": 100,
        "benches": 0,
    }
    assert (result.ballots, result.voters) == (VOTERS, VOTERS)
    wait_for(lambda: suite.scalar("SELECT count(*) FROM event_log WHERE published_at IS NULL") == 0)
    assert suite.scalar("SELECT count(*) FROM event_log") == 4


def test_every_way_of_voting_through_the_bus(suite: Suite, tmp_path: Path) -> None:
    """Rules, ballots and results of each kind cross the wire, and the published file is counted again."""
    manager, call = suite.token(uuid4(), "campaign_manager"), suite.client.call
    drafts = [(way, draft(method=way.method, **way.more)) for way in WAYS.values()]
    held = [(way, call(DRAFT_ELECTION, request, context=manager, deadline=60)) for way, request in drafts]
    for _, one in held:
        call(OPEN_ELECTION, OpenElection(id=one.id), context=manager)
    for way, one in held:
        reference = ElectionRef(election=one.slug)
        wait_for(lambda asked=reference: call(GET_ELECTION, asked).state is State.OPEN)  # type: ignore[misc]
        for content in way.ballots:
            request = CastBallot.model_validate({"election_id": one.id, "cast_id": uuid4(), "ballot": content})
            call(CAST_BALLOT, request, context=suite.token(uuid4()))
        call(CLOSE_ELECTION, CloseElection(id=one.id, reason="Fin de l'essai de ce vote."), context=manager)
        wait_for(lambda asked=reference: call(GET_ELECTION, asked).state is State.PUBLISHED)  # type: ignore[misc]

        found = call(GET_RESULT, reference)
        file = call(GET_BALLOTS_FILE, GetBallotsFile(election=one.slug, format=BallotsFormat.JSON))
        (tmp_path / "ballots.json").write_text(file.text, encoding="utf-8")

        ranked = tuple((each.candidate_id, each.votes, each.points, each.verdict.value) for each in found.ranking)
        assert ranked == way.result
        assert recount.main([str(tmp_path / "ballots.json")]) == 0


def test_the_broker_keeps_no_ballot(suite: Suite, amqp_url: str) -> None:
    with Connection(amqp_url) as connection:
        queue = Queue(f"batch-{CAST_BALLOT.route}", durable=True)(connection.default_channel)
        assert queue.queue_declare(passive=True).message_count == 0


def test_what_voting_asks_of_identity_is_in_its_contract() -> None:
    example = MayMany(account_ids=(uuid4(),), action="vote_budget", place=None)

    assert MAY_MANY.request.model_validate_json(wire.dumps(example.model_dump(mode="json"))) == example


def test_describe_lists_every_call() -> None:
    described = subprocess.run(
        [sys.executable, "-m", "voting", "describe"], capture_output=True, text=True, check=True, cwd=Path(ROOT)
    )

    assert '"cast_ballot"' in described.stdout
    assert '"identity/citizen_erased.v1 as voting.forget_citizen"' in described.stdout
