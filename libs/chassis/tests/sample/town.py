"""Runs the sample services as processes on given servers, and looks at what they did."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import jwt
import psycopg
from amqp.exceptions import NotFound
from chassis.client import RpcClient
from chassis.testing import processes
from chassis.testing.processes import Command
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from kombu import Connection

ROOT = Path(__file__).parents[4]
PATIENCE = 60.0
Process = subprocess.Popen[bytes]


def until(condition: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
    """Wait for the condition, and give what it gave."""
    end = time.monotonic() + patience
    while not (found := condition()):
        assert time.monotonic() < end, f"still not: {what}"
        time.sleep(0.05)
    return found


def command(service: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", f"libs.chassis.tests.sample.{service}", *arguments]


@dataclass
class Town:
    """Databases, a broker and processes of the sample services."""

    amqp_url: str
    databases: dict[str, str]
    """Database of each service."""
    folder: Path
    more: dict[str, str] = field(default_factory=dict)
    running: list[tuple[str, Process]] = field(default_factory=list)
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    def __post_init__(self) -> None:
        public = json.loads(jwt.algorithms.OKPAlgorithm.to_jwk(self.key.public_key())) | {"kid": "k"}
        (self.folder / "jwks.json").write_text(json.dumps({"keys": [public]}))

    def environment(self, service: str) -> dict[str, str]:
        own = {
            "DATABASE_URL": self.databases[service],
            "AMQP_URL": self.amqp_url,
            "JWKS_FILE": str(self.folder / "jwks.json"),
            "TERRITORY_DIR": str(self.folder),
            "SERVICES": "giver,keeper",
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }
        return {**os.environ, **own, **self.more}

    def run(self, service: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a command of a service to its end."""
        return subprocess.run(
            command(service, *arguments),
            env=self.environment(service),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self, service: str, *arguments: str) -> Process:
        """Start one more process of a service."""
        argv = tuple(command(service, "run", *arguments))
        log = self.folder / f"{service}-{len(list(self.folder.glob('*.log')))}.log"
        process = processes.start(Command(argv, self.environment(service), ROOT), log)
        self.running.append((service, process))
        return process

    def kill(self, process: Process) -> None:
        """As a power cut would."""
        process.kill()
        process.wait()
        self.running = [(name, one) for name, one in self.running if one is not process]

    def replace(self, service: str, process: Process) -> None:
        """Kill a process and start another one."""
        self.kill(process)
        self.start(service)

    def stop(self) -> list[int]:
        """Ask every process to end; their exit codes."""
        for _, process in self.running:
            process.send_signal(signal.SIGTERM)
        codes = [process.wait(PATIENCE) for _, process in self.running]
        self.running = []
        return codes

    def close(self) -> None:
        """End what is left."""
        for _, process in list(self.running):
            self.kill(process)

    def token(self, account: UUID) -> str:
        now = int(datetime.now(UTC).timestamp())
        claims = {"iss": "decider", "aud": "decider", "sub": str(account), "iat": now, "exp": now + 600, "lvl": 200}
        return jwt.encode(claims, self.key, "EdDSA", {"kid": "k"})

    def client(self, name: str = "test") -> RpcClient:
        return RpcClient(self.amqp_url, name=name)

    def rows(self, service: str, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.databases[service]) as connection:
            return connection.execute(query).fetchall()

    def count(self, service: str, query: str) -> int:
        return int(self.rows(service, query)[0][0])

    def messages(self, queue: str) -> int | None:
        """How many messages wait in a queue; ``None``: there is no such queue."""
        with Connection(self.amqp_url) as connection:
            try:
                return int(connection.default_channel.queue_declare(queue, passive=True).message_count)
            except NotFound:
                return None

    def publish(self, body: bytes, *, exchange: str = "", route: str, **options: Any) -> None:
        """Put any bytes on the bus."""
        with Connection(self.amqp_url) as connection:
            connection.Producer().publish(body, exchange=exchange, routing_key=route, **options)
