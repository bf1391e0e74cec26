"""Between falcon and page functions: sessions, form tokens, limits, caching, errors in words."""

import time
from collections.abc import Callable
from contextlib import nullcontext
from urllib.parse import quote

import falcon
from contracts.errors import Fault, FaultCode, from_validation
from pydantic import ValidationError

from gateway.frame import Frame
from gateway.http import bodies, caching, csrf, files, limits, uploads
from gateway.http.limits import Limit
from gateway.http.paths import named
from gateway.http.security import stand_alone
from gateway.modules import Module
from gateway.site import errors, session
from gateway.site.answers import Answer, Document, Page, Redirect
from gateway.site.devices import device_of
from gateway.site.refresh import Refresher
from gateway.site.render import render
from gateway.site.routes import SiteRoute, Who
from gateway.site.visit import Visit, local_path

HTML = "text/html; charset=utf-8"
NONCE_AGE = 86_400 * 30
SIGN_IN = "/compte/connexion"


class Site:
    """Serves page functions."""

    def __init__(self, frame: Frame, modules: tuple[Module, ...], refresher: Refresher) -> None:
        self._frame = frame
        self._modules = modules
        self._refresher = refresher

    def responder(self, route: SiteRoute) -> Callable[..., None]:
        """What falcon calls for a route."""

        def respond(request: falcon.Request, response: falcon.Response, **url: str) -> None:
            named_url = named(route.path, url)
            if route.method != "GET" or self._signed_in(request):
                self._make(route, request, response, named_url)
                return
            key, memory = _key(self._frame.language(request), request), self._frame.memory
            if kept := memory.find(key, lambda: self._renew(route, request, named_url)):
                _send(request, response, kept)
                return
            with memory.alone(key) as kept:
                if kept is None:
                    self._make(route, request, response, named_url)
            if kept is not None:
                _send(request, response, kept)

        return respond

    def _signed_in(self, request: falcon.Request) -> bool:
        jar = self._frame.jar
        return bool(jar.read(request, session.ACCESS) or jar.read(request, session.REFRESH))

    def _make(self, route: SiteRoute, request: falcon.Request, response: falcon.Response, url: dict[str, str]) -> None:
        visit = self.visit(request, url)
        try:
            with self._frame.line.place() if route.method == "GET" else nullcontext():
                answer = self._run(route, request, visit)
                self.write(request, response, visit, answer)
        except Fault as fault:
            answer = self._page_of(fault, visit)
            _retry_after(response, fault)
        except ValidationError as error:  # of a request: what the address or a hidden field says cannot be asked
            answer = self._page_of(from_validation(error), visit)
        else:
            return
        self.write(request, response, visit, answer)

    def _renew(self, route: SiteRoute, request: falcon.Request, url: dict[str, str]) -> None:
        """Keep a page anew as nobody's visit sees it now."""
        visit = self.visit(request, url)
        with self._frame.line.place():
            answer = route.view(visit)
            if isinstance(answer, Page):
                self._keep(visit, request, answer, render(visit, answer.template, answer.shows).encode())

    def visit(self, request: falcon.Request, url: dict[str, str]) -> Visit:
        """The visit of a request, with the session refreshed if it was over."""
        frame = self._frame
        visit = Visit(
            frame=frame,
            language=frame.language(request),
            path=request.path,
            query_string=request.query_string,
            trace=request.context.trace,
            url=url,
            fields={},
            modules=self._modules,
        )
        nonce = frame.jar.read(request, csrf.COOKIE)
        if not nonce:
            nonce = csrf.new_nonce()
            request.context.new_nonce = nonce
        visit.csrf = csrf.token(frame.settings.cookie_secret.get_secret_value(), nonce)
        visit.session = session.read(frame.jar.read(request, session.ACCESS))
        visit.device = device_of(request.user_agent or "")
        visit.refresh_token = frame.jar.read(request, session.REFRESH)
        if visit.session is None and visit.refresh_token:
            self._refresher.refresh(visit, visit.refresh_token)
        return visit

    def _run(self, route: SiteRoute, request: falcon.Request, visit: Visit) -> Answer:
        self._frame.limiter.take(route.limit or Limit.API, self._visitor(request, visit))
        if route.method == "POST":
            self._read_form(route, request, visit)
        if route.who is not Who.ANYBODY and visit.session is None:
            return Redirect(f"{SIGN_IN}?suite={quote(_back(route, request, visit), safe='/')}")
        if route.who is Who.AGENT and visit.session and not visit.session.agent:
            raise Fault.forbidden(reason="agents-only")
        return route.view(visit)

    def _visitor(self, request: falcon.Request, visit: Visit) -> limits.Visitor:
        where = limits.address(request, self._frame.settings.trusted_proxies)
        return limits.Visitor(where, str(visit.session.account) if visit.session else "")

    def _read_form(self, route: SiteRoute, request: falcon.Request, visit: Visit) -> None:
        if route.files and uploads.is_multipart(request):
            self._read_files(request, visit)
        elif not route.signed or (request.content_type or "").startswith(falcon.MEDIA_URLENCODED):
            visit.fields = bodies.read_form(request, self._frame.settings.max_body)
        if not route.signed:
            self._check_form(request, visit)

    def _read_files(self, request: falcon.Request, visit: Visit) -> None:
        longest = self._frame.territory.attachments.bytes
        sent = uploads.read(request, limit=self._frame.settings.max_upload, longest_file=longest)
        visit.fields, visit.files = sent.fields, sent.files
        if sent.files:
            self._frame.limiter.take(Limit.ATTACH, self._visitor(request, visit))

    def _check_form(self, request: falcon.Request, visit: Visit) -> None:
        secret = self._frame.settings.cookie_secret.get_secret_value()
        nonce = self._frame.jar.read(request, csrf.COOKIE)
        public = self._frame.settings.public_url.rstrip("/")
        foreign = csrf.foreign(request.get_header("Origin"), request.get_header("Sec-Fetch-Site"), public)
        if foreign or not csrf.matches(secret, nonce, visit.field(csrf.FIELD)):
            raise Fault.forbidden(reason="form-expired")

    def _page_of(self, fault: Fault, visit: Visit) -> Answer:
        if fault.code is FaultCode.UNAUTHENTICATED:
            visit.forget(session.ACCESS)
            return Redirect(f"{SIGN_IN}?suite={quote(visit.here, safe='/')}")
        return errors.page_of(fault, visit)

    # Writing -------------------------------------------------------------------------------------------------------

    def write(self, request: falcon.Request, response: falcon.Response, visit: Visit, answer: Answer) -> None:
        """Turn an answer into a response."""
        if isinstance(answer, Redirect):
            response.status = falcon.HTTP_303
            response.set_header("Location", answer.to)
            response.set_header("Cache-Control", "no-store")
        elif isinstance(answer, Document):
            self._write_document(request, response, visit, answer)
        elif isinstance(answer, files.File):
            files.send(request, response, answer)
        else:
            self._write_page(request, response, visit, answer)
        self._write_cookies(request, response, visit)

    def _write_page(self, request: falcon.Request, response: falcon.Response, visit: Visit, answer: Page) -> None:
        body = render(visit, answer.template, answer.shows).encode()
        response.status = answer.status
        if answer.alone:
            stand_alone(response)
        response.append_header("Vary", "Cookie, Accept-Language")
        kept = self._keep(visit, request, answer, body)
        if kept is not None:
            caching.send(request, response, kept, public=True)
            return
        response.data, response.content_type = body, HTML
        response.set_header("Cache-Control", "private, no-store" if visit.protected else "private, no-cache")

    def _keep(self, visit: Visit, request: falcon.Request, answer: Page, body: bytes) -> caching.Kept | None:
        """Remember a page for others; none: it is its reader's alone."""
        if answer.status != 200 or visit.protected or visit.session:
            return None
        return self._frame.memory.keep(_key(visit.language, request), body, HTML, answer.cache)

    def _write_document(
        self, request: falcon.Request, response: falcon.Response, visit: Visit, answer: Document
    ) -> None:
        if answer.filename:
            response.downloadable_as = answer.filename
        kept = caching.Kept(
            answer.body, answer.content_type, caching.etag_of(answer.body), time.monotonic(), answer.cache
        )
        caching.send(request, response, kept, public=visit.session is None)

    def _write_cookies(self, request: falcon.Request, response: falcon.Response, visit: Visit) -> None:
        jar = self._frame.jar
        if visit.protected and hasattr(request.context, "new_nonce"):
            jar.write(response, csrf.COOKIE, request.context.new_nonce, max_age=NONCE_AGE)
        for name, (value, age) in visit.cookies.items():
            jar.write(response, name, value, max_age=age)


def _send(request: falcon.Request, response: falcon.Response, kept: caching.Kept) -> None:
    response.append_header("Vary", "Cookie, Accept-Language")
    caching.send(request, response, kept, public=True)


def _key(language: str, request: falcon.Request) -> str:
    return f"page {language} {request.relative_uri}"


def _back(route: SiteRoute, request: falcon.Request, visit: Visit) -> str:
    """Where to come back after signing in: this page, or the page that held the form."""
    if route.method == "GET":
        return visit.here
    public = visit.frame.settings.public_url.rstrip("/")
    return local_path((request.get_header("Referer") or "").removeprefix(public), "/moi")


def _retry_after(response: falcon.Response, fault: Fault) -> None:
    if fault.retry_after is not None:
        response.set_header("Retry-After", str(fault.retry_after))
