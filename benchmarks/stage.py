"""What a measurement needs: people with accounts, open votes and ideas, the plain path and the floor beside the suite.

Everything of the suite is reached through its public API; the two paths it is compared with get a database of their own
on the same PostgreSQL, a RabbitMQ of the same kind, and the same web server with as many processes.
"""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

import psycopg
from chassis.testing.ports import free_ports
from chassis.testing.private_rabbitmq import PrivateRabbitMQ
from decider_demo.inhabitants import Counter, Newcomer, Person, together
from decider_local import keys, servers, suite
from decider_local.layout import ROOT
from decider_local.state import State

DATABASE = "decider_bench"
CHOICES = 20
RIVALS = ("plain", "floor", "floor on threads")
ON_THREADS = ("-k", "gthread", "--threads", "32")
COLUMNS = "voter uuid, election uuid, choices text[] NOT NULL, PRIMARY KEY (voter, election)"


@dataclass(frozen=True, slots=True)
class Stage:
    """The suite that runs here and who acts in it."""

    state: State
    desk: Counter
    people: Sequence[Person]

    @property
    def site(self) -> str:
        """The address of the suite."""
        return suite.public_url(self.state)

    def database(self, name: str) -> str:
        """A database of this machine's PostgreSQL, as its owner."""
        return servers.postgres_url(self.state).set(database=name).render_as_string(hide_password=False)


def people(desk: Counter, count: int) -> list[Person]:
    """So many people with fresh access tokens."""
    newcomers = [Newcomer(f"bench-{number}", f"Banc {number}", f"750{5 + number % 16:02d}") for number in range(count)]
    return together(desk.settle, newcomers, threads=16, title="Accounts")


def open_election(desk: Counter) -> str:
    """A vote that is open now: choose up to three of twenty projects. Its identifier."""
    now = datetime.now(UTC).replace(microsecond=0)
    id_ = str(uuid4())
    draft: dict[str, Any] = {
        "id": id_,
        "slug": f"bench-{id_[:13]}",
        "title": {"fr": "Mesure"},
        "method": {"kind": "approval", "max_choices": 3},
        "candidates": [{"id": str(n), "title": {"fr": f"Projet {n}"}, "cost": 1000} for n in range(1, CHOICES + 1)],
        "opens_at": now.isoformat(),
        "closes_at": (now + timedelta(days=2)).isoformat(),
    }
    desk.api.post("/elections", draft)
    desk.api.post(f"/elections/{id_}/opening", {})
    wait(lambda: desk.api.get(f"/elections/{id_}")["state"] == "open", "the vote")
    return id_


@contextmanager
def rivals(stage: Stage, log: Path) -> Iterator[dict[str, str]]:
    """The plain path and the floor, running, the floor also on threads; their addresses."""
    make_database(stage)
    plain, floor, threads = addresses = tuple(f"127.0.0.1:{port}" for port in free_ports(3))
    broker = PrivateRabbitMQ().start()
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": stage.database(DATABASE),
        "FLOOR_URL": stage.database(DATABASE),
        "AMQP_URL": broker.url,
        "JWKS_FILE": str(keys.JWKS),
        "TERRITORY_DIR": str(suite.TERRITORY),
        "LOG_LEVEL": "WARNING",
    }
    with ExitStack() as stack, log.open("wb") as out:
        stack.callback(broker.close)
        stack.enter_context(running([sys.executable, "-m", "benchmarks.plain", "run"], environment, out))
        stack.enter_context(running(web("benchmarks.plain.gateway:app", plain), environment, out))
        stack.enter_context(running(web("benchmarks.floor:app", floor), environment, out))
        stack.enter_context(running([*web("benchmarks.floor:app", threads), *ON_THREADS], environment, out))
        for address in addresses:
            wait(lambda address=address: listens(address), address)
        yield {name: f"http://{address}" for name, address in zip(RIVALS, addresses, strict=True)}


def web(application: str, address: str) -> list[str]:
    """gunicorn as the gateway has it."""
    configuration = str(ROOT / "gateway" / "gunicorn.conf.py")
    return [sys.executable, "-m", "gunicorn", application, "-c", configuration, "-b", address]


@contextmanager
def running(command: Sequence[str], environment: dict[str, str], out: Any) -> Iterator[None]:  # noqa: ANN401
    """A process for as long as it is needed."""
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=out, stderr=out)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def make_database(stage: Stage) -> None:
    """An empty database for the two rivals."""
    with psycopg.connect(stage.database("postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")
    with psycopg.connect(stage.database(DATABASE), autocommit=True) as connection:
        for name in ("plain", "floor"):
            connection.execute(f"CREATE TABLE {name}_ballots ({COLUMNS})".encode())


def listens(address: str) -> bool:
    """Whether an HTTP server answers there, whatever it says."""
    try:
        urllib.request.urlopen(f"http://{address}/", timeout=1)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def wait(until: Any, what: str, seconds: float = 30) -> None:  # noqa: ANN401
    """Wait until something holds. Raises ``TimeoutError`` with its name."""
    end = monotonic() + seconds
    while not until():
        if monotonic() > end:
            raise TimeoutError(what)
        sleep(0.1)
