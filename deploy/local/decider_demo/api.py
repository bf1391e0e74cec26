"""The public API as a client sees it: HTTP, a token, patience when the answer is "later"."""

import threading
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

PATIENT = {429, 503, 504}
TRIES = 20
REFRESH_AFTER = 8 * 60
"""Seconds; an access token lives ten minutes."""


class Refused(Exception):
    """The API said no; the text is what it said, field by field."""

    def __init__(self, problem: dict[str, Any]) -> None:
        errors = "; ".join(f"{e.get('pointer', '')} {e.get('detail', '')}".strip() for e in problem.get("errors", ()))
        super().__init__(errors or problem.get("detail") or problem.get("title") or str(problem))
        self.status = problem.get("status")


@dataclass(slots=True)
class Api:
    """Speaks to ``<site>/api/v1``, as somebody after :meth:`sign_in`. Safe to share between threads."""

    site: str
    source: str = ""
    """The address of this machine from which to speak; the loader's own has no rate limit."""
    _token: str = ""
    _login: tuple[str, str] | None = field(default=None, repr=False)
    _since: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        limits = httpx.Limits(max_connections=64, max_keepalive_connections=64)
        way = httpx.HTTPTransport(local_address=self.source or None, limits=limits)
        self._http = httpx.Client(base_url=f"{self.site.rstrip('/')}/api/v1", timeout=30, transport=way)

    def get(self, path: str, **query: str) -> dict[str, Any]:
        """Read. Raises :class:`Refused`."""
        return self.send("GET", path, params=query)

    def post(self, path: str, body: dict[str, Any], token: str | None = None) -> dict[str, Any]:
        """Write, as ``token`` (``""``: as nobody; none given: as oneself). Raises :class:`Refused`.

        Repeated if the answer was "later": every write here bears its own identifier.
        """
        return self.send("POST", path, json=body, token=token)

    def send(self, method: str, path: str, *, token: str | None = None, **content: Any) -> dict[str, Any]:  # noqa: ANN401
        """One request, patiently. Raises :class:`Refused` for a no, and for a "later" that lasts too long."""
        bearer = self.token if token is None else token
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        for _ in range(TRIES):
            answer = self._answer(method, path, headers, content)
            if answer.status_code not in PATIENT:
                break
            time.sleep(min(float(answer.headers.get("Retry-After", 1)), 10.0))
        body: dict[str, Any] = answer.json() if answer.content else {}
        if answer.is_error:
            raise Refused({"status": answer.status_code, **body})
        return body

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def _answer(self, method: str, path: str, headers: dict[str, str], content: dict[str, Any]) -> httpx.Response:
        """One request; a connection that broke is an answer "later"."""
        try:
            return self._http.request(method, path, headers=headers, **content)
        except httpx.TransportError as broken:
            return httpx.Response(503, json={"detail": f"nobody answers: {broken}"})

    def sign_in(self, login: str, password: str) -> None:
        """Speak as this account from now on, however long it takes."""
        self._login = (login, password)
        self._begin_session()

    @property
    def token(self) -> str:
        """The access token of whom one speaks as, still valid for a while; nothing as nobody."""
        with self._lock:
            if self._login and time.monotonic() - self._since > REFRESH_AFTER:
                self._begin_session()
            return self._token

    @token.setter
    def token(self, token: str) -> None:
        self._token = token

    def _begin_session(self) -> None:
        login, password = self._login or ("", "")
        body = {"login": login, "password": password, "device": "demo"}
        self._token = self.post("/sessions", body, token="")["access_token"]
        self._since = time.monotonic()
