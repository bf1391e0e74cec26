"""A RabbitMQ of one's own: own directory, node name, cookie, epmd and loopback ports, from Debian's package.

Works without systemd, as root or not, several side by side; nothing of a system-wide RabbitMQ is read or touched.
`configure` and `commands` describe the broker for a process manager, `PrivateRabbitMQ` runs one as a child.
"""

import base64
import hashlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from chassis.testing import processes
from chassis.testing.ports import LOOPBACK, free_ports
from chassis.testing.processes import Command

INSTALL = "apt-get install -y --no-install-recommends rabbitmq-server"
VIRTUAL_HOST = "decider"
_START_PATIENCE = 90.0
# Debian's wrapper in /usr/sbin changes user and directory: the scripts behind it do neither.
_SCRIPTS = ("/usr/lib/rabbitmq/bin", "/opt/rabbitmq/sbin")


class RabbitMQMissingError(RuntimeError):
    """RabbitMQ is not installed; the message is the command that installs it."""


@dataclass(frozen=True, slots=True)
class BrokerPorts:
    """Loopback ports of one broker: AMQP, Erlang distribution, Erlang port mapper."""

    amqp: int
    distribution: int
    mapper: int

    @classmethod
    def free(cls) -> Self:
        """Three ports on which nothing listens."""
        return cls(*free_ports(3))


@dataclass(frozen=True, slots=True)
class BrokerUser:
    """An account of the broker and what it may do: regular expressions over names of queues and exchanges."""

    name: str
    password: str
    configure: str = ".*"
    write: str = ".*"
    read: str = ".*"
    administrator: bool = False

    def url(self, port: int) -> str:
        """The AMQP address with which this user connects."""
        return f"amqp://{self.name}:{self.password}@{LOOPBACK}:{port}/{VIRTUAL_HOST}"


def scripts() -> Path:
    """The directory of RabbitMQ's own scripts; RabbitMQMissingError, naming the command to type, when there is none."""
    for candidate in (os.environ.get("RABBITMQ_BIN"), *_SCRIPTS):
        if candidate and Path(candidate, "rabbitmq-server").exists():
            return Path(candidate)
    raise RabbitMQMissingError(f"RabbitMQ is not installed. As root: {INSTALL}")


def configure(directory: Path, ports: BrokerPorts, users: Sequence[BrokerUser]) -> None:
    """Write everything the broker reads under `directory`; users and rights are loaded anew at each start."""
    (directory / "conf.d").mkdir(parents=True, exist_ok=True)
    cookie = directory / ".erlang.cookie"
    if not cookie.exists():
        cookie.write_text(secrets.token_hex(16))
        cookie.chmod(0o400)
    (directory / "rabbitmq-env.conf").touch()
    (directory / "advanced.config").write_text("[].\n")
    (directory / "enabled_plugins").write_text("[].\n")
    _write_secret(directory / "definitions.json", json.dumps(definitions(users)))
    (directory / "rabbitmq.conf").write_text(_settings(directory, ports))


def commands(directory: Path, ports: BrokerPorts) -> tuple[Command, Command]:
    """The two processes of a broker in the order they start: its port mapper, then the broker."""
    environment = _environment(directory, ports)
    mapper = shutil.which("epmd") or "/usr/bin/epmd"
    return (
        Command((mapper, "-port", str(ports.mapper), "-address", LOOPBACK), environment, directory),
        Command((str(scripts() / "rabbitmq-server"),), environment, directory),
    )


def answers(port: int) -> bool:
    """Whether the broker greets: its listeners open at the end of its start, after users and rights were loaded."""
    try:
        with socket.create_connection((LOOPBACK, port), 1) as connection:
            connection.settimeout(2)
            connection.sendall(b"AMQP\x00\x00\x09\x01")
            return connection.recv(1) == b"\x01"
    except OSError:
        return False


def _write_secret(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text)


def definitions(users: Sequence[BrokerUser]) -> dict[str, object]:
    """Virtual host, users and rights, in the form that a broker loads when it starts."""
    return {
        "vhosts": [{"name": VIRTUAL_HOST}],
        "users": [_account(user) for user in users],
        "permissions": [
            {"user": u.name, "vhost": VIRTUAL_HOST, "configure": u.configure, "write": u.write, "read": u.read}
            for u in users
        ],
    }


