"""OpenAPI 3.1, generated from the routes and the contracts' models: what is not deployed is not in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from contracts.ideas import MediaType
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from gateway.api.routes import ApiRoute, Auth, Carries
from gateway.http.problems import MEDIA_TYPE

LICENCE = {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"}
REF = "#/components/schemas/{model}"
BINARY = {"type": "string", "format": "binary"}
PROBLEM_NAME = "ProblemDetails"
"""As RFC 9457 calls it; no model may have this name."""
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
    schemas = Schemas.of(kept)
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version, "license": LICENCE},
        "servers": [{"url": f"{server}/api/v1"}],
        "tags": [{"name": tag} for tag in sorted({route.tag for route in kept})],
        "paths": _paths(kept, schemas),
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
            "responses": {_name(code): _problem(text) for code, text in ERRORS.items()},
            "schemas": {**schemas.definitions, PROBLEM_NAME: PROBLEM},
        },
    }


@dataclass(frozen=True, slots=True)
class Schemas:
    """The schemas of all requests and replies, under names that do not clash between services."""

    definitions: dict[str, Any]
    by_model: dict[tuple[type[BaseModel], str], dict[str, Any]]

    @classmethod
    def of(cls, routes: tuple[ApiRoute, ...]) -> "Schemas":
        """Generate them all at once."""
        asked = {(route.call.reply, "serialization") for route in routes}
        asked |= {(route.call.request, "validation") for route in routes}
        ordered = sorted(asked, key=lambda pair: (pair[0].__module__, pair[0].__name__))
        by_model, schema = models_json_schema(ordered, ref_template=REF)  # type: ignore[arg-type]
        return cls(schema.get("$defs", {}), by_model)  # type: ignore[arg-type]

    def reply(self, route: ApiRoute) -> dict[str, Any]:
        """What a route answers: a reference."""
        return self.by_model[route.call.reply, "serialization"]

    def request(self, route: ApiRoute) -> dict[str, Any]:
        """What a route asks for: the schema itself."""
        found = self.by_model[route.call.request, "validation"]
        schema: dict[str, Any] = self.definitions[found["$ref"].rpartition("/")[2]] if "$ref" in found else found
        return schema


def _paths(routes: tuple[ApiRoute, ...], schemas: Schemas) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, schemas)
    return paths


def _operation(route: ApiRoute, schemas: Schemas) -> dict[str, Any]:
    schema = schemas.request(route)
    operation: dict[str, Any] = {
        "operationId": f"{route.method.lower()}_{_slug(route.path)}",
        "tags": [route.tag],
        "summary": route.summary,
        "parameters": _parameters(route, schema),
        "responses": _responses(route, schemas),
        "security": [{"bearer": []}] if route.auth is not Auth.PUBLIC else [{}, {"bearer": []}],
    }
    body = _body(route, schema)
    if body:
        operation["requestBody"] = body
    return operation


def _slug(path: str) -> str:
    return "_".join(part.strip("{}").replace("-", "_") for part in path.strip("/").split("/"))


def _parameters(route: ApiRoute, schema: dict[str, Any]) -> list[dict[str, Any]]:
    properties = _asked(route, schema)
    found = [_parameter(name, "path", properties[name], required=True) for name in route.path_fields]
    if route.reads:
        rest = [name for name in properties if name not in route.path_fields]
        found += [_parameter(n, "query", properties[n], required=n in schema.get("required", ())) for n in rest]
    elif route.new_id:
        key = {"type": "string", "minLength": 1, "maxLength": 200}
        found.append(_parameter("Idempotency-Key", "header", key, required=False))
    return found


def _asked(route: ApiRoute, schema: dict[str, Any]) -> dict[str, Any]:
    """The fields that a caller gives: the parts of a file that is downloaded are the gateway's affair."""
    properties: dict[str, Any] = schema.get("properties", {})
    hidden = {"part"} if route.carries is Carries.DOWNLOAD else set()
    return {name: value for name, value in properties.items() if name not in hidden}


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
    if route.carries is Carries.UPLOAD:
        body["properties"] = properties | {"file": BINARY}
        return {"required": True, "content": {"multipart/form-data": {"schema": body}}}
    return {"required": bool(required), "content": {"application/json": {"schema": body}}}


def _responses(route: ApiRoute, schemas: Schemas) -> dict[str, Any]:
    content = {"application/json": {"schema": schemas.reply(route)}}
    if route.carries is Carries.DOWNLOAD:
        content = {media.value: {"schema": BINARY} for media in MediaType}
    done = {"description": "Done", "content": content}
    problems = {code: {"$ref": f"#/components/responses/{_name(code)}"} for code in _possible(route)}
    return {str(route.status): done, **problems}


def _possible(route: ApiRoute) -> list[str]:
    never = {"401", "403"} if route.auth is Auth.PUBLIC and route.reads else set()
    return [code for code in ERRORS if code not in never and not (route.reads and code in {"412", "413", "415"})]


def _name(code: str) -> str:
    return f"Problem{code}"


def _problem(text: str) -> dict[str, Any]:
    return {"description": text, "content": {MEDIA_TYPE: {"schema": {"$ref": REF.format(model=PROBLEM_NAME)}}}}
