"""Child processes that never outlive the process that started them, and never touch a stranger.

A `Command` says how a server is run without running it: tests start it as a child of their own, `make up` hands the
same command to its process manager.
"""

import ctypes
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


class ServerStartError(RuntimeError):
    """A server ended, or did not answer in time; the message holds the end of its log."""


@dataclass(frozen=True, slots=True)
class Command:
    """How to run one process: its arguments, its whole environment, where, and as which user (None: as ours)."""

    argv: tuple[str, ...]
    environment: Mapping[str, str]
    directory: Path
    user: str | None = None


def start(command: Command, log: Path) -> "subprocess.Popen[bytes]":
    """Start the command in a session of its own, output appended to `log`; it gets SIGTERM when this thread ends."""
    account = pwd.getpwnam(command.user) if command.user else None
    with log.open("ab") as output:
        return subprocess.Popen(
            command.argv,
            env=dict(command.environment),
            cwd=command.directory,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=account and account.pw_uid,
            group=account and account.pw_gid,
            extra_groups=[] if account else None,
            preexec_fn=_die_with(os.getpid()),  # noqa: PLW1509 - it takes no lock and allocates nothing
        )


def stop(process: "subprocess.Popen[bytes]", sent: signal.Signals = signal.SIGTERM, patience: float = 30.0) -> None:
    """Ask the process to end and wait; its whole session is killed when `patience` seconds were not enough."""
    if process.poll() is None:
        process.send_signal(sent)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            kill(process)


def kill(process: "subprocess.Popen[bytes]") -> None:
    """End the process and all of its session at once, as a power cut would."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_ready(process: "subprocess.Popen[bytes]", ready: Callable[[], bool], *, log: Path, patience: float) -> None:
    """Return as soon as `ready()` holds; ServerStartError, with the end of the log, when it ends or stays silent."""
    deadline = time.monotonic() + patience
    while not ready():
        if process.poll() is not None:
            raise ServerStartError(f"{log.stem} ended with {process.returncode}\n{_end_of(log)}")
        if time.monotonic() > deadline:
            raise ServerStartError(f"{log.stem} did not answer within {patience:.0f} s\n{_end_of(log)}")
        time.sleep(0.05)


def _die_with(parent: int) -> Callable[[], None]:
    def prepare() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # the parent ended before the call above took effect
            os._exit(1)

    return prepare


def _end_of(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-25:])
