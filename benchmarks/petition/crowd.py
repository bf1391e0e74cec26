"""The people: those who sign, each when it is due and until it is counted; those who read the page meanwhile."""

import http.client
import json
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlsplit

SIGNERS = 64
READERS = 12
LATER = {429, 502, 503, 504}
TRIES = 20


@dataclass(frozen=True, slots=True)
class Signature:
    """One support: when it was due, when it was answered, in seconds from the beginning; after how many tries."""

    due: float
    done: float
    took: float
    """Of the last try."""
    tries: int
    outcome: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a page: when, how long it took, what it said."""

    at: float
    took: float
    status: int
    body: bytes = field(repr=False)


class Line:
    """A connection that stays open, of one thread."""

    def __init__(self, site: str) -> None:
        self._host = urlsplit(site).netloc
        self._open: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, headers: dict[str, str], body: str | None = None) -> tuple[int, bytes]:
        """Status and body; 0 when the connection broke."""
        if self._open is None:
            self._open = http.client.HTTPConnection(self._host, timeout=30)
        try:
            self._open.request(method, path, body, headers)
            answer = self._open.getresponse()
            return answer.status, answer.read()
        except (http.client.HTTPException, OSError):
            self._open.close()
            self._open = None
            return 0, b""


def sign(site: str, idea_id: str, tokens: Sequence[str], due: Sequence[float], begun: float) -> list[Signature]:
    """Everybody signs, each when it is due, as often as it takes to be told that it is counted."""
    path, local, turns = f"/api/v1/ideas/{idea_id}/support", threading.local(), iter(range(len(due)))
    lock = threading.Lock()

    def one(number: int) -> Signature:
        line: Line = getattr(local, "line", None) or Line(site)
        local.line = line
        time.sleep(max(0.0, begun + due[number] - time.monotonic()))
        headers = {"Authorization": f"Bearer {tokens[number]}", "Content-Type": "application/json"}
        for tries in range(1, TRIES + 1):
            sent = time.monotonic()
            status, body = line.ask("PUT", path, headers, "{}")
            now = time.monotonic()
            if status == 200:
                return Signature(due[number], now - begun, now - sent, tries, str(json.loads(body)["outcome"]))
            if status and status not in LATER:
                return Signature(due[number], now - begun, now - sent, tries, f"HTTP {status}")
            time.sleep(0.5)
        return Signature(due[number], time.monotonic() - begun, 0.0, TRIES, "given up")

    def worker(_thread: int) -> list[Signature]:
        found: list[Signature] = []
        while True:
            with lock:
                number = next(turns, None)
            if number is None:
                return found
            found.append(one(number))

    with ThreadPoolExecutor(SIGNERS) as pool:
        return [signature for part in pool.map(worker, range(SIGNERS)) for signature in part]


def read(  # noqa: PLR0913 -- who reads what, how often and for how long
    site: str, path: str, headers: dict[str, str], *, rate: float, seconds: Callable[[], bool], begun: float
) -> list[Reading]:
    """Read an address so often a second, for as long as ``seconds`` says."""
    local, lock, turn = threading.local(), threading.Lock(), iter(range(10**9))

    def worker(_thread: int) -> list[Reading]:
        found: list[Reading] = []
        while seconds():
            with lock:
                due = begun + next(turn) / rate
            time.sleep(max(0.0, due - time.monotonic()))
            line: Line = getattr(local, "line", None) or Line(site)
            local.line = line
            sent = time.monotonic()
            status, body = line.ask("GET", path, headers)
            found.append(Reading(sent - begun, time.monotonic() - sent, status, body))
        return found

    with ThreadPoolExecutor(READERS) as pool:
        return [reading for part in pool.map(worker, range(READERS)) for reading in part]
