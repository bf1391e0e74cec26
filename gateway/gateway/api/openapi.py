"""OpenAPI 3.1, generated from the routes and the contracts' models: what is not deployed is not in it."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from gateway.api.routes import ApiRoute, Auth
from gateway.http.problems import MEDIA_TYPE

LICENCE = {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"}
REF = "#/components/schemas/{model}"
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "description": "The kind of problem, an address relative to the server."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "reason": {"type": "string", "description": "A stable code."},
        "instance": {"type": "string"},
        "trace": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "JSON Pointer of the field."},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                    "limits": {"type": "object"},
                },
            },
        },
    },
}
ERRORS = {
    "400": "Malformed", "401": "Sign in first", "403": "Not allowed", "404": "Not found", "406": "Not acceptable",
    "409": "Conflict or wrong state", "412": "Changed in the meantime", "413": "Too long", "415": "Not JSON",
    "422": "Errors, all of them", "429": "Too many requests", "503": "The service does not answer",
    "504": "No answer in time",
}  # fmt: skip


def document(routes: Iterable[ApiRoute], *, title: str, version: str, server: str) -> dict[str, Any]:
    """The whole document."""
    kept = tuple(routes)
    replies = sorted({route.call.reply for route in kept}, key=lambda model: model.__name__)
    requests = sorted({route.call.request for route in kept}, key=lambda model: model.__name__)
    definitions = _definitions(replies, requests)
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version, "license": LICENCE},
        "servers": [{"url": f"{server}/api/v1"}],
        "tags": [{"name": tag} for tag in sorted({route.tag for route in kept})],
        "paths": _paths(kept, definitions),
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
            "responses": {_name(code): _problem(text) for code, text in ERRORS.items()},
            "schemas": {"Problem": PROBLEM, **definitions},
        },
    }


def _definitions(replies: list[type[BaseModel]], requests: list[type[BaseModel]]) -> dict[str, Any]:
    asked = [(model, "serialization") for model in replies] + [(model, "validation") for model in requests]
    _, schema = models_json_schema(asked, ref_template=REF, schema_generator=GenerateJsonSchema)  # type: ignore[arg-type]
    definitions: dict[str, Any] = schema.get("$defs", {})
    return definitions


def _paths(routes: tuple[ApiRoute, ...], definitions: dict[str, Any]) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, definitions)
    return paths


def _operation(route: ApiRoute, definitions: dict[str, Any]) -> dict[str, Any]:
    schema = route.call.request.model_json_schema(ref_template=REF, mode="validation")
    schema.pop("$defs", None)
    operation: dict[str, Any] = {
        "operationId": route.call.name,
        "tags": [route.tag],
        "summary": route.summary,
        "parameters": _parameters(route, schema),
        "responses": _responses(route, definitions),
    }
    if route.auth is not Auth.PUBLIC:
        operation["security"] = [{"bearer": []}]
    elif route.call.service:
        operation["security"] = [{}, {"bearer": []}]
    body = _body(route, schema)
    if body:
        operation["requestBody"] = body
    return operation


def _parameters(route: ApiRoute, schema: dict[str, Any]) -> list[dict[str, Any]]:
    properties = schema.get("properties", {})
    found = [_parameter(name, "path", properties[name], required=True) for name in route.path_fields]
    if route.reads:
        rest = [name for name in properties if name not in route.path_fields]
        found += [_parameter(n, "query", properties[n], required=n in schema.get("required", ())) for n in rest]
    elif route.new_id:
        key = {"type": "string", "minLength": 1, "maxLength": 200}
        found.append(_parameter("Idempotency-Key", "header", key, required=False))
    return found


def _parameter(name: str, place: str, schema: dict[str, Any], *, required: bool) -> dict[str, Any]:
    return {"name": name, "in": place, "required": required, "schema": schema}


def _body(route: ApiRoute, schema: dict[str, Any]) -> dict[str, Any] | None:
    if route.reads:
        return None
    properties = {n: s for n, s in schema.get("properties", {}).items() if n not in route.path_fields}
    if not properties:
        return None
    optional = {*route.path_fields, route.new_id}
    required = [name for name in schema.get("required", ()) if name not in optional]
    body = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    return {"required": bool(required), "content": {"application/json": {"schema": body}}}


def _responses(route: ApiRoute, definitions: dict[str, Any]) -> dict[str, Any]:
    name = route.call.reply.__name__
    schema = {"$ref": f"#/components/schemas/{name}"} if name in definitions else _inline(route)
    answers: dict[str, Any] = {
        str(route.status): {"description": "Done", "content": {"application/json": {"schema": schema}}}
    }
    return answers | {code: {"$ref": f"#/components/responses/{_name(code)}"} for code in _possible(route)}


def _inline(route: ApiRoute) -> dict[str, Any]:
    schema: dict[str, Any] = route.call.reply.model_json_schema(ref_template=REF, mode="serialization")
    schema.pop("$defs", None)
    return schema


def _possible(route: ApiRoute) -> list[str]:
    never = {"401", "403"} if route.auth is Auth.PUBLIC and route.reads else set()
    return [code for code in ERRORS if code not in never and not (route.reads and code in {"412", "413", "415"})]


def _name(code: str) -> str:
    return f"Problem{code}"


def _problem(text: str) -> dict[str, Any]:
    return {"description": text, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
