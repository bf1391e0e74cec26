"""The private servers do what the other tests rely on: they start anywhere, keep data, and leave nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import amqp
import psycopg
import pytest
from chassis.testing.databases import TestDatabases
from chassis.testing.ports import LOOPBACK, free_ports, is_free
from chassis.testing.private_postgres import PrivatePostgres
from chassis.testing.private_rabbitmq import VIRTUAL_HOST, BrokerUser, PrivateRabbitMQ

T = TypeVar("T")
QUORUM = {"x-queue-type": "quorum"}


def connection(broker: PrivateRabbitMQ) -> amqp.Connection:
    user = broker.user
    made = amqp.Connection(f"{LOOPBACK}:{broker.ports.amqp}", user.name, user.password, virtual_host=VIRTUAL_HOST)
    made.connect()
    return made


def until(found: Callable[[], T | None], seconds: float = 20.0) -> T:
    end = time.monotonic() + seconds
    while (value := found()) is None:
        assert time.monotonic() < end, "the awaited condition did not come"
        time.sleep(0.02)
    return value


def processes_about(directory: str) -> list[str]:
    return [str(path) for path in Path("/proc").glob("[0-9]*/cmdline") if directory.encode() in _read(path)]


def gone(directory: str) -> bool | None:
    return None if processes_about(directory) else True


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:  # the process has just ended
        return b""


def test_free_ports_are_different_and_free() -> None:
    ports = free_ports(20)
    assert len(set(ports)) == 20
    assert all(is_free(port) for port in ports)


def test_a_taken_port_is_not_free() -> None:
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        listener.listen()
        assert not is_free(listener.getsockname()[1])


def test_a_restarted_broker_keeps_its_address_and_its_messages(broker: PrivateRabbitMQ) -> None:
    before = broker.url
    with connection(broker) as opened:
        channel = opened.channel()
        channel.queue_declare("kept", durable=True, auto_delete=False, arguments=QUORUM)
        channel.confirm_select()
        channel.basic_publish_confirm(amqp.Message(b"kept", delivery_mode=2), routing_key="kept")
    broker.restart()
    assert broker.url == before
    with connection(broker) as opened:
        channel = opened.channel()
        message = until(lambda: channel.basic_get("kept", no_ack=True))
    assert message.body == b"kept"


def test_a_killed_broker_starts_again(broker: PrivateRabbitMQ) -> None:
    broker.kill()
    with pytest.raises(ConnectionRefusedError):
        connection(broker)
    broker.start()
    connection(broker).close()


def test_brokers_run_side_by_side_and_leave_nothing(broker: PrivateRabbitMQ) -> None:
    other = PrivateRabbitMQ().start()
    connection(broker).close()
    connection(other).close()
    other.close()
    assert not other.directory.exists()
    assert processes_about(str(other.directory)) == []


def test_a_broker_user_url_names_port_and_virtual_host() -> None:
    assert BrokerUser("ideas", "secret").url(5672) == f"amqp://ideas:secret@127.0.0.1:5672/{VIRTUAL_HOST}"


def test_postgres_keeps_data_over_restart_and_kill(postgres: PrivatePostgres) -> None:
    with psycopg.connect(postgres.url) as opened:
        opened.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    postgres.restart()
    with psycopg.connect(postgres.url) as opened:
        assert opened.execute("SELECT answer FROM kept").fetchone() == (42,)
    postgres.kill()
    postgres.start()
    with psycopg.connect(postgres.url) as opened:
        opened.execute("CHECKPOINT")


def test_postgres_asks_for_the_password(postgres: PrivatePostgres) -> None:
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(postgres.url.replace(postgres.password, "wrong"))


def test_fresh_databases_are_separate_and_dropped(postgres: PrivatePostgres) -> None:
    with TestDatabases(postgres.url) as databases:
        first, second = databases("ideas", migrated=False), databases("ideas", migrated=False)
        with psycopg.connect(first) as opened:
            opened.execute("CREATE TABLE only_here ()")
        with psycopg.connect(second) as opened:
            assert opened.execute("SELECT to_regclass('only_here')").fetchone() == (None,)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(first)


def test_servers_end_with_a_killed_parent() -> None:
    script = (
        "import time; from chassis.testing.private_postgres import PrivatePostgres as P;"
        "from chassis.testing.private_rabbitmq import PrivateRabbitMQ as R;"
        "r, p = R().start(), P().start(); print(r.directory, p.directory, flush=True); time.sleep(600)"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=environment)
    with parent:
        assert parent.stdout
        directories = parent.stdout.readline().split()
        assert len(directories) == 2
        parent.send_signal(signal.SIGKILL)
    for directory in directories:
        until(partial(gone, directory))
        subprocess.run(["rm", "-r", directory], check=True)


def test_the_plugin_loads_no_green_threads() -> None:
    script = "import sys, chassis.testing.plugin; print(*sorted({'eventlet', 'nameko'} & set(sys.modules)))"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == ""
