"""The service as it is run: a process on RabbitMQ and PostgreSQL, asked through the client that everybody uses.

Identity is played by a consumer of its queue that answers from its contract.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from uuid import UUID, uuid4

import jwt
import pytest
import sqlalchemy as sa
from chassis import wire  # noqa: F401 -- the codec of the bus, for the part of identity
from chassis.client import NOBODY, Context, RpcClient
from chassis.database import Database
from chassis.relay import event_producer
from contracts import consultations as c
from contracts.errors import Fault, FaultCode
from contracts.identity import CITIZEN_ERASED, CitizenErased, May
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from kombu import Connection, Exchange, Queue
from kombu.message import Message

from services.consultations.tests import granddebat
from services.consultations.tests.support import FULL_ANSWER, details, form, question

ROOT = Path(__file__).parents[4]


class Identity:
    """Answers ``may`` as the contract says: everybody lives in the 12th district."""

    def __init__(self, amqp_url: str) -> None:
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
        asked = May.model_validate(body["kwargs"]["request"])
        claims = jwt.decode(body["kwargs"]["context"]["token"], options={"verify_signature": False})
        decision = {
            "account_id": str(asked.account_id),
            "allowed": claims["sub"] == str(asked.account_id),
            "refusals": [],
            "level": 250,
            "district": "75012",
            "age_band": "unknown",
            "valid_until": (datetime.now(UTC) + timedelta(hours=1)).isoformat(),
        }
        self._connection.Producer().publish(
            {"result": decision, "error": None},
            exchange="nameko-rpc",
            routing_key=message.properties["reply_to"],
            correlation_id=message.properties["correlation_id"],
            serializer="json",
        )
        message.ack()

    def close(self) -> None:
        self._stopping.set()
        self._thread.join()
        self._connection.release()


@dataclass
class Suite:
    """A running service and what speaks with it."""

    client: RpcClient
    key: Ed25519PrivateKey
    database: Database
    amqp_url: str

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

    def opened(self, manager: Context, content: Any = None, **changes: Any) -> c.DeskConsultation:
        now = datetime.now(UTC)
        said = details(**{"opens_at": now, "closes_at": now + timedelta(days=3), **changes})
        request = c.CreateConsultation(id=uuid4(), details=said, form=content or form())
        made = self.client.call(c.CREATE_CONSULTATION, request, context=manager, deadline=20)
        publish = c.PublishConsultation(consultation_id=made.id, revision=made.revision)
        return self.client.call(c.PUBLISH_CONSULTATION, publish, context=manager)


@contextmanager
def running(environment: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "consultations", "run"], env=environment, cwd=ROOT)
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
    jwks = tmp_path_factory.mktemp("consultations") / "jwks.json"
    key = Ed25519PrivateKey.generate()
    public = json.loads(jwt.algorithms.OKPAlgorithm.to_jwk(key.public_key()))
    jwks.write_text(json.dumps({"keys": [public | {"kid": "test"}]}))
    url = fresh_database("consultations")
    environment = os.environ | {
        "DATABASE_URL": url,
        "AMQP_URL": amqp_url,
        "JWKS_FILE": str(jwks),
        "TERRITORY_DIR": str(ROOT / "territories" / "paris"),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    identity, client, database = Identity(amqp_url), RpcClient(amqp_url), Database(url)
    with running(environment):
        yield Suite(client, key, database, amqp_url)
    client.close()
    identity.close()
    database.close()


def wait_for(condition: Callable[[], bool], seconds: float = 20) -> None:
    until = monotonic() + seconds
    while not condition():
        assert monotonic() < until, "it did not happen in time"
        sleep(0.05)


def test_many_people_answer_at_once_and_each_counts_once(suite: Suite) -> None:
    manager = suite.token(uuid4(), "campaign_manager")
    opened = suite.opened(manager, places=("75012",), audience={"residents": True}, results="live")
    people = [suite.token(uuid4()) for _ in range(30)]

    def answer(person: Context) -> str:
        request = c.SubmitAnswer(consultation_id=opened.id, version=1, values=FULL_ANSWER)
        return suite.client.call(c.SUBMIT_ANSWER, request, context=person, deadline=20).receipt

    with ThreadPoolExecutor(12) as pool:
        receipts = list(pool.map(answer, people * 2))

    assert receipts[:30] == receipts[30:]
    assert len(set(receipts)) == 30
    results = suite.client.call(c.READ_RESULTS, c.ReadResults(consultation_id=opened.id))
    assert (results.answers, results.questions[0].answered) == (30, 30)
    wait_for(lambda: suite.scalar("SELECT count(*) FROM event_log WHERE published_at IS NULL") == 0)
    assert suite.scalar("SELECT count(*) FROM event_log WHERE topic = 'answer_received.v1'") == 30


def test_the_clock_opens_and_closes(suite: Suite) -> None:
    manager = suite.token(uuid4(), "campaign_manager")
    now = datetime.now(UTC)
    made = suite.opened(manager, opens_at=now + timedelta(seconds=3), closes_at=now + timedelta(seconds=6))
    assert made.state == "scheduled"

    query = f"SELECT string_agg(topic, ' ' ORDER BY position) FROM event_log WHERE subject = '{made.id}'"
    wait_for(lambda: suite.scalar(query) == "consultation_opened.v1 consultation_closed.v1", 30)


def test_a_person_who_leaves_is_forgotten_once_the_event_comes(suite: Suite) -> None:
    opened = suite.opened(suite.token(uuid4(), "campaign_manager"))
    account = uuid4()
    person = suite.token(account)
    request = c.SubmitAnswer(consultation_id=opened.id, version=1, values=FULL_ANSWER)
    suite.client.call(c.SUBMIT_ANSWER, request, context=person)

    headers = {"event-id": str(uuid4()), "subject": str(account), "occurred-at": datetime.now(UTC).isoformat()}
    payload = CitizenErased(account_id=account).model_dump(mode="json")
    with event_producer(suite.amqp_url, "identity") as producer:
        for _ in range(2):
            producer.publish(payload, routing_key=CITIZEN_ERASED.topic, headers=headers)

    wait_for(lambda: suite.scalar(f"SELECT count(*) FROM answers WHERE account_id = '{account}'") == 0)
    mine = suite.client.call(c.READ_MY_ANSWER, c.ReadMyAnswer(consultation_id=opened.id), context=person)
    assert mine.answer is None
    assert suite.scalar(f"SELECT count(*) FROM answers WHERE consultation_id = '{opened.id}'") == 1


def test_a_national_debate_of_94_questions_is_asked_and_answered(suite: Suite) -> None:
    if not granddebat.source().exists():
        pytest.skip(f"the questions of the national debate are not at {granddebat.source()} (see DECIDER_DATA)")
    manager = suite.token(uuid4(), "campaign_manager")
    opened = suite.opened(manager, c.Form.model_validate(granddebat.read_form(granddebat.source())), results="live")
    asked = [one for page in opened.form.pages for one in page.questions]
    assert (len(asked), sum(one.shown_if is not None for one in asked)) == (94, 19)
    assert opened.problems == ()
    person = suite.token(uuid4())
    everything: dict[str, Any] = {one.key: "oui" if one.kind == "single" else f"Réponse à {one.key}." for one in asked}

    draft = c.SaveDraft(consultation_id=opened.id, version=1, values=everything)
    assert suite.client.call(c.SAVE_DRAFT, draft, context=person).problems == ()
    request = c.SubmitAnswer(consultation_id=opened.id, version=1, values=everything)
    answer = suite.client.call(c.SUBMIT_ANSWER, request, context=person)

    hidden = {one.key for one in asked if one.shown_if and one.shown_if.options == ("non",)}
    assert len(hidden) == 2
    assert set(answer.values) == set(everything) - hidden
    results = suite.client.call(c.READ_RESULTS, c.ReadResults(consultation_id=opened.id))
    assert len(results.questions) == 94
    assert sum(one.answered for one in results.questions) == 92


def test_hostile_strings_are_kept_as_words_or_refused_in_words(suite: Suite) -> None:
    data = granddebat.source().parents[1] / "moderation" / "blns.json"
    if not data.exists():
        pytest.skip(f"the hostile strings are not at {data} (see DECIDER_DATA)")
    hostile = [text for text in json.loads(data.read_text(encoding="utf-8")) if text.strip()]
    keys = [f"idea-{number}" for number in range(25)]
    wanted = form(*(question("long_text", key, max_length=3000) for key in keys))
    opened = suite.opened(suite.token(uuid4(), "campaign_manager"), wanted, results="live")
    kept: dict[str, set[str]] = {key: set() for key in keys}

    for start in range(0, len(hostile), len(keys)):
        values: dict[str, Any] = {}
        for key, text in zip(keys, hostile[start:], strict=False):
            with suppress(ValueError):
                raw = {"consultation_id": str(opened.id), "version": 1, "values": {key: text}}
                values |= c.SubmitAnswer.model_validate(raw).values
        request = c.SubmitAnswer(consultation_id=opened.id, version=1, values=values)
        suite.client.call(c.SUBMIT_ANSWER, request, context=suite.token(uuid4()), deadline=20)
        for key, value in values.items():
            kept[key].add(str(value))

    for key in keys:
        page = suite.client.call(c.LIST_TEXTS, c.ListTexts(consultation_id=opened.id, question=key, limit=100))
        assert {item.text for item in page.items} == kept[key]
    assert sum(map(len, kept.values())) > 0.9 * len(hostile)


def test_a_token_of_nobody_opens_nothing(suite: Suite) -> None:
    for context, code in ((NOBODY, FaultCode.UNAUTHENTICATED), (Context(token="x"), FaultCode.UNAUTHENTICATED)):
        with pytest.raises(Fault) as refused:
            suite.client.call(c.LIST_DESK_CONSULTATIONS, c.ListDeskConsultations(), context=context)
        assert refused.value.code is code
