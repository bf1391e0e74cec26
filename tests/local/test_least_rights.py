"""Each service's accounts reach what is theirs, and nothing of the others, on a real broker and a real database."""

from collections.abc import Callable, Iterator
from pathlib import Path

import amqp
import psycopg
import pytest
from amqp.exceptions import AccessRefused
from chassis.provisioning import grant
from chassis.testing import private_rabbitmq
from chassis.testing.ports import LOOPBACK
from chassis.testing.private_postgres import PrivatePostgres
from chassis.testing.private_rabbitmq import VIRTUAL_HOST, PrivateRabbitMQ
from decider_local import accounts, keys, servers
from decider_local.settings import database_url, owner_url
from decider_local.state import State


@pytest.fixture(autouse=True)
def own_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "SECRETS", tmp_path)


class Channel:
    """A channel of one account; each call gets a new one, since a refusal closes it."""

    def __init__(self, port: int, name: str) -> None:
        user = accounts.account(name)
        self.connection = amqp.Connection(f"{LOOPBACK}:{port}", name, user.password, virtual_host=VIRTUAL_HOST)
        self.connection.connect()

    def declare(self, queue: str) -> None:
        self.connection.channel().queue_declare(queue, durable=True, auto_delete=False)

    def read(self, queue: str) -> None:
        self.connection.channel().basic_get(queue)

    def exchange(self, name: str) -> None:
        self.connection.channel().exchange_declare(name, "topic", durable=True, auto_delete=False)

    def publish(self, exchange: str, key: str) -> None:
        channel = self.connection.channel()
        channel.confirm_select()
        channel.basic_publish_confirm(amqp.Message(b"{}"), exchange=exchange, routing_key=key)

    def subscribe(self, queue: str, exchange: str) -> None:
        self.connection.channel().queue_bind(queue, exchange, "#")


@pytest.fixture
def guarded(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateRabbitMQ]:
    running = PrivateRabbitMQ()
    configure = private_rabbitmq.configure
    everybody = accounts.everybody()
    monkeypatch.setattr(private_rabbitmq, "configure", lambda d, p, users: configure(d, p, [*users, *everybody]))
    try:
        yield running.start()
    finally:
        running.close()


def test_an_account_of_the_broker_reaches_only_its_own(guarded: PrivateRabbitMQ) -> None:
    ideas, voting, gateway = (Channel(guarded.ports.amqp, name) for name in ("ideas", "voting", "gateway"))
    for name in ("nameko-rpc", "ideas.events", "voting.events"):
        ideas.exchange(name)
    voting.declare("rpc-voting")
    for queue in (
        "rpc-ideas",
        "rpc-ideas.parked",
        "evt-ideas.forget_citizen",
        "evt-ideas.forget_citizen.parked",
        "batch-ideas.support_idea",
    ):
        ideas.declare(queue)
    ideas.subscribe("evt-ideas.forget_citizen", "voting.events")
    ideas.publish("ideas.events", "idea_opened.v1")
    gateway.declare("rpc.reply-gateway")
    gateway.publish("nameko-rpc", "voting.cast_ballot")
    refused: list[tuple[Callable[..., None], *tuple[str, ...]]] = [
        (ideas.read, "rpc-voting"),
        (ideas.declare, "batch-voting.cast_ballot"),
        (ideas.publish, "voting.events", "result_published.v1"),
        (gateway.read, "rpc-voting"),
        (gateway.declare, "evt-gateway.spy"),
        (gateway.publish, "voting.events", "result_published.v1"),
        (gateway.subscribe, "rpc.reply-gateway", "voting.events"),
    ]
    for act, *names in refused:
        with pytest.raises(AccessRefused):
            act(*names)
    for account in (ideas, voting, gateway):
        account.connection.close()


TABLES = """
CREATE TABLE IF NOT EXISTS idea (id bigserial PRIMARY KEY, title text);
CREATE TABLE IF NOT EXISTS alembic_version (version_num text);
CREATE TABLE IF NOT EXISTS event_log (position bigserial PRIMARY KEY, payload text, published_at timestamptz);
"""


@pytest.fixture
def url(postgres: PrivatePostgres, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("POSTGRES_URL", postgres.url)
    monkeypatch.setenv("AMQP_URL", "amqp://unused")
    state = State()
    servers.make_database("ideas", state)
    servers.make_database("ideas", state)
    where = servers.addresses(state)
    with psycopg.connect(owner_url("ideas", where)) as owner:
        owner.execute(TABLES)
    grant(owner_url("ideas", where), database_url("ideas", where))
    servers.make_database("voting", state)
    return database_url("ideas", where)


def test_a_service_works_with_rows_but_changes_no_table(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as service:
        service.execute("INSERT INTO idea (title) VALUES ('Un banc')")
        service.execute("UPDATE idea SET title = 'Deux bancs'")
        service.execute("DELETE FROM idea")
        service.execute("INSERT INTO event_log (payload) VALUES ('opened')")
        service.execute("UPDATE event_log SET published_at = now()")
        for refused in (
            "CREATE TABLE other ()",
            "ALTER TABLE idea ADD COLUMN more text",
            "DROP TABLE idea",
            "TRUNCATE idea",
            "UPDATE event_log SET payload = 'never happened'",
            "DELETE FROM event_log",
            "UPDATE alembic_version SET version_num = '0'",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                service.execute(refused)


def test_a_service_cannot_enter_the_database_of_another(url: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(url.removesuffix("decider_ideas") + "decider_voting")
