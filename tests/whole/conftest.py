"""The whole suite as `make up` starts it, in a folder of its own: five services, gateway, broker, database, mails."""

import json
import os
import secrets
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from decider_demo.api import Api
from decider_demo.inhabitants import Counter, Seed, Wallet

from tests.whole.city import City
from tests.whole.site import Browser

ALL = "identity,ideas,voting,consultations,notifications"
UNLIMITED = "127.0.0.2"
GIVEN = {"AMQP_URL", "POSTGRES_URL"}
"""Servers that hold somebody's real suite, perhaps: this one, which is cleaned away afterwards, starts its own."""


class Patient(httpx.HTTPTransport):
    """Asks again when the answer is "later", as a busy machine gives it; every write here bears its own identifier."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = super().handle_request(request)
        for _ in range(5):
            if answer.status_code not in {503, 504}:
                break
            answer.close()
            answer = super().handle_request(request)
        return answer


@dataclass
class Suite:
    """A suite in ``var``; which services run is said anew by each ``up``."""

    var: Path
    _opened: list[Api] = field(default_factory=list)

    def run(self, command: str, services: str = ALL) -> str:
        """Do what a target of the Makefile does; what it printed."""
        environment = {name: value for name, value in os.environ.items() if name not in GIVEN}
        environment |= {"DECIDER_VAR": str(self.var), "SERVICES": services}
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

    @contextmanager
    def browser(self) -> Iterator[Browser]:
        """A browser of somebody who has not been here before."""
        with self.client() as http:
            yield Browser(http)

    def client(self) -> httpx.Client:
        """HTTP from the address that has no rate limit."""
        return httpx.Client(base_url=self.site, transport=Patient(local_address=UNLIMITED), timeout=30)

    def api(self) -> Api:
        """The API as nobody, from the address that has no rate limit."""
        self._opened.append(Api(self.site, UNLIMITED))
        return self._opened[-1]

    def close(self) -> None:
        """Let go of every connection."""
        for api in self._opened:
            api.close()

    def as_(self, email: str) -> Api:
        """The API as one of the demonstration's accounts."""
        api = self.api()
        api.sign_in(email, self.password)
        return api

    @property
    def password(self) -> str:
        """The password of the demonstration's accounts."""
        return (self.var / "secrets" / "demo-password").read_text().strip()

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
        started.close()
        started.run("clean")
        if var.exists():
            var.rmdir()


@pytest.fixture(scope="module")
def city(suite: Suite, tmp_path_factory: pytest.TempPathFactory) -> City:
    """Real things to do something to; its agent signs in anew for each module, before a token ends."""
    agent = suite.as_("demonstration@example.org")
    wallet = Wallet(tmp_path_factory.mktemp("cards") / "cards.txt")
    return City(agent, Counter(agent, Seed(secrets.token_bytes(32)), wallet))
