"""Whether this process lives, whether it can work, what it counted."""

import falcon
from chassis.client import NOBODY
from contracts.errors import Fault
from contracts.identity import JWKS, Nothing
from prometheus_client import CONTENT_TYPE_LATEST

from gateway import metrics
from gateway.frame import Frame


class Live:
    """``GET /healthz``: needs nothing."""

    def on_get(self, _request: falcon.Request, response: falcon.Response) -> None:
        """Alive."""
        response.media = {"status": "ok"}
        response.set_header("Cache-Control", "no-store")


class Ready:
    """``GET /readyz``: needs the broker and identity."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def on_get(self, _request: falcon.Request, response: falcon.Response) -> None:
        """200 when a citizen could sign in now, else 503."""
        identity = self._identity()  # the first call of a process opens its connection
        checks = {"broker": self._frame.client.connected, "identity": identity}
        response.media = {"status": "ok" if all(checks.values()) else "unavailable", "checks": checks}
        response.status = falcon.HTTP_200 if all(checks.values()) else falcon.HTTP_503
        response.set_header("Cache-Control", "no-store")

    def _identity(self) -> bool:
        try:
            self._frame.client.call(JWKS, Nothing(), context=NOBODY, deadline=2.0)
        except Fault:
            return False
        return True


class Metrics:
    """``GET /metrics``, for Prometheus; the proxy in front keeps it from the public."""

    def on_get(self, _request: falcon.Request, response: falcon.Response) -> None:
        """The exposition."""
        response.data = metrics.exposition()
        response.content_type = CONTENT_TYPE_LATEST


class PublicKeys:
    """``GET /.well-known/jwks.json``: the keys with which anyone verifies our access tokens."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def on_get(self, _request: falcon.Request, response: falcon.Response) -> None:
        """The key set, as identity publishes it."""
        keys = self._frame.client.call(JWKS, Nothing(), context=NOBODY)
        response.data = keys.model_dump_json(exclude_none=True).encode()
        response.content_type = "application/jwk-set+json"
        response.set_header("Cache-Control", "public, max-age=300")
