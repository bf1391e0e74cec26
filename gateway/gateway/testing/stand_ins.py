"""Stand-ins for tests of the gateway: services that answer what a test tells them, and a browser without a screen."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import falcon.testing
from chassis.client import NOBODY, Context
from contracts.errors import Fault
from contracts.registry import Call


class FakeServices:
    """Answers calls with what ``on`` was given; any other call says that the service is down."""

    connected = True

    def __init__(self) -> None:
        self._answers: dict[str, Callable[[Any, Context], Any]] = {}
        self.asked: list[tuple[str, Any, Context]] = []

    def on(self, call: Call[Any, Any], answer: Any) -> None:
        """``answer``: a reply, a fault to raise, or a function of request and context."""
        if callable(answer):
            self._answers[call.route] = answer
        else:
            self._answers[call.route] = lambda _request, _context: answer

    def call(self, call: Call[Any, Any], request: Any, *, context: Context = NOBODY, deadline: float = 5.0) -> Any:
        assert isinstance(request, call.request)
        self.asked.append((call.route, request, context))
        return self.answer(call, request, context)

    def answer(self, call: Call[Any, Any], request: Any, context: Context) -> Any:
        """What the call is answered, without noting that it was asked: for answers made of others."""
        if call.route not in self._answers:
            raise Fault.unavailable(f"{call.service} does not answer.")
        reply = self._answers[call.route](request, context)
        if isinstance(reply, Fault):
            raise reply
        assert isinstance(reply, call.reply)
        return reply


class Browser:
    """Keeps cookies, sends forms with the token of the page."""

    def __init__(self, client: falcon.testing.TestClient) -> None:
        self._client = client
        self.cookies: dict[str, str] = {}

    def get(self, path: str, **headers: str) -> falcon.testing.Result:
        return self._remember(self._client.simulate_get(path, headers=self._headers(headers)))

    def post(self, path: str, fields: dict[str, Any], **headers: str) -> falcon.testing.Result:
        body = urlencode(fields, doseq=True)
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._remember(self._client.simulate_post(path, body=body, headers=self._headers(kind | headers)))

    def post_body(self, path: str, body: bytes, kind: str) -> falcon.testing.Result:
        """Send bytes of a kind, as they are."""
        headers = self._headers({"Content-Type": kind})
        return self._remember(self._client.simulate_post(path, body=body, headers=headers))

    def send(self, page: str, action: str, fields: dict[str, Any]) -> falcon.testing.Result:
        """Open a page, then send its form."""
        found = self.get(page).text
        token = found.split('name="_csrf" value="', 1)[1].split('"', 1)[0]
        return self.post(action, {"_csrf": token, **fields})

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Accept-Language": "fr"} | ({"Cookie": cookies} if cookies else {}) | more

    def _remember(self, result: falcon.testing.Result) -> falcon.testing.Result:
        for name, cookie in result.cookies.items():
            if not cookie.value:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = cookie.value
        return result
