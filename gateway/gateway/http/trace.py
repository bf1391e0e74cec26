"""A name for each request, the same in the response, in the logs and on the bus."""

import re
import secrets
import time

import falcon
import structlog

from gateway import metrics

_GIVEN = re.compile(r"[0-9A-Za-z_-]{8,64}")
log = structlog.get_logger("gateway")


class Trace:
    """Gives the request its trace and counts how long it took. Paths are logged as their template: no personal data."""

    def process_request(self, request: falcon.Request, _response: falcon.Response) -> None:
        """Take the proxy's ``X-Request-Id`` if it is well formed."""
        given = request.get_header("X-Request-Id") or ""
        request.context.trace = given if _GIVEN.fullmatch(given) else secrets.token_hex(8)
        request.context.started = time.perf_counter()

    def process_response(
        self,
        request: falcon.Request,
        response: falcon.Response,
        _resource: object,
        _succeeded: bool,  # noqa: FBT001
    ) -> None:
        """Say the trace back, and record. An anonymous route has taken the trace away: then there is none to say."""
        if request.context.trace:
            response.set_header("X-Request-Id", request.context.trace)
        seconds = time.perf_counter() - request.context.started
        route = request.uri_template or "other"
        metrics.observe_request(request.method, route, response.status_code, seconds)
        level = log.warning if response.status_code >= 500 else log.debug
        level(
            "request",
            method=request.method,
            route=route,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
            trace=request.context.trace,
        )
