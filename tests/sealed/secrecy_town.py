"""Identity, voting, its workers and the gateway, on a broker whose every message is copied; and all that they leave."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import falcon.testing
import sqlalchemy as sa
from chassis.client import RpcClient
from chassis.database import Database
from chassis.testing.private_rabbitmq import PrivateRabbitMQ
from gateway.app import create_app
from gateway.http.static import Assets
from gateway.settings import GatewaySettings
from kombu import Connection, Exchange, Queue
from kombu.message import Message

from services.identity.tests.world import PASSWORD, ROOT
from services.identity.tests.world import settings as identity_settings

FIREHOSE = "amq.rabbitmq.trace"
STATIC = ("site.css", "site.js", "data.css", "desk.css", "booth.css", "map.js", "map.css", "desk.js")
FONT = "source-sans-3-latin-wght-normal.woff2"


class Firehose:
    """Copies every message that passes the broker."""

    def __init__(self, broker: PrivateRabbitMQ) -> None:
        broker.control("trace_on", "-p", "decider")
        self.messages: list[str] = []
        self._connection = Connection(broker.url)
        queue = Queue("firehose", Exchange(FIREHOSE, type="topic", durable=True, passive=True), "#", exclusive=True)
        self._consumer = self._connection.Consumer([queue], callbacks=[], on_message=self._keep, no_ack=True)
        self._consumer.consume()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _keep(self, message: Message) -> None:
        body = message.body if isinstance(message.body, str) else bytes(message.body).decode("utf-8", "replace")
        self.messages.append(body + json.dumps(message.headers, default=str))

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._connection.drain_events(timeout=0.2)
            except TimeoutError:
                continue

    def close(self) -> None:
        self._stopping.set()
        self._thread.join()
        self._connection.release()


@dataclass
class Town:
    """All of it; ``answers`` keeps what the gateway said."""

    folder: Path
    urls: dict[str, str]
    gateway: falcon.testing.TestClient
    firehose: Firehose
    environment: dict[str, str]
    answers: list[str] = field(default_factory=list)

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """One request of the public API, which must succeed; its answer."""
        until = monotonic() + 90
        sent = None if body is None else json.dumps(body)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        while True:
            result = self.gateway.simulate_request(
                method, f"/api/v1{path}", body=sent, headers=named | {"Content-Type": "application/json"}
            )
            if result.status_code not in {503, 504} or monotonic() > until:
                break
            sleep(0.3)
        self.answers.append(json.dumps(dict(result.headers)) + result.text)
        assert result.status_code < 400, result.text
        return result.json

    def account(self, email: str, *roles: str) -> str:
        """A confirmed account; its identifier."""
        granted = [part for role in roles for part in ("--role", role)]
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "identity",
                "create-account",
                "--email",
                email,
                "--display-name",
                "Camille",
                *granted,
            ],
            env=self.environment,
            cwd=ROOT,
            input=PASSWORD + "\n",
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.splitlines()[-1].strip()

    def session(self, email: str) -> str:
        """An access token."""
        token: str = self.ask("POST", "/sessions", {"login": email, "password": PASSWORD})["access_token"]
        return token

    def rows(self) -> list[str]:
        """Every row of every table of both databases, as text."""
        return [row for url in self.urls.values() for row in _rows(url)]

    def logs(self) -> list[str]:
        """Every line that the processes wrote."""
        return [line for file in self.folder.glob("*.log") for line in file.read_text().splitlines()]


def _rows(url: str) -> Iterator[str]:
    database = Database(url, size=1)
    with database.transaction() as connection:
        for table in sa.inspect(connection).get_table_names():
            yield from (
                f"{table} {text}" for text in connection.scalars(sa.text(f'SELECT t::text FROM "{table}" AS t'))
            )
    database.close()


@contextmanager
def running(broker: PrivateRabbitMQ, urls: dict[str, str], folder: Path) -> Iterator[Town]:
    """The town, until it is left."""
    common = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LOG_LEVEL": "DEBUG"}
    identity = common | identity_settings(folder, urls["identity"], broker.url)
    voting = common | {
        "DATABASE_URL": urls["voting"],
        "AMQP_URL": broker.url,
        "JWKS_FILE": identity["JWKS_FILE"],
        "TERRITORY_DIR": identity["TERRITORY_DIR"],
        "BALLOT_BOX_SECRET": "a secret of the tests, thirty-two long",
        "SERVICE_TOKEN": (folder / "service-token-voting").read_text().strip(),
    }
    client, firehose = RpcClient(broker.url), Firehose(broker)
    with _processes(
        folder, {"identity": (identity, ()), "voting": (voting, ()), "workers": (voting, ("--only", "workers"))}
    ):
        yield Town(folder, urls, _gateway(client, folder), firehose, dict(identity))
    firehose.close()
    client.close()


@contextmanager
def _processes(folder: Path, wanted: dict[str, tuple[dict[str, str], Sequence[str]]]) -> Iterator[None]:
    started = []
    try:
        for name, (environment, arguments) in wanted.items():
            service = "identity" if name == "identity" else "voting"
            with (folder / f"{name}.log").open("wb") as log:
                command = [sys.executable, "-m", service, "run", *arguments]
                started.append(subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log))
        yield
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(30)


def _gateway(client: RpcClient, folder: Path) -> falcon.testing.TestClient:
    settings = GatewaySettings(
        amqp_url="amqp://unused",
        services=("identity", "voting"),
        public_url="http://falconframework.org",
        cookie_secret="0123456789abcdef0123456789abcdef",
        territory_dir=ROOT / "territories" / "paris",
        rate_factor=0,
    )
    return falcon.testing.TestClient(
        create_app(settings, client, assets=Assets(folder, {n: n for n in (*STATIC, FONT)}))
    )
