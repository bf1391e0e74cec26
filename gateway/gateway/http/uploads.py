"""Forms with a file (``multipart/form-data``), read as they come: a file that is too large is never whole in memory."""

from dataclasses import dataclass, field
from typing import Protocol

import falcon
from falcon.media import MultipartFormHandler

MULTIPART = falcon.MEDIA_MULTIPART
_CHUNK = 64 * 1024
_LONGEST_FIELD = 64 * 1024
_MOST_PARTS = 200


@dataclass(slots=True)
class Sent:
    """What a form held."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    """By the field's name; of a file that is too large, one byte more than is allowed. Nothing chosen: not there."""


def is_multipart(request: falcon.Request) -> bool:
    """Whether the request is a form that may hold files."""
    return (request.content_type or "").partition(";")[0].strip().lower() == MULTIPART


def read(request: falcon.Request, *, limit: int, longest_file: int) -> Sent:
    """Read it. Raises HTTP 413 beyond ``limit`` bytes, 400 for what is no such form."""
    if (request.content_length or 0) > limit:
        raise falcon.HTTPContentTooLarge(description=f"Send at most {limit} bytes.")
    handler = MultipartFormHandler()
    handler.parse_options.max_body_part_count = _MOST_PARTS
    form = handler.deserialize(request.bounded_stream, request.content_type, request.content_length)
    sent = Sent()
    left = limit
    for part in form:
        longest = longest_file if part.filename is not None else _LONGEST_FIELD
        content, size = _read_part(part.stream, longest, left)
        left -= size
        _put(sent, part.name or "", part.filename, content)
    return sent


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _read_part(stream: _Readable, longest: int, left: int) -> tuple[bytes, int]:
    """Its bytes, cut off one byte after ``longest``, and how many there were."""
    kept, size = bytearray(), 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > left:
            raise falcon.HTTPContentTooLarge(description="The form is too long.")
        kept += chunk[: longest + 1 - len(kept)]
    return bytes(kept), size


def _put(sent: Sent, name: str, filename: str | None, content: bytes) -> None:
    if filename is not None:
        if filename or content:
            sent.files[name] = content
        return
    try:
        sent.fields.setdefault(name, []).append(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise falcon.HTTPBadRequest(title="Malformed form", description="The form cannot be read.") from error
