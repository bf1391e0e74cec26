"""The service as it is run, beside identity: processes on RabbitMQ and PostgreSQL, and a mail server that is real."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from amqp.exceptions import NotFound
from chassis.client import Context, RpcClient
from chassis.events import event_exchange
from chassis.testing.private_rabbitmq import PrivateRabbitMQ
from contracts import ideas
from contracts import identity as who
from contracts import notifications as contract
from kombu import Connection

from services.identity.tests.world import PASSWORD, ROOT
from services.identity.tests.world import settings as identity_settings
from services.notifications.tests.post_office import PostOffice, open_post_office
from services.notifications.tests.unit import facts
from services.notifications.tests.world import PARIS, SITE

PATIENCE = 30.0


def until(condition: Callable[[], Any], what: str) -> Any:
    """Wait for the condition, and give what it gave."""
    end = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < end, f"still not: {what}"
        time.sleep(0.05)
    return found


@dataclass
class Running:
    """Processes of services, ended cleanly (which is asserted) or as a power cut would."""

    started: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def start(self, service: str, environment: dict[str, str]) -> None:
        command = [sys.executable, "-m", service, "run"]
        self.started[service] = subprocess.Popen(command, env=environment, cwd=ROOT)

    def kill(self, service: str) -> None:
        process = self.started.pop(service)
        process.kill()
        process.wait()

    def stop(self, service: str) -> None:
        process = self.started.pop(service)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0


@contextmanager
def processes() -> Iterator[Running]:
    running = Running()
    try:
        yield running
        for service in list(running.started):
            running.stop(service)
    finally:
        for process in running.started.values():
            process.kill()
            process.wait()


@dataclass
class Town:
    """Identity and notifications at work."""

    running: Running
    environment: dict[str, str]
    amqp_url: str
    office: PostOffice
    client: RpcClient

    def ask(self, call: Any, token: str | None = None, /, **request: Any) -> Any:
        asked = call.request.model_validate(request)
        return self.client.call(call, asked, context=Context(token=token), deadline=PATIENCE)

    def register(self) -> tuple[str, who.Session]:
        """A person with an account, opened through the link in the mail."""
        address = f"{uuid4().hex[:10]}@example.org"
        form = {"email": address, "password": PASSWORD, "display_name": "Camille", "language": "fr"}
        self.ask(who.REGISTER, **form, accepts_terms=True)
        mail = until(lambda: self.office.to(address), "the confirmation mail")[0]
        assert mail["Subject"] == "Confirmez votre adresse"
        text = mail.get_body(("plain",)).get_content()
        secret = next(line for line in text.splitlines() if "/compte/confirmer/" in line).rpartition("/")[2]
        self.ask(who.CONFIRM, token=secret)
        session = self.ask(who.SIGN_IN, login=address, password=PASSWORD)
        always = {"quiet_from": 0, "quiet_until": 0, "weekly_cap": 50}
        self.ask(contract.SAVE_PREFERENCES, session.access_token, **always)
        return address, session

    def publish(self, event: Any, payload: Any, event_id: UUID | None = None) -> UUID:
        """Tell an event as ideas would."""
        id_ = event_id or uuid4()
        headers = {"event-id": str(id_), "subject": "", "trace": "", "occurred-at": datetime.now(UTC).isoformat()}
        with Connection(self.amqp_url) as connection:
            connection.Producer().publish(
                payload.model_dump(mode="json"),
                exchange=event_exchange(event.service),
                routing_key=event.topic,
                headers=headers,
                serializer="json",
            )
        return id_

    def count(self, query: str) -> int:
        with psycopg.connect(self.environment["DATABASE_URL"]) as connection:
            row = connection.execute(query).fetchone()
            assert row is not None
            return int(row[0])


@pytest.fixture(scope="module")
def amqp_url(broker: PrivateRabbitMQ) -> str:
    """A broker of this module's own: whoever else runs a service in this session does not answer here."""
    return broker.url


