"""Voting and its workers as they are run, an identity that is played, and voters who only hold a credential."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from uuid import UUID, uuid4

import jwt
import sqlalchemy as sa
from belenios.credentials import derive, new_credential, public_credential
from belenios.election import Election, read_election
from belenios.sealing import seal
from chassis.client import Context, RpcClient
from chassis.database import Database
from chassis.wire import BROKER_ERRORS
from contracts.errors import Fault
from contracts.identity.tokens import SignOffList
from contracts.voting import DRAFT_ELECTION, OPEN_ELECTION, ElectionRef, ElectionView, OpenElection
from contracts.voting.sealed import (
    GET_SEALED_ELECTION,
    INVITE_TRUSTEE,
    SEND_TRUSTEE_MESSAGE,
    InviteTrustee,
    Phase,
    SealedElectionView,
    SendTrusteeMessage,
    Step,
)
from contracts.voting.sealed_ballots import (
    CAST_SEALED_BALLOT,
    GET_SEALED_BALLOT,
    BallotState,
    CastSealedBallot,
    GetSealedBallot,
    SealedBallotState,
)
from contracts.voting.sealed_board import LIST_BOARD_BATCHES, BoardBatch, ListBoardBatches
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from kombu import Connection, Exchange, Queue
from kombu.message import Message
from voting.sealed.encoding import base64url

from services.voting.tests.sealed_world import Trustees, sealed_draft, token_for
from services.voting.tests.world import ROOT, TOKEN_KEY, signing_key

PATIENCE = 60.0


class PlayedIdentity:
    """Keeps a sign-off list for every vote that asks; it comes back when the broker does."""

    def __init__(self, amqp_url: str) -> None:
        self._url = amqp_url
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        exchange = Exchange("nameko-rpc", type="topic", durable=True)
        queue = Queue("rpc-identity", exchange, routing_key="identity.*", durable=True)
        while not self._stopping.is_set():
            try:
                with (
                    Connection(self._url, connect_timeout=2) as connection,
                    connection.Consumer([queue], callbacks=[self._answer], accept=["json"]),
                ):
                    self._drain(connection)
            except BROKER_ERRORS:
                self._stopping.wait(0.5)

    def _drain(self, connection: Connection) -> None:
        while not self._stopping.is_set():
            try:
                connection.drain_events(timeout=0.2)
            except TimeoutError:
                continue

    def _answer(self, body: dict[str, Any], message: Message) -> None:
        election_id = body["kwargs"]["request"]["election_id"]
        key = TOKEN_KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        reply = SignOffList(
            election_id=election_id,
            campaign_id=election_id,
            action="vote_budget",
            place=None,
            closes_at=datetime.now(UTC) + timedelta(days=1),
            public_key=base64url(key),
            tokens=100_000,
        )
        message.channel.connection.client.Producer().publish(
            {"result": reply.model_dump(mode="json"), "error": None},
            exchange="nameko-rpc",
            routing_key=message.properties["reply_to"],
            correlation_id=message.properties["correlation_id"],
            serializer="json",
        )
        message.ack()

    def close(self) -> None:
        self._stopping.set()
        self._thread.join()


@dataclass
class Runner:
    """Processes of voting, to be started, killed and started again."""

    environment: dict[str, str]
    log: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, *arguments: str) -> None:
        with self.log.open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "voting", "run", *arguments], env=self.environment, cwd=ROOT, stderr=log
            )

    def kill(self, name: str) -> None:
        self.processes[name].kill()
        self.processes[name].wait()

    def end(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@dataclass
class Suite:
    """All of it."""

    client: RpcClient
    runner: Runner
    key: Ed25519PrivateKey
    database: Database

    def manager(self) -> Context:
        now = datetime.now(UTC)
        claims = {
            "sub": str(uuid4()),
            "iss": "decider",
            "aud": "decider",
            "iat": now,
            "exp": now + timedelta(minutes=30),
            "lvl": 250,
            "roles": [{"r": "campaign_manager", "p": ["*"], "u": None}],
        }
        return Context(token=jwt.encode(claims, self.key, algorithm="EdDSA", headers={"kid": "test"}))

    def scalar(self, query: str) -> Any:
        with self.database.transaction() as connection:
            return connection.scalar(sa.text(query))

    def look(self, election_id: UUID) -> SealedElectionView:
        return self.client.call(GET_SEALED_ELECTION, ElectionRef(election=str(election_id)), deadline=10)

    def open_vote(self, **changes: Any) -> "Vote":
        """A sealed vote that takes ballots."""
        manager = self.manager()
        drafted = self.client.call(DRAFT_ELECTION, sealed_draft(**changes), context=manager, deadline=30)
        trustees = self._carry_out(drafted, manager)
        self.client.call(OPEN_ELECTION, OpenElection(id=drafted.id), context=manager, deadline=20)
        wait_for(lambda: self.look(drafted.id).phase is Phase.OPEN)
        return Vote(self, drafted, trustees, read_election((self.look(drafted.id).election_json or "").encode()))

    def _carry_out(self, drafted: ElectionView, manager: Context) -> Trustees:
        seats = range(1, len(drafted.sealed.trustees if drafted.sealed else ()) + 1)
        asked = [InviteTrustee(election_id=drafted.id, place=place) for place in seats]
        codes = [self.client.call(INVITE_TRUSTEE, one, context=manager).code for one in asked]
        trustees = Trustees.of(self.look(drafted.id))
        trustees.codes = codes
        for step in (Step.CERTIFICATE, Step.SHARES, Step.KEY):
            for place, code in enumerate(codes, 1):
                message = trustees.message(self.look(drafted.id), place, step)
                request = SendTrusteeMessage(election_id=drafted.id, place=place, code=code, step=step, message=message)
                self.client.call(SEND_TRUSTEE_MESSAGE, request, deadline=20)
        return trustees


@dataclass
class Vote:
    """An open sealed vote, and its trustees."""

    suite: Suite
    drafted: ElectionView
    trustees: Trustees
    election: Election

    def ballot(self, choices: list[int]) -> CastSealedBallot:
        """A new voter's ballot, with its token."""
        group = self.election.group
        secret = derive(group, self.election.uuid, new_credential())
        token = token_for(self.drafted.id, group.text(public_credential(group, secret)))
        sealed = seal(self.election, secret, [choices]).decode()
        return CastSealedBallot(election_id=self.drafted.id, ballot=sealed, token=token)

    def until_receipt(self, request: CastSealedBallot, seconds: float = PATIENCE) -> SealedBallotState:
        """What a booth does: cast, ask again, cast the same bytes again after any failure, until there is an end."""
        until = monotonic() + seconds
        while monotonic() < until:
            try:
                state = self.suite.client.call(CAST_SEALED_BALLOT, request, deadline=5)
                while state.state is BallotState.RECEIVED and monotonic() < until:
                    sleep(0.2)
                    state = self.state(state.tracker)
            except Fault as fault:
                if fault.status < 500:
                    raise
                sleep(0.3)
                continue
            return state
        raise AssertionError("no receipt in time")

    def batches(self) -> list[BoardBatch]:
        """The whole board."""
        found: list[BoardBatch] = []
        after = 0
        while True:
            asked = ListBoardBatches(election=str(self.drafted.id), after=after)
            page = self.suite.client.call(LIST_BOARD_BATCHES, asked, deadline=20)
            found += page.items
            if page.next is None:
                return found
            after = page.next

    def state(self, tracker: str) -> SealedBallotState:
        asked = GetSealedBallot(election=str(self.drafted.id), tracker=tracker)
        return self.suite.client.call(GET_SEALED_BALLOT, asked, deadline=5)


@contextmanager
def running(amqp_url: str, database_url: str, folder: Path, *, workers: int = 1) -> Iterator[Suite]:
    """Voting and its workers, on this broker and this migrated database."""
    key = signing_key(folder / "jwks.json")
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "AMQP_URL": amqp_url,
        "JWKS_FILE": str(folder / "jwks.json"),
        "TERRITORY_DIR": str(ROOT / "territories" / "paris"),
        "BALLOT_BOX_SECRET": "a secret of the tests, thirty-two long",
        "SERVICE_TOKEN": "played",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    identity, client, database = PlayedIdentity(amqp_url), RpcClient(amqp_url), Database(database_url)
    runner = Runner(environment, folder / "voting.log")
    runner.start("voting")
    for number in range(workers):
        runner.start(f"workers-{number}", "--only", "workers")
    try:
        yield Suite(client, runner, key, database)
    finally:
        runner.end()
        client.close()
        identity.close()
        database.close()


def wait_for(condition: Any, seconds: float = PATIENCE) -> None:
    until = monotonic() + seconds
    while not condition():
        assert monotonic() < until, "it did not happen in time"
        sleep(0.05)
