"""Runs wrk, a load generator in C, so that measuring takes as little as possible of the two cores measured."""

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

LUA = Path(__file__).parent / "lua"
LONGEST = "120s"


@dataclass(frozen=True, slots=True)
class Request:
    """One request to send."""

    method: str
    path: str
    token: str
    body: str

    def line(self) -> str:
        """As the script reads it."""
        return "\t".join((self.method, self.path, self.token, self.body))


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run showed. Latencies in milliseconds."""

    ok: int
    bad: int
    seconds: float
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        """Answers per second."""
        return self.ok / self.seconds


def send(site: str, requests: list[Request], *, connections: int, folder: Path, pause: int = 0) -> Measured:
    """Send every request once over so many connections; each waits ``pause`` milliseconds before its next."""
    source = folder / "requests.txt"
    source.write_text("\n".join(request.line() for request in requests) + "\n", encoding="utf-8")
    script = ["-s", str(LUA / "send.lua"), site, "--", str(source), "1", str(pause)]
    return _result(_run(["-t1", f"-c{connections}", f"-d{LONGEST}", *script]))


def read(address: str, *, connections: int, seconds: int) -> Measured:
    """Ask for one page again and again, compressed."""
    found = _run(["-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(LUA / "read.lua"), address])
    return _result(found)


def _run(arguments: list[str]) -> str:
    return subprocess.run(["wrk", *arguments], capture_output=True, text=True, check=True).stdout


def _result(text: str) -> Measured:
    found = re.search(r"^RESULT (.*)$", text, re.MULTILINE)
    if found is None:
        raise RuntimeError(text)
    values = json.loads(found.group(1))
    failed = values["bad"] + values["socket_errors"]
    return Measured(values["ok"], failed, values["seconds"], values["p50"], values["p99"])
