"""Large public files: sent part by part as they are read, with validators known beforehand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import falcon

MAX_AGE = 300


@dataclass(frozen=True, slots=True)
class File:
    """A file that is never whole in memory."""

    parts: Iterator[bytes]
    size: int
    digest: str
    """By which a reader knows whether it has these bytes."""
    made_at: datetime
    content_type: str
    filename: str


def send(request: falcon.Request, response: falcon.Response, file: File) -> None:
    """Answer with a file; with 304 if the reader has it, by ``If-None-Match`` or else by its date."""
    response.set_header("ETag", f'"{file.digest}"')
    response.last_modified = file.made_at
    response.set_header("Cache-Control", f"public, max-age={MAX_AGE}")
    if _has(request, file):
        response.status = falcon.HTTP_304
        return
    response.content_type = file.content_type
    response.downloadable_as = file.filename
    response.set_stream(file.parts, file.size)


def _has(request: falcon.Request, file: File) -> bool:
    if request.if_none_match:
        return any(tag in {"*", file.digest} for tag in request.if_none_match)
    return request.if_modified_since is not None and file.made_at.replace(microsecond=0) <= request.if_modified_since
