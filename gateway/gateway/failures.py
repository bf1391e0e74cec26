"""What goes wrong, said in the form that was asked for: problem+json in the API, a page in words on the site."""

import falcon
import structlog
from contracts.errors import Fault, FaultCode

from gateway.frame import Frame
from gateway.http import problems
from gateway.site import errors
from gateway.site.resource import Site

log = structlog.get_logger("gateway")
MACHINES = ("/api/", "/static/", "/healthz", "/readyz", "/metrics", "/.well-known/")
OF_HTTP = {404: FaultCode.NOT_FOUND, 405: FaultCode.NOT_FOUND, 403: FaultCode.FORBIDDEN, 429: FaultCode.TOO_MANY}


class Failures:
    """Error handlers of the application."""

    def __init__(self, frame: Frame, site: Site) -> None:
        self._frame = frame
        self._site = site

    def on_fault(self, request: falcon.Request, response: falcon.Response, fault: Fault, _params: object) -> None:
        """An answer other than success."""
        if request.path.startswith(MACHINES):
            problems.write_fault(request, response, fault)
            return
        visit = self._site.visit(request, {})
        self._site.write(request, response, visit, errors.page_of(fault, visit))
        if fault.retry_after is not None:
            response.set_header("Retry-After", str(fault.retry_after))

    def on_http_error(
        self, request: falcon.Request, response: falcon.Response, error: falcon.HTTPError, _params: object
    ) -> None:
        """An error of HTTP itself."""
        if request.path.startswith(MACHINES):
            problems.write_http_error(request, response, error)
            return
        fault = Fault(OF_HTTP.get(error.status_code, FaultCode.INVALID))
        visit = self._site.visit(request, {})
        self._site.write(request, response, visit, errors.page_of(fault, visit))
        response.status = error.status
        response.set_headers(error.headers or {})

    def on_accident(
        self, request: falcon.Request, response: falcon.Response, accident: Exception, _params: object
    ) -> None:
        """Our mistake: logged whole, told as a trace only."""
        log.error("accident", trace=request.context.trace, route=request.uri_template, exc_info=accident)
        self.on_fault(request, response, Fault.internal(request.context.trace), None)
