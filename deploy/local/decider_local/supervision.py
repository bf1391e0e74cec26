"""The process manager (supervisor) of the local suite: its configuration, and talking to it.

Every process is a group of its own, so that adding a third replica leaves the first two alone. A program whose section
changed (settings or code, see `Program.code`) is restarted by `apply`, the others go on.
"""

import os
import shlex
import subprocess
import time
import xmlrpc.client
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from chassis.testing.ports import LOOPBACK

from decider_local.keys import secret, write
from decider_local.layout import LOGS, PYTHON, ROOT, VAR
from decider_local.state import State

CONFIGURATION = VAR / "supervisord.conf"
PID_FILE = VAR / "supervisord.pid"
_PATIENCE = 60.0


class SuiteError(RuntimeError):
    """Something of the suite did not start or stop; the message says what, and where to look."""


@dataclass(frozen=True, slots=True)
class Program:
    """One process: `first` ones are started with the manager itself and stopped last."""

    name: str
    argv: Sequence[str]
    environment: Mapping[str, str]
    directory: Path = ROOT
    user: str | None = None
    first: bool = False
    code: str = ""
    stop_signal: str = "TERM"


@dataclass(frozen=True)
class Manager:
    """The running (or not) process manager."""

    state: State
    programs: Sequence[Program] = field(default=())

    def running(self) -> bool:
        """Whether it answers."""
        try:
            self._remote().getState()
        except (OSError, xmlrpc.client.Error):
            return False
        return True

    def launch(self) -> None:
        """Start it with the programs that come first; return when it answers."""
        command = [str(PYTHON), "-m", "supervisor.supervisord", "-c", str(CONFIGURATION)]
        done = subprocess.run(command, env=_clean(), cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SuiteError(f"The process manager did not start: {done.stderr}{done.stdout}")
        _wait(self.running, "The process manager did not answer")

    def write_configuration(self) -> None:
        """Write what the manager reads; nobody else may read it."""
        sections = [_manager_section(self.state), *map(_program_section, self.programs)]
        write(CONFIGURATION, "\n\n".join(sections) + "\n")

    def apply(self) -> None:
        """Bring the running manager to the written configuration: what changed is stopped, and can be started anew."""
        ((added, changed, removed),) = self._remote().reloadConfig()
        for name in (*changed, *removed):
            self._remote().stopProcessGroup(name)
            self._remote().removeProcessGroup(name)
        for name in (*changed, *added):
            self._remote().addProcessGroup(name)

    def start(self, name: str) -> None:
        """Start one program unless it runs."""
        if self.status().get(name) not in {"RUNNING", "STARTING"}:
            try:
                self._remote().startProcess(name)
            except xmlrpc.client.Fault as fault:
                log = LOGS / f"{name}.log"
                raise SuiteError(f"{name} did not start ({fault.faultString}); see {log}\n{_end_of(log)}") from None

    def status(self) -> dict[str, str]:
        """State by name of program, as supervisor calls it: RUNNING, STOPPED, BACKOFF, FATAL …"""
        rows = cast("list[dict[str, Any]]", self._remote().getAllProcessInfo())
        return {row["name"]: row["statename"] for row in rows}

    def shut_down(self) -> None:
        """Stop every program, the first ones last, then the manager; return when nothing is left."""
        self._remote().shutdown()
        _wait(lambda: not PID_FILE.exists() and not self.running(), "The suite is still stopping")

    def _remote(self) -> Any:  # noqa: ANN401 -- a proxy answers to any name
        address = f"http://decider:{secret('supervisor')}@{LOOPBACK}:{self.state.port('supervisor')}/RPC2"
        return xmlrpc.client.ServerProxy(address).supervisor


def _manager_section(state: State) -> str:
    lines = [
        "[supervisord]",
        f"logfile={_plain(LOGS)}/supervisord.log",
        f"pidfile={_plain(PID_FILE)}",
        f"childlogdir={_plain(LOGS)}",
        "minfds=1024",
        *(["user=root"] if os.geteuid() == 0 else []),
        "",
        "[inet_http_server]",
        f"port={LOOPBACK}:{state.port('supervisor')}",
        "username=decider",
        f"password={secret('supervisor')}",
        "",
        "[rpcinterface:supervisor]",
        "supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface",
    ]
    return "\n".join(lines)


def _program_section(program: Program) -> str:
    environment = dict(program.environment) | ({"DECIDER_CODE": program.code} if program.code else {})
    variables = ",".join(f'{name}="{_plain(value)}"' for name, value in sorted(environment.items()))
    lines = [
        f"[program:{program.name}]",
        f"command={_plain(shlex.join(program.argv))}",
        f"directory={_plain(program.directory)}",
        f"environment={variables}",
        f"autostart={str(program.first).lower()}",
        f"priority={1 if program.first else 500}",
        "autorestart=true",
        "startsecs=1",
        f"stopsignal={program.stop_signal}",
        "stopwaitsecs=40",
        "killasgroup=true",
        "redirect_stderr=true",
        f"stdout_logfile={_plain(LOGS)}/{program.name}.log",
        "stdout_logfile_maxbytes=10MB",
        "stdout_logfile_backups=2",
        *([f"user={program.user}"] if program.user else []),
    ]
    return "\n".join(lines)


def _plain(value: object) -> str:
    return str(value).replace("%", "%%")


def _clean() -> dict[str, str]:
    """Programs get what their sections say, not whatever the caller's shell holds."""
    kept = ("PATH", "HOME", "TZ")
    return {"LANG": "C.UTF-8", **{name: os.environ[name] for name in kept if name in os.environ}}


def _wait(holds: Any, complaint: str) -> None:  # noqa: ANN401
    deadline = time.monotonic() + _PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            raise SuiteError(f"{complaint}; see {LOGS}/supervisord.log")
        time.sleep(0.1)


def _end_of(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-20:]) if log.exists() else ""