def _account(user: BrokerUser) -> dict[str, object]:
    salt = secrets.token_bytes(4)
    digest = hashlib.sha256(salt + user.password.encode()).digest()
    return {
        "name": user.name,
        "password_hash": base64.b64encode(salt + digest).decode(),
        "hashing_algorithm": "rabbit_password_hashing_sha256",
        "tags": ["administrator"] if user.administrator else [],
    }


def _settings(directory: Path, ports: BrokerPorts) -> str:
    lines = (
        f"listeners.tcp.1 = {LOOPBACK}:{ports.amqp}",
        "log.console.level = info",
        "disk_free_limit.absolute = 50MB",
        "vm_memory_high_watermark.absolute = 1GiB",
        f"load_definitions = {directory}/definitions.json",
    )
    return "\n".join(lines) + "\n"


def _environment(directory: Path, ports: BrokerPorts) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(directory),  # the Erlang cookie lies there
        "LANG": "C.UTF-8",
        "RABBITMQ_NODENAME": "private@localhost",  # unique, since each broker has its own port mapper
        "RABBITMQ_BASE": str(directory),
        "RABBITMQ_MNESIA_BASE": f"{directory}/mnesia",
        "RABBITMQ_LOG_BASE": f"{directory}/log",
        "RABBITMQ_LOGS": "-",
        "RABBITMQ_PID_FILE": f"{directory}/broker.pid",
        # each of these would else be read from /etc/rabbitmq
        "RABBITMQ_CONF_ENV_FILE": f"{directory}/rabbitmq-env.conf",
        "RABBITMQ_CONFIG_FILE": f"{directory}/rabbitmq.conf",
        "RABBITMQ_CONFIG_FILES": f"{directory}/conf.d",
        "RABBITMQ_ADVANCED_CONFIG_FILE": f"{directory}/advanced.config",
        "RABBITMQ_ENABLED_PLUGINS_FILE": f"{directory}/enabled_plugins",
        "RABBITMQ_DIST_PORT": str(ports.distribution),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none",
        "RUNNING_UNDER_SYSTEMD": "1",  # the broker replaces its start script: signals and waits reach it directly
        "ERL_EPMD_PORT": str(ports.mapper),
        "ERL_EPMD_ADDRESS": LOOPBACK,
        "ERL_CRASH_DUMP": f"{directory}/erl_crash.dump",
    }


class PrivateRabbitMQ:
    """A broker that lives as long as its caller wants and never longer than its caller.

    Its ports and its data stay the same over `stop` and `start`; `close` removes it all.
    """

    def __init__(self) -> None:
        scripts()
        self.directory = Path(tempfile.mkdtemp(prefix="decider-rabbitmq-"))
        self.user = BrokerUser("test", secrets.token_hex(8), administrator=True)
        self.ports = BrokerPorts.free()
        self._running: list[subprocess.Popen[bytes]] = []

    @property
    def url(self) -> str:
        """The AMQP address of a user who may do everything."""
        return self.user.url(self.ports.amqp)

    def start(self) -> Self:
        """Return when the broker answers; at once when it runs already."""
        if self._running:
            return self
        configure(self.directory, self.ports, [self.user])
        try:
            self._start_processes()
        except processes.ServerStartError:
            self.stop()
            raise
        return self

    def _start_processes(self) -> None:
        mapper, broker = commands(self.directory, self.ports)
        self._running.append(processes.start(mapper, self.directory / "epmd.log"))
        log = self.directory / "rabbitmq.log"
        running = processes.start(broker, log)
        self._running.append(running)
        processes.wait_ready(running, lambda: answers(self.ports.amqp), log=log, patience=_START_PATIENCE)

    def stop(self) -> None:
        """End the broker cleanly; durable queues and their messages stay on disk."""
        while self._running:
            processes.stop(self._running.pop())

    def kill(self) -> None:
        """End the broker as a power cut would."""
        while self._running:
            processes.kill(self._running.pop())

    def restart(self, pause: float = 0.0) -> None:
        """Stop, stay away for `pause` seconds, start again on the same ports with the same queues."""
        self.stop()
        time.sleep(pause)
        self.start()

    def control(self, *arguments: str) -> str:
        """What `rabbitmqctl <arguments>` prints for this broker."""
        return subprocess.run(
            [scripts() / "rabbitmqctl", "-q", *arguments],
            env=_environment(self.directory, self.ports),
            cwd=self.directory,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def close(self) -> None:
        """End the broker and remove its data."""
        self.kill()
        shutil.rmtree(self.directory, ignore_errors=True)