@pytest.fixture(scope="module")
def town(
    amqp_url: str, fresh_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    folder: Path = tmp_path_factory.mktemp("town")
    common = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    identity = common | identity_settings(folder, fresh_database("identity"), amqp_url)
    with open_post_office() as office, processes() as running:
        own = common | {
            "DATABASE_URL": fresh_database("notifications"),
            "AMQP_URL": amqp_url,
            "JWKS_FILE": identity["JWKS_FILE"],
            "TERRITORY_DIR": str(PARIS),
            "SERVICES": "identity,ideas,notifications",
            "PUBLIC_URL": SITE,
            "SERVICE_TOKEN": service_token(folder),
            "LINK_KEYS": "k" * 32,
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(office.port),
            "SMTP_TLS": "none",
            "BOUNCE_DOMAIN": "retours.decider.example",
        }
        running.start("identity", identity)
        running.start("notifications", own)
        for name in ("confirmation_requested", "idea_opened", "step_recorded"):
            until(partial(declared, amqp_url, f"evt-notifications.{name}"), name)
        client = RpcClient(amqp_url, name="test-notifications")
        yield Town(running, own, amqp_url, office, client)
        client.close()


def service_token(folder: Path) -> str:
    """The token that identity's own command makes for notifications."""
    return (folder / "service-token-notifications").read_text().strip()


def declared(amqp_url: str, queue: str) -> bool:
    """Whether the broker has this queue."""
    with Connection(amqp_url) as connection:
        try:
            connection.default_channel.queue_declare(queue, passive=True)
        except NotFound:
            return False
    return True


def test_from_registering_to_a_mail_about_ones_idea(town: Town) -> None:
    address, session = town.register()
    town.publish(ideas.IDEA_OPENED, facts.opened(session.account_id))
    mine = until(lambda: town.office.to(address)[1:], "the mail about the idea")[0]
    assert mine["Subject"] == "Votre idée est publiée"
    page = town.ask(contract.LIST_INBOX, session.access_token)
    assert [notice.title for notice in page.items] == ["Votre idée est publiée"]
    token = mine["List-Unsubscribe"].strip("<>").rpartition("/")[2]
    assert town.ask(contract.UNSUBSCRIBE, token=token).subscribed is False


def test_a_kill_in_the_middle_of_a_mailing_sends_to_everybody_once(town: Town) -> None:
    number, news = "PAR-2026-000077", 40
    address, session = town.register()
    choice = {"topic": "followed", "inbox": True, "email": "now"}
    town.ask(contract.SAVE_PREFERENCES, session.access_token, topics=[choice])
    town.ask(contract.FOLLOW, session.access_token, kind="dossier", key=number)
    before = len(town.office.to(address))
    for _ in range(news):
        town.publish(ideas.STEP_RECORDED, _step(number))
    until(lambda: len(town.office.to(address)) > before + 3, "the first mails of the mailing")
    town.running.kill("notifications")
    with psycopg.connect(town.environment["DATABASE_URL"]) as connection:
        # Nobody wants to wait for the lease: end it, as time would.
        connection.execute(
            "UPDATE delivery SET leased_until = now() - interval '1 second' WHERE leased_until IS NOT NULL"
        )
        connection.execute("UPDATE delivery SET not_before = now() WHERE state = 'pending'")
    town.running.start("notifications", town.environment)
    ended = "SELECT count(*) FROM delivery JOIN story ON story.id = story_id WHERE subject_key = 'PAR-2026-000077'"
    until(lambda: town.count(f"{ended} AND state IN ('sent', 'uncertain')") == news, "every mail at its end")
    sent = town.count(f"{ended} AND state = 'sent'")
    uncertain = town.count(f"{ended} AND state = 'uncertain'")
    arrived = [mail["Message-ID"] for mail in town.office.to(address)[before:]]
    assert len(arrived) == len(set(arrived)), "nothing twice"
    assert uncertain <= 1
    assert sent <= len(arrived) <= sent + uncertain


def _step(number: str) -> ideas.StepRecorded:
    fields = facts.about(None, position=4, state="under_way", changed=True)
    return ideas.StepRecorded.model_validate(fields | {"number": number})


def test_only_declared_services_are_listened_to(town: Town) -> None:
    assert declared(town.amqp_url, "evt-notifications.idea_opened")
    assert not declared(town.amqp_url, "evt-notifications.election_opened")


def test_nonsense_is_parked_and_the_rest_goes_on(town: Town) -> None:
    address, session = town.register()
    with Connection(town.amqp_url) as connection:
        connection.Producer().publish(
            b"\x80\x04not json",
            exchange="",
            routing_key="evt-notifications.idea_opened",
            content_type="application/json",
        )
    town.publish(ideas.IDEA_OPENED, facts.opened(session.account_id))
    until(lambda: town.office.to(address)[1:], "the mail about the idea")
    with Connection(town.amqp_url) as connection:
        parked = connection.default_channel.queue_declare("evt-notifications.idea_opened.parked", passive=True)
        assert parked.message_count == 1
