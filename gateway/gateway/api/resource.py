"""Answers API routes: reads the request into the call's model, asks the service, writes the reply."""

from collections.abc import Callable
from typing import Any, get_args, get_origin
from uuid import UUID, uuid5

import falcon
import uuid_utils
from chassis.client import Context
from contracts.errors import Fault, FieldError, from_validation
from contracts.registry import Call
from pydantic import BaseModel, ValidationError

from gateway.api.routes import ApiRoute, Auth, Carries
from gateway.attachments import fetch, send_parts
from gateway.frame import Frame
from gateway.http import bodies, caching, files, limits, uploads
from gateway.http.paths import named
from gateway.tokens import claims

FILE = "file"
"""The field of an upload that holds the file."""
KEYS = UUID("5f6b7a0e-3f0e-4c58-9f44-0c5a0f7b9d10")
"""Namespace of the ids made from ``Idempotency-Key``."""


class ApiResource:
    """All routes of one address."""

    def __init__(self, frame: Frame, routes: tuple[ApiRoute, ...]) -> None:
        for route in routes:
            setattr(self, f"on_{route.method.lower()}", _Responder(frame, route))
        if hasattr(self, "on_get"):
            self.on_head = self.on_get


class _Responder:
    """One route; falcon calls it."""

    def __init__(self, frame: Frame, route: ApiRoute) -> None:
        self._frame = frame
        self._route = route
        self._lists = _list_fields(route.call.request)

    def __call__(self, request: falcon.Request, response: falcon.Response, **found: str) -> None:
        """Answer one request."""
        if self._route.carries is not Carries.DOWNLOAD:
            _accepts_json(request)
        token = self._nobody(request) if self._route.anonymous else bearer(request)
        limits.write_headers(response, self._admit(request, token))
        language = "" if self._route.anonymous else self._frame.language(request)
        key = f"api {language} {request.relative_uri}" if self._route.reads and token is None else ""
        path, context = named(self._route.path, found), Context(token, request.context.trace, language)
        if key and self._route.cache and self._route.carries is not Carries.DOWNLOAD:
            kept = self._shared(key, lambda: self._ask(context, self._gather(request, None, path)))
            self._send(request, response, kept, public=True)
            return
        fields = self._gather(request, token, path)
        if self._route.carries is Carries.DOWNLOAD:
            files.send(request, response, self._fetched(context, fields))
            return
        reply = self._ask(context, fields)
        if self._route.reads:
            body = reply.model_dump_json().encode()
            kept = caching.Kept(body, falcon.MEDIA_JSON, caching.etag_of(body), 0, 0)
            self._send(request, response, kept, public=bool(key))
        else:
            self._answer_write(response, reply)

    def _admit(self, request: falcon.Request, token: str | None) -> limits.Standing | None:
        if self._route.auth is not Auth.PUBLIC and token is None:
            raise Fault.unauthenticated("Send an access token: Authorization: Bearer …", "sign-in-needed")
        where = limits.address(request, self._frame.settings.trusted_proxies)
        person = str(claims(token).get("sub", "")) if token and self._route.limit else ""
        return self._frame.limiter.take(self._route.rate, limits.Visitor(where, person))

    def _ask(self, context: Context, fields: dict[str, Any]) -> BaseModel:
        content = fields.pop(FILE) if self._route.carries is Carries.UPLOAD else b""
        model = parse(self._route.call, fields)
        ask = self._asking(context)
        if content:
            send_parts(ask, model.attachment_id, content)
        reply: BaseModel = ask(self._route.call, model)
        return reply

    @staticmethod
    def _nobody(request: falcon.Request) -> None:
        """Refuse a request that says whose it is; forget the name that it was given in the logs."""
        request.context.trace = ""
        if request.get_header("Authorization") is not None:
            detail = "Send this without an access token: nothing was recorded."
            raise Fault.invalid(detail=detail, reason="not-anonymous")

    @property
    def _longest(self) -> int:
        return max(self._route.max_body, self._frame.settings.max_body)

    def _asking(self, context: Context) -> Callable[[Call[Any, Any], Any], Any]:
        client, deadline = self._frame.client, self._route.deadline
        return lambda call, model: client.call(call, model, context=context, deadline=deadline)

    def _fetched(self, context: Context, fields: dict[str, Any]) -> files.File:
        if "part" in fields:
            raise Fault.invalid(FieldError("/part", "extra-forbidden", "The answer is the whole file."))
        return fetch(self._asking(context), parse(self._route.call, fields))

    def _body(self, request: falcon.Request) -> dict[str, Any]:
        if self._route.reads:
            return {}
        settings = self._frame.settings
        if self._route.carries is not Carries.UPLOAD:
            return bodies.read_json(request, self._longest)
        if not uploads.is_multipart(request):
            raise falcon.HTTPUnsupportedMediaType(description="Send multipart/form-data.")
        longest = self._frame.territory.attachments.bytes
        sent = uploads.read(request, limit=settings.max_upload, longest_file=longest)
        said = {name: values[0] for name, values in sent.fields.items() if name != FILE}
        return said | {FILE: sent.files.get(FILE, b"")}

    def _gather(self, request: falcon.Request, token: str | None, path: dict[str, str]) -> dict[str, Any]:
        route = self._route
        fields = self._body(request)
        if route.new_id and route.new_id not in fields:
            fields[route.new_id] = _made_id(request, token)
        for name, value in request.params.items():
            fields[name] = [value] if name in self._lists and isinstance(value, str) else value
        for name, value in path.items():
            if name in fields:
                raise Fault.invalid(FieldError(f"/{name}", "twice", "Given in the address: leave it out here."))
            fields[name] = value
        return fields

    def _shared(self, key: str, ask: Callable[[], BaseModel]) -> caching.Kept:
        """A read that others may want too: asked once for all of them."""
        memory = self._frame.memory

        def make() -> caching.Kept:
            return memory.keep(key, ask().model_dump_json().encode(), falcon.MEDIA_JSON, self._route.cache)

        if kept := memory.find(key, make):
            return kept
        with memory.alone(key) as kept:
            return kept or make()

    @staticmethod
    def _send(request: falcon.Request, response: falcon.Response, kept: caching.Kept, *, public: bool) -> None:
        caching.send(request, response, kept, public=public)
        response.append_header("Vary", "Authorization, Accept-Language")

    def _answer_write(self, response: falcon.Response, reply: BaseModel) -> None:
        response.status = self._route.status
        response.content_type = falcon.MEDIA_JSON
        response.set_header("Cache-Control", "no-store")
        if self._route.location:
            place = self._route.location.format(**reply.model_dump(mode="json"))
            response.set_header("Location", f"/api/v1{place}")
        response.data = reply.model_dump_json().encode()


