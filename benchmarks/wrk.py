"""Runs wrk, a load generator in C, so that measuring takes as little as possible of the two cores measured."""

import json
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LUA = Path(__file__).parent / "lua"
LONGEST = "180s"


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


def send(site: str, requests: Sequence[Request], *, connections: int, folder: Path, pause: int = 0) -> Measured:
    """Send every request once over so many connections; each waits ``pause`` milliseconds before its next."""
    source = _written(folder, [request.line() for request in requests])
    return _run("send.lua", [f"-c{connections}", f"-d{LONGEST}"], [site, "--", str(source), str(pause)])


def read(site: str, paths: Sequence[str], *, connections: int, seconds: int, folder: Path) -> Measured:
    """Ask for the pages one after the other, again and again, for so many seconds."""
    source = _written(folder, paths)
    return _run("read.lua", [f"-c{connections}", f"-d{seconds}s"], [site, "--", str(source)])


def _written(folder: Path, lines: Sequence[str]) -> Path:
    source = folder / "requests.txt"
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return source


def _run(script: str, options: Sequence[str], arguments: Sequence[str]) -> Measured:
    """Run wrk with one thread; end it as soon as its script says that everything is answered."""
    command = ["wrk", "-t1", *options, "-s", str(LUA / script), *arguments]
    said: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line)
            if line.strip() == "FINISHED":
                process.send_signal(signal.SIGINT)
    return _result(said)


def _result(lines: Sequence[str]) -> Measured:
    found = next((line for line in lines if line.startswith("RESULT ")), None)
    if found is None:
        raise RuntimeError("".join(lines))
    values = json.loads(found.removeprefix("RESULT "))
    failed = values["bad"] + values["socket_errors"]
    return Measured(values["ok"], failed, values["seconds"], values["p50"], values["p99"])
