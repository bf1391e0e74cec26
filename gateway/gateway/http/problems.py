"""Faults as RFC 9457 ``application/problem+json``: one form for everything that goes wrong in the API."""

from typing import Any

import falcon
import orjson
from contracts.errors import Fault, FaultCode

TITLES = {
    FaultCode.NOT_FOUND: "Not found",
    FaultCode.WRONG_STATE: "Not possible in this state",
    FaultCode.CONFLICT: "Conflict",
    FaultCode.INVALID: "The request has errors",
    FaultCode.UNAUTHENTICATED: "Sign in first",
    FaultCode.FORBIDDEN: "Not allowed",
    FaultCode.PRECONDITION_FAILED: "Changed in the meantime",
    FaultCode.TOO_MANY: "Too many requests",
    FaultCode.UNAVAILABLE: "The service does not answer",
    FaultCode.DEADLINE: "No answer in time",
    FaultCode.INTERNAL: "Something went wrong on our side",
}
MEDIA_TYPE = "application/problem+json"


def document(fault: Fault, *, instance: str, trace: str) -> dict[str, Any]:
    """The problem as a JSON object."""
    problem: dict[str, Any] = {
        "type": f"/problems/{fault.code}",
        "title": TITLES[fault.code],
        "status": fault.status,
        "instance": instance,
        "trace": trace,
    }
    if fault.detail:
        problem["detail"] = fault.detail
    if fault.reason:
        problem["reason"] = fault.reason
    if fault.errors:
        problem["errors"] = [
            {"pointer": e.pointer, "code": e.code, "detail": e.detail, **({"limits": e.limits} if e.limits else {})}
            for e in fault.errors
        ]
    return problem


def write_fault(request: falcon.Request, response: falcon.Response, fault: Fault) -> None:
    """Answer with a fault."""
    response.status = fault.status
    _write(response, document(fault, instance=request.path, trace=request.context.trace))
    if fault.retry_after is not None:
        response.set_header("Retry-After", str(fault.retry_after))
    if fault.code is FaultCode.UNAUTHENTICATED:
        response.set_header("WWW-Authenticate", 'Bearer realm="decider"')


def write_http_error(request: falcon.Request, response: falcon.Response, error: falcon.HTTPError) -> None:
    """Answer with an error of HTTP itself: method, media type, size, unknown address."""
    slug = error.title.lower().replace(" ", "-") if error.title else "error"
    problem = {
        "type": f"/problems/{slug}",
        "title": error.title,
        "status": error.status_code,
        "instance": request.path,
        "trace": request.context.trace,
    }
    if error.description:
        problem["detail"] = error.description
    response.status = error.status
    response.set_headers(error.headers or {})
    _write(response, problem)


def _write(response: falcon.Response, problem: dict[str, Any]) -> None:
    response.data = orjson.dumps(problem)
    response.content_type = MEDIA_TYPE
    response.set_header("Cache-Control", "no-store")
