"""The service as it is run: a process on RabbitMQ and PostgreSQL, asked through the client that everybody uses."""

import json
import os
import signal
import subprocess
import sys
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
from chassis.client import NOBODY, Context, RpcClient
from chassis.database import Database
from chassis.relay import event_producer
from contracts import ideas as c
from contracts.errors import Fault, FaultCode
from contracts.identity import CITIZEN_ERASED, CitizenErased
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.ideas.tests.conftest import ROOT, SECRET, deposit

SUPPORTERS = 1500


@dataclass
class Suite:
    """A running service and what speaks with it."""

    client: RpcClient
    key: Ed25519PrivateKey
    database: Database
    amqp_url: str
    environment: dict[str, str]

    def token(self, account: UUID, *roles: str) -> Context:
        now = datetime.now(UTC)
        claims = {
            "sub": str(account),
            "iss": "decider",
            "aud": "decider",
            "iat": now,
            "exp": now + timedelta(minutes=10),
            "lvl": 200,
            "roles": [{"r": role, "p": ["*"], "u": None} for role in roles],
        }
        return Context(token=jwt.encode(claims, self.key, algorithm="EdDSA", headers={"kid": "test"}))

    def scalar(self, query: str) -> Any:
        with self.database.transaction() as connection:
            return connection.scalar(sa.text(query))

    def opened(self) -> tuple[c.DossierView, UUID]:
        author = uuid4()
        made = self.client.call(
            c.DEPOSIT_IDEA, deposit(text=deposit().text * 2), context=self.token(author), deadline=20
        )
        approve = c.ApproveIdea(idea_id=made.id)
        return self.client.call(c.APPROVE_IDEA, approve, context=self.token(uuid4(), "moderator")), author


@contextmanager
def running(environment: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "ideas", "run"], env=environment, cwd=ROOT)
    try:
        yield
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def suite(
    amqp_url: str, fresh_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Suite]:
    jwks = tmp_path_factory.mktemp("ideas") / "jwks.json"
    key = Ed25519PrivateKey.generate()
    public = json.loads(jwt.algorithms.OKPAlgorithm.to_jwk(key.public_key()))
    jwks.write_text(json.dumps({"keys": [public | {"kid": "test"}]}))
    url = fresh_database("ideas")
    environment = os.environ | {
        "DATABASE_URL": url,
        "AMQP_URL": amqp_url,
        "JWKS_FILE": str(jwks),
        "RECORD_KEY": SECRET,
        "FILES_DIR": str(jwks.parent / "files"),
        "TERRITORY_DIR": str(ROOT / "territories" / "paris"),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    client, database = RpcClient(amqp_url, name="ideas-test"), Database(url, size=2)
    try:
        with running(environment):
            yield Suite(client, key, database, amqp_url, environment)
    finally:
        client.close()
        database.close()


def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    end = monotonic() + seconds
    while not condition():
        assert monotonic() < end, "it did not come to be"
        sleep(0.05)


def test_fifteen_hundred_people_bring_an_idea_to_its_examination(suite: Suite) -> None:
    idea, author = suite.opened()
    tokens = [suite.token(uuid4()) for _ in range(SUPPORTERS)]
    request = c.SupportIdea(idea_id=idea.id)

    def support(token: Context) -> c.SupportView:
        return suite.client.call(c.SUPPORT_IDEA, request, context=token, deadline=20)

    with ThreadPoolExecutor(64) as pool:
        views = list(pool.map(support, tokens))
    assert {view.outcome for view in views} <= {c.Outcome.RECORDED, c.Outcome.ALREADY}
    shown = suite.client.call(c.READ_IDEA, c.ReadIdea(dossier=idea.number), context=suite.token(author))
    assert (shown.supports, shown.state) == (SUPPORTERS, c.State.UNDER_EXAMINATION)
    assert [stage.code for stage in shown.stages if stage.reached_on] == ["read", "opinion", "examination"]
    with pytest.raises(Fault) as closed:
        support(suite.token(uuid4()))
    assert closed.value.reason == "not-gathering"
    record = suite.client.call(c.READ_RECORD, c.ReadRecord(dossier=idea.number), context=NOBODY)
    assert record.intact
    until(lambda: suite.scalar("SELECT count(*) FROM event_log WHERE published_at IS NULL") == 0)
    told = suite.scalar("SELECT count(*) FROM event_log WHERE topic = 'stage_reached.v1'")
    batches = suite.scalar("SELECT count(*) FROM event_log WHERE topic = 'idea_supported.v1'")
    assert told == 3
    assert batches < SUPPORTERS / 2, "supports that come together are told together"


def test_records_are_published_and_verified_by_commands(suite: Suite, tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", *arguments]
        return subprocess.run(command, env=suite.environment, capture_output=True, text=True, check=False, cwd=ROOT)

    idea, _ = suite.opened()
    kept = run("ideas", "record", "verify")
    assert kept.returncode == 0, kept.stdout + kept.stderr
    made = run("ideas", "publish")
    assert made.returncode == 0, made.stderr
    for name in ("records.jsonl", "heads.jsonl"):
        (tmp_path / name).write_text(published(suite, name), encoding="utf-8")
    key = suite.client.call(c.LIST_HEADS, c.ListHeads(), context=NOBODY).public_key
    arguments = (
        "ideas.verify",
        str(tmp_path / "records.jsonl"),
        "--heads",
        str(tmp_path / "heads.jsonl"),
        "--key",
        key,
    )
    verified = run(*arguments)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    record = suite.client.call(c.READ_RECORD, c.ReadRecord(dossier=idea.number), context=NOBODY)
    forged = tmp_path / "forged.json"
    forged.write_text(record.model_dump_json().replace('"moderation"', '"author"'))
    broken = run("ideas.verify", str(forged))
    assert broken.returncode == 1
    assert f"{idea.number}: step 2: its content does not give its hash" in broken.stdout


def published(suite: Suite, name: str) -> str:
    files = suite.client.call(c.LIST_DATA_FILES, c.ListDataFiles(), context=NOBODY).items
    file = next(one for one in files if one.name == name)
    parts = (c.ReadDataPart(version=file.version, part=part + 1) for part in range(file.parts))
    return "".join(suite.client.call(c.READ_DATA_PART, one, context=NOBODY).text for one in parts)


def test_bad_requests_are_answered_with_every_error(suite: Suite) -> None:
    with pytest.raises(Fault) as short:
        suite.client.call(c.DEPOSIT_IDEA, deposit(title="Court", text="Court"), context=suite.token(uuid4()))
    assert short.value.code is FaultCode.INVALID
    assert [error.pointer for error in short.value.errors] == ["/title", "/text"]


def test_an_erased_account_is_forgotten_by_an_event(suite: Suite) -> None:
    idea, author = suite.opened()
    payload = CitizenErased(account_id=author).model_dump(mode="json")
    headers = {"event-id": str(uuid4()), "subject": str(author), "occurred-at": datetime.now(UTC).isoformat()}
    with event_producer(suite.amqp_url, "identity") as producer:
        for _ in range(2):
            producer.publish(payload, routing_key=CITIZEN_ERASED.topic, headers=headers)
    until(lambda: suite.scalar(f"SELECT author IS NULL FROM dossiers WHERE id = '{idea.id}'"))
    shown = suite.client.call(c.READ_IDEA, c.ReadIdea(dossier=idea.number), context=NOBODY)
    assert (shown.author, shown.title) == (None, idea.title)