def parse(call: Call[Any, Any], fields: dict[str, Any]) -> Any:  # noqa: ANN401 -- the call's own request model
    """The request model, strict about unknown fields. Raises ``Fault`` invalid with every error at once."""
    try:
        return call.request.model_validate(fields, extra="forbid")
    except ValidationError as error:
        raise from_validation(error, fields) from None


def _made_id(request: falcon.Request, token: str | None) -> str:
    key = request.get_header("Idempotency-Key")
    if key is None:
        return str(uuid_utils.uuid7())
    who = claims(token).get("sub", "") if token else ""
    return str(uuid5(KEYS, f"{who} {request.path} {key}"))


def bearer(request: falcon.Request) -> str | None:
    """The access token of the request. Raises ``Fault`` unauthenticated for a header that is something else."""
    header = request.get_header("Authorization")
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Fault.unauthenticated("Send an access token: Authorization: Bearer …", "token-invalid")
    return token.strip()


def _accepts_json(request: falcon.Request) -> None:
    if not request.client_accepts(falcon.MEDIA_JSON):
        raise falcon.HTTPNotAcceptable(description="The API answers application/json.")


def _list_fields(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(name for name, field in model.model_fields.items() if _is_list(field.annotation))


def _is_list(annotation: object) -> bool:
    if get_origin(annotation) in {tuple, list, set, frozenset}:
        return True
    return any(_is_list(part) for part in get_args(annotation))
