"""Answers API routes: reads the request into the call's model, asks the service, writes the reply."""

from typing import Any, get_args, get_origin
from uuid import UUID, uuid5

import falcon
import uuid_utils
from chassis.client import Context
from contracts.errors import Fault, FieldError, from_validation
from contracts.registry import Call
from pydantic import BaseModel, ValidationError

from gateway.api.routes import ApiRoute, Auth
from gateway.frame import Frame
from gateway.http import bodies, caching, limits
from gateway.tokens import claims

KEYS = UUID("5f6b7a0e-3f0e-4c58-9f44-0c5a0f7b9d10")
"""Namespace of the ids made from ``Idempotency-Key``."""


class ApiResource:
    """All routes of one address."""

    def __init__(self, frame: Frame, routes: tuple[ApiRoute, ...]) -> None:
        for route in routes:
            setattr(self, f"on_{route.method.lower()}", _responder(frame, route))


def _responder(frame: Frame, route: ApiRoute) -> Any:  # noqa: ANN401 -- what falcon calls
    lists = _list_fields(route.call.request)

    def respond(request: falcon.Request, response: falcon.Response, **path: str) -> None:
        _accepts_json(request)
        token = bearer(request)
        if route.auth is not Auth.PUBLIC and token is None:
            raise Fault.unauthenticated("Send an access token: Authorization: Bearer …", "sign-in-needed")
        frame.limiter.take(route.rate, token or limits.address(request, frame.settings.trusted_proxies))
        key = f"api {frame.language(request)} {request.relative_uri}"
        if route.cache and token is None and (kept := frame.memory.find(key)):
            caching.send(request, response, kept, public=True)
            return
        body = _ask(frame, route, request, _gather(frame, route, lists, request, token, path), token)
        _answer(frame, route, request, response, body, key if token is None else "")

    return respond


def _ask(frame: Frame, route: ApiRoute, request: falcon.Request, fields: dict[str, Any], token: str | None) -> BaseModel:
    model = parse(route.call, fields)
    context = Context(token, request.context.trace, frame.language(request))
    reply: BaseModel = frame.client.call(route.call, model, context=context, deadline=route.deadline)
    return reply


def parse(call: Call[Any, Any], fields: dict[str, Any]) -> Any:  # noqa: ANN401 -- the call's own request model
    """The request model, strict about unknown fields. Raises ``Fault`` invalid with every error at once."""
    try:
        return call.request.model_validate(fields, extra="forbid")
    except ValidationError as error:
        raise from_validation(error) from None


def _gather(
    frame: Frame, route: ApiRoute, lists: frozenset[str], request: falcon.Request, token: str | None, path: dict[str, str]
) -> dict[str, Any]:
    fields: dict[str, Any] = {} if route.reads else bodies.read_json(request, frame.settings.max_body)
    if route.new_id and route.new_id not in fields:
        fields[route.new_id] = _made_id(request, token)
    for name, value in request.params.items():
        fields[name] = [value] if name in lists and isinstance(value, str) else value
    for name, value in path.items():
        if name in fields:
            raise Fault.invalid(FieldError(f"/{name}", "twice", "Given in the address: leave it out of the body."))
        fields[name] = value
    return fields


def _made_id(request: falcon.Request, token: str | None) -> str:
    key = request.get_header("Idempotency-Key")
    if key is None:
        return str(uuid_utils.uuid7())
    who = claims(token).get("sub", "") if token else ""
    return str(uuid5(KEYS, f"{who} {request.path} {key}"))


    return str(claims(token).get("sub", "")) if token else ""


def _answer(
    frame: Frame, route: ApiRoute, request: falcon.Request, response: falcon.Response, reply: BaseModel, key: str
) -> None:
    body = reply.model_dump_json().encode()
    if route.reads:
        public = bool(key) and route.cache > 0
        age = route.cache if public else 0
        kept = (
            frame.memory.keep(key, body, falcon.MEDIA_JSON, age)
            if public
            else caching.Kept(body, falcon.MEDIA_JSON, caching.etag_of(body), 0, 0)
        )
        caching.send(request, response, kept, public=key != "")
        response.append_header("Vary", "Authorization, Accept-Language")
        return
    response.status = route.status
    response.content_type = falcon.MEDIA_JSON
    response.set_header("Cache-Control", "no-store")
    if route.location:
        response.set_header("Location", "/api/v1" + route.location.format(**reply.model_dump(mode="json")))
    response.data = body


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
