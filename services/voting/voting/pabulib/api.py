"""The public API, as much of it as importing needs: one kept connection a thread, problems as words."""

import http.client
import json
import threading
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit


class Refused(RuntimeError):
    """The API said no; the message is its problem in words."""


@dataclass(slots=True)
class Api:
    """``https://…`` of a deployment."""

    address: str
    _own: threading.local = field(default_factory=threading.local)

    def call(self, method: str, path: str, token: str, body: dict[str, Any]) -> dict[str, Any]:
        """Ask; the answer's document. Raises :class:`Refused`, or ``OSError`` if nobody answers."""
        connection = self._connection()
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        try:
            connection.request(method, f"/api/v1{path}", json.dumps(body).encode(), headers)
            answer = connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            del self._own.connection
            raise
        document: dict[str, Any] = json.loads(text) if text else {}
        if answer.status >= http.client.BAD_REQUEST:
            raise Refused(_words(answer.status, document))
        return document

    def _connection(self) -> http.client.HTTPConnection:
        if not hasattr(self._own, "connection"):
            parts = urlsplit(self.address)
            kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
            self._own.connection = kind(parts.netloc, timeout=30)
        kept: http.client.HTTPConnection = self._own.connection
        return kept


def _words(status: int, problem: dict[str, Any]) -> str:
    errors = "; ".join(f"{one['pointer']}: {one['detail']}" for one in problem.get("errors", ()))
    return errors or problem.get("detail") or problem.get("title") or f"HTTP status {status}"
