"""The whole suite as `make up` starts it, in a folder of its own: five services, gateway, broker, database, mails."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from decider_demo.api import Api

ALL = "identity,ideas,voting,consultations,notifications"


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite in ``var``; which services run is said anew by each ``up``."""

    var: Path

    def run(self, command: str, services: str = ALL) -> str:
        """Do what a target of the Makefile does; what it printed."""
        environment = os.environ | {"DECIDER_VAR": str(self.var), "SERVICES": services}
        environment |= {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        done = subprocess.run(
            [sys.executable, "-m", "decider_local", command],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def port(self, name: str) -> int:
        return int(json.loads((self.var / "state.json").read_text())["ports"][name])

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.port('gateway')}"

    @property
    def mails(self) -> str:
        return f"http://127.0.0.1:{self.port('mail_page')}"

    def api(self) -> Api:
        """The API as nobody, from the address that has no rate limit."""
        return Api(self.site, "127.0.0.2")

    def as_(self, email: str) -> Api:
        """The API as one of the demonstration's accounts."""
        api = self.api()
        api.sign_in(email, (self.var / "secrets" / "demo-password").read_text().strip())
        return api

    def page(self, path: str) -> tuple[int, str]:
        request = urllib.request.Request(self.site + path, headers={"Accept-Language": "fr"})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def mails_to(self, address: str) -> list[dict[str, Any]]:
        with urllib.request.urlopen(f"{self.mails}/mails.json?to={address}", timeout=10) as answer:
            found: list[dict[str, Any]] = json.loads(answer.read())
            return found


@pytest.fixture(scope="session")
def suite() -> Iterator[Suite]:
    var = Path(f"/tmp/decider-whole-{os.getpid()}")  # PostgreSQL's user has to reach it, which pytest's folder forbids
    started = Suite(var)
    try:
        started.run("up")
        yield started
    finally:
        started.run("clean")
        if var.exists():
            var.rmdir()
