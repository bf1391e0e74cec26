"""The service as it is run: a process on RabbitMQ and PostgreSQL, asked through the client that everybody uses."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue as Channel
from threading import Event as Flag
from threading import Thread
from typing import Any

import pytest
from chassis.client import Context, RpcClient
from chassis.events import event_exchange
from contracts import identity as contract
from contracts.errors import Fault, FaultCode
from kombu import Connection, Queue
from kombu.message import Message
from uuid_utils.compat import uuid7

from services.identity.tests.world import PASSWORD, ROOT, WHY, settings

PATIENCE = 20
ADMIN = "maud@example.org"


class Listener:
    """Hears what identity tells, as another service would."""

    def __init__(self, amqp_url: str) -> None:
        self._heard: Channel[tuple[str, dict[str, Any]]] = Channel()
        self._connection = Connection(amqp_url)
        queue = Queue("test-identity-listener", event_exchange("identity"), routing_key="#", exclusive=True)
        self._consumer = self._connection.Consumer([queue], callbacks=[self._hear], accept=["json"])
        self._stopping = Flag()
        self._consumer.consume()
        self._thread = Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._connection.drain_events(timeout=0.2)
            except TimeoutError:
                continue

    def _hear(self, body: dict[str, Any], message: Message) -> None:
        self._heard.put((message.delivery_info["routing_key"], body))
        message.ack()

    def next(self, event: Any, **expected: str) -> dict[str, Any]:
        """The next event of this kind with these fields; whatever else is heard meanwhile is passed over."""
        while True:
            topic, payload = self._heard.get(timeout=PATIENCE)
            if topic == event.topic and expected.items() <= payload.items():
                return payload

    def close(self) -> None:
        self._stopping.set()
        self._thread.join()
        self._connection.release()


@dataclass
class Suite:
    """A running service and what speaks with it."""

    client: RpcClient
    listener: Listener
    environment: dict[str, str]
    service_token: str

    def ask(self, call: Any, access: str | None = None, /, **request: Any) -> Any:
        """Ask the service."""
        context = Context(token=access)
        return self.client.call(call, call.request.model_validate(request), context=context, deadline=PATIENCE)

    def register(self, email: str) -> contract.Session:
        """From the form to the session, with the mail read as notifications would send it."""
        form = {"email": email, "password": PASSWORD, "display_name": "Camille", "language": "fr"}
        self.ask(contract.REGISTER, **form, accepts_terms=True)
        told = self.listener.next(contract.CONFIRMATION_REQUESTED)
        mail = self.ask(contract.CONTACT_FOR_DELIVERY, self.service_token, **told)
        assert mail.address == email
        self.ask(contract.CONFIRM, token=mail.secret)
        session: contract.Session = self.ask(contract.SIGN_IN, login=email, password=PASSWORD)
        return session

    def command(self, *arguments: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
        """Run a command of the service at the command line."""
        command = [sys.executable, "-m", "identity", *arguments]
        return subprocess.run(
            command, env=self.environment, cwd=ROOT, input=typed, capture_output=True, text=True, check=False
        )


@contextmanager
def running(environment: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "identity", "run"], env=environment, cwd=ROOT)
    try:
        yield
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def suite(
    amqp_url: str, fresh_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Suite]:
    folder: Path = tmp_path_factory.mktemp("identity")
    own = settings(folder, fresh_database("identity"), amqp_url)
    environment = os.environ | own | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    token = (folder / "service-token-notifications").read_text().strip()
    client = RpcClient(amqp_url)
    with running(environment):
        client.call(contract.JWKS, contract.Nothing(), deadline=PATIENCE)
        listener = Listener(amqp_url)
        yield Suite(client, listener, environment, token)
        listener.close()
    client.close()


def test_from_the_form_to_the_session_and_out(suite: Suite) -> None:
    session = suite.register("camille@example.org")
    mine = suite.ask(contract.MY_ACCOUNT, session.access_token)
    assert (mine.account_id, mine.level) == (session.account_id, 200)
    renewed = suite.ask(contract.REFRESH, refresh_token=session.refresh_token)
    suite.ask(contract.SIGN_OUT_EVERYWHERE, renewed.access_token)
    with pytest.raises(Fault) as refused:
        suite.ask(contract.REFRESH, refresh_token=renewed.refresh_token)
    assert refused.value.code is FaultCode.UNAUTHENTICATED


def test_the_first_administrator_comes_from_the_command_line(suite: Suite) -> None:
    arguments = ("create-account", "--email", ADMIN, "--display-name", "Maud", "--role", "administrator")
    made = suite.command(*arguments, typed=f"{PASSWORD}\n")
    assert made.returncode == 0, made.stderr
    assert suite.command(*arguments, typed=f"{PASSWORD}\n").stdout == made.stdout
    boss = suite.ask(contract.SIGN_IN, login=ADMIN, password=PASSWORD)
    citizen = suite.register("bao@example.org")
    given = {"account_id": citizen.account_id, "role": "moderator", "places": ["75012"], "reason": WHY}
    suite.ask(contract.GRANT_ROLE, boss.access_token, grant_id=uuid7(), **given)
    told = suite.listener.next(contract.ROLE_CHANGED, account_id=str(citizen.account_id))
    assert (told["role"], told["places"], told["granted"]) == ("moderator", ["75012"], True)


def test_the_command_says_what_is_wrong_and_never_the_password(suite: Suite) -> None:
    arguments = ("create-account", "--email", "not an address", "--display-name", "M")
    refused = suite.command(*arguments, typed="short\n")
    assert refused.returncode == 1
    assert {line.split(":")[0] for line in refused.stderr.splitlines()} == {"email", "display_name", "password"}
    assert "short" not in refused.stderr.replace("too short", "").replace("tooshort", "")


def test_whoever_erases_an_account_is_forgotten_by_everybody(suite: Suite) -> None:
    session = suite.register("zoe@example.org")
    suite.ask(contract.ERASE_ACCOUNT, session.access_token, password=PASSWORD, understood=True)
    told = suite.listener.next(contract.CITIZEN_ERASED)
    assert told == {"account_id": str(session.account_id)}
    (name,) = suite.ask(contract.DISPLAY_NAMES, account_ids=[session.account_id]).names
    assert name.name is None


def test_guesses_at_the_same_time_are_counted_one_by_one(suite: Suite) -> None:
    """Forty guesses at once: no more than five are looked at."""
    suite.register("lou@example.org")

    def guess(number: int) -> str:
        try:
            suite.ask(contract.SIGN_IN, login="lou@example.org", password=f"wrong {number}")
        except Fault as fault:
            return fault.reason
        return "opened"

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(guess, range(40)))
    assert answers.count("wrong-credentials") == 5
    assert answers.count("locked-out") == 35


def test_a_refresh_token_used_by_many_at_once_gives_one_successor(suite: Suite) -> None:
    session = suite.register("noa@example.org")
    with ThreadPoolExecutor(10) as pool:
        asked = pool.map(lambda _: suite.ask(contract.REFRESH, refresh_token=session.refresh_token), range(10))
        assert len({answer.refresh_token for answer in asked}) == 1


def test_the_log_of_the_service_names_nobody(suite: Suite, capfd: pytest.CaptureFixture[str]) -> None:
    suite.register("durand.secret@example.org")
    with pytest.raises(Fault):
        suite.ask(contract.SIGN_IN, login="durand.secret@example.org", password="Une phrase secrète 3")
    shown = capfd.readouterr()
    for personal in ("durand", "phrase secr", PASSWORD):
        assert personal not in shown.out + shown.err
