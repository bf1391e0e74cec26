"""A PostgreSQL of one's own: own directory and loopback port, from Debian's package, no systemd.

Works as root or not (PostgreSQL refuses root: it then runs as `postgres`), several side by side. `initialise` and
`command` describe the server for a process manager, `PrivatePostgres` runs one as a child.
"""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import psycopg

from chassis.testing import processes
from chassis.testing.ports import LOOPBACK, free_ports
from chassis.testing.processes import Command

INSTALL = "apt-get install -y --no-install-recommends postgresql"
SUPERUSER = "decider"
# A test's data need not outlive a power cut.
FORGETFUL: Mapping[str, str] = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_START_PATIENCE = 60.0
_PROGRAMS = "/usr/lib/postgresql"


class PostgresMissingError(RuntimeError):
    """PostgreSQL is not installed; the message is the command that installs it."""


class DirectoryClosedError(RuntimeError):
    """The account that runs PostgreSQL for root cannot reach the directory."""


def programs() -> Path:
    """The directory of the newest installed PostgreSQL's programs; PostgresMissingError when there is none."""
    versions = sorted(Path(_PROGRAMS).glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    for candidate in (os.environ.get("POSTGRES_BIN"), *versions):
        if candidate and Path(candidate, "initdb").exists():
            return Path(candidate)
    raise PostgresMissingError(f"PostgreSQL is not installed. As root: {INSTALL}")


def account() -> str | None:
    """The user as whom PostgreSQL has to run: None means ourselves, since only root is refused."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def reachable(directory: Path) -> bool:
    """Whether PostgreSQL's user can pass every directory above `directory`."""
    user = account()
    if user is None:
        return True
    uid = pwd.getpwnam(user).pw_uid
    return all(parent.stat().st_mode & 0o001 or parent.stat().st_uid == uid for parent in directory.parents)


def initialise(directory: Path, password: str) -> None:
    """Make an empty cluster of databases in `directory`, its superuser named SUPERUSER; harmless when there is one."""
    if (directory / "PG_VERSION").exists():
        return
    if not reachable(directory):
        raise DirectoryClosedError(f"{directory} lies under a directory closed to user {account()}")
    directory.mkdir(parents=True, exist_ok=True)
    user = account()
    if user:
        shutil.chown(directory, user, pwd.getpwnam(user).pw_gid)
    with tempfile.NamedTemporaryFile("w") as password_file:
        password_file.write(password + "\n")
        password_file.flush()
        if user:
            shutil.chown(password_file.name, user)
        _initdb(directory, password_file.name)


def command(directory: Path, port: int, settings: Mapping[str, str]) -> Command:
    """The server process over an initialised directory, listening on one loopback port and on no socket file."""
    options = {
        "listen_addresses": LOOPBACK,
        "port": str(port),
        "unix_socket_directories": "",  # paths of sockets are limited to 107 bytes, those of checkouts are not
        "timezone": "UTC",
        "max_connections": "200",
        "shared_buffers": "64MB",
    } | dict(settings)
    argv = [str(programs() / "postgres"), "-D", str(directory)]
    argv += [f"--{name}={value}" for name, value in options.items()]
    return Command(tuple(argv), _environment(directory), directory, account())


def answers(url: str) -> bool:
    """Whether the server accepts this connection now."""
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def server_url(password: str, port: int, database: str = "postgres", user: str = SUPERUSER) -> str:
    """The address of a database of a private server."""
    return f"postgresql://{user}:{password}@{LOOPBACK}:{port}/{database}"


def _initdb(directory: Path, password_file: str) -> None:
    user = account()
    options = ("-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    done = subprocess.run(
        [str(programs() / "initdb"), "-D", str(directory), "-U", SUPERUSER, f"--pwfile={password_file}", *options],
        env=_environment(directory),
        cwd=directory,
        user=user,
        group=pwd.getpwnam(user).pw_gid if user else None,
        extra_groups=[] if user else None,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise processes.ServerStartError(f"initdb: {done.stderr}")


def _environment(directory: Path) -> dict[str, str]:
    return {"PATH": f"{programs()}:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(directory)}


class PrivatePostgres:
    """A server that lives as long as its caller wants and never longer than its caller.

    Its port and its data stay the same over `stop` and `start`; `close` removes it all.
    """

    def __init__(self) -> None:
        programs()
        self.directory = Path(tempfile.mkdtemp(prefix="decider-postgres-"))
        self.directory.chmod(0o711)
        self.password = secrets.token_hex(8)
        (self.port,) = free_ports(1)
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address of the superuser's empty database."""
        return server_url(self.password, self.port)

    def start(self) -> Self:
        """Return when the server answers; at once when it runs already."""
        if self._running is None:
            data = self.directory / "data"
            initialise(data, self.password)
            log = self.directory / "postgres.log"
            self._running = processes.start(command(data, self.port, FORGETFUL), log)
            processes.wait_ready(self._running, lambda: answers(self.url), log=log, patience=_START_PATIENCE)
        return self

    def stop(self) -> None:
        """End the server cleanly, connections included; what was committed stays on disk."""
        if self._running is not None:
            processes.stop(self._running, signal.SIGINT)
            self._running = None

    def kill(self) -> None:
        """End the server as a power cut would."""
        if self._running is not None:
            processes.kill(self._running)
            self._running = None

    def restart(self, pause: float = 0.0) -> None:
        """Stop, stay away for `pause` seconds, start again on the same port with the same data."""
        self.stop()
        time.sleep(pause)
        self.start()

    def close(self) -> None:
        """End the server and remove its data."""
        self.kill()
        shutil.rmtree(self.directory, ignore_errors=True)
