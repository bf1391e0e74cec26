"""`make up` and its companions, for real, in a folder of their own beside whatever else runs on the machine."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PATIENCE = 60.0


class Suite:
    """A suite of identity and gateway alone."""

    def __init__(self, var: Path) -> None:
        self.var = var

    def run(self, *words: str) -> str:
        environment = os.environ | {"DECIDER_VAR": str(self.var), "SERVICES": "identity"}
        environment |= {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        command = [sys.executable, "-m", "decider_local", *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def get(self, path: str) -> str:
        port = json.loads((self.var / "state.json").read_text())["ports"]["gateway"]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as response:
            return str(response.read().decode())

    def processes(self) -> dict[int, str]:
        """Process ids of what runs with something of this suite in its command or its environment."""
        marker = str(self.var).encode()
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if marker in (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes():
                    found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
            except (FileNotFoundError, ProcessLookupError, PermissionError):  # it has just ended, or is not ours
                continue
        return found

    def programs(self) -> dict[int, str]:
        """Without the processes that the servers start and end as they like."""
        return {pid: command for pid, command in self.processes().items() if "python" in command}

    def worker(self) -> int | None:
        return next((pid for pid, command in self.processes().items() if "-m identity run" in command), None)


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    var = Path(f"/tmp/decider-up-{os.getpid()}")  # PostgreSQL's user has to reach it, which pytest's folder forbids
    started = Suite(var)
    try:
        started.run("up")
        yield started
    finally:
        started.run("clean")
        var.rmdir()


def until(found: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < end, what
        time.sleep(0.1)


@pytest.mark.timeout(300)
def test_up_answers_and_a_second_time_disturbs_nothing(suite: Suite) -> None:
    assert '"identity"' in suite.get("/api/v1")
    before = suite.programs()
    assert "http://127.0.0.1:" in suite.run("up")
    assert suite.programs() == before


def test_a_killed_service_comes_back(suite: Suite) -> None:
    killed = suite.worker()
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    until(lambda: suite.worker() not in {None, killed}, "the service did not come back")
    until(lambda: "not ready" not in suite.run("status"), "the service came back but does not answer")


@pytest.mark.timeout(300)
def test_scaling_adds_a_process_beside_the_first(suite: Suite) -> None:
    first = suite.worker()
    suite.run("scale", "identity=2")
    workers = [pid for pid, command in suite.processes().items() if "-m identity run" in command]
    assert first in workers
    assert len(workers) == 2
    assert suite.run("status").count(" ready") == 3
    suite.run("scale", "identity=1")
    assert [pid for pid, command in suite.processes().items() if "-m identity run" in command] == [first]


def test_secrets_are_in_no_environment_and_no_command(suite: Suite) -> None:
    secrets = [path.read_bytes().strip() for path in (suite.var / "secrets").iterdir() if path.name != "jwks.json"]
    for pid in suite.programs():
        shown = Path(f"/proc/{pid}/environ").read_bytes() + Path(f"/proc/{pid}/cmdline").read_bytes()
        assert not [secret for secret in secrets if secret in shown], pid


@pytest.mark.timeout(300)
def test_down_leaves_no_process_and_up_finds_the_data_again(suite: Suite) -> None:
    keys = suite.get("/.well-known/jwks.json")
    suite.run("down")
    assert suite.processes() == {}
    suite.run("up")
    assert suite.get("/.well-known/jwks.json") == keys
