"""Reading what is sent: JSON objects for the API, forms for the site; never longer than the limit."""

from typing import Any
from urllib.parse import parse_qs

import falcon
import orjson

Json = dict[str, Any]


def read_bytes(request: falcon.Request, limit: int) -> bytes:
    """The body. Raises HTTP 413 beyond ``limit`` bytes."""
    if (request.content_length or 0) > limit:
        raise falcon.HTTPContentTooLarge(description=f"Send at most {limit} bytes.")
    body: bytes = request.bounded_stream.read(limit + 1)
    if len(body) > limit:
        raise falcon.HTTPContentTooLarge(description=f"Send at most {limit} bytes.")
    return body


def read_json(request: falcon.Request, limit: int) -> Json:
    """The JSON object of the body; an absent body is an empty object."""
    body = read_bytes(request, limit)
    if not body:
        return {}
    if (request.content_type or "").partition(";")[0].strip().lower() != "application/json":
        raise falcon.HTTPUnsupportedMediaType(description="Send application/json.")
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise falcon.HTTPBadRequest(
            title="Malformed JSON", description=f"Line {error.lineno}, column {error.colno}: not JSON."
        ) from error
    if not isinstance(value, dict):
        raise falcon.HTTPBadRequest(title="Malformed JSON", description="Send a JSON object.")
    return value


def read_form(request: falcon.Request, limit: int) -> dict[str, list[str]]:
    """The fields of a submitted form, each with all its values."""
    body = read_bytes(request, limit)
    if (request.content_type or "").partition(";")[0].strip().lower() != falcon.MEDIA_URLENCODED:
        raise falcon.HTTPUnsupportedMediaType(description="Send a form.")
    try:
        return parse_qs(body.decode("utf-8"), keep_blank_values=True, encoding="utf-8", max_num_fields=2000)
    except ValueError as error:
        raise falcon.HTTPBadRequest(title="Malformed form", description="The form cannot be read.") from error
