"""Large public files: sent part by part as they are read, with validators known beforehand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import falcon

MAX_AGE = 300
ALONE = "default-src 'none'; sandbox"
"""The policy of what people sent: a browser that shows it runs nothing and lets it reach nothing."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that is never whole in memory."""

    parts: Iterator[bytes]
    size: int
    digest: str
    """By which a reader knows whether it has these bytes."""
    content_type: str
    filename: str
    made_at: datetime | None = None
    shown: bool = False
    """Whether a browser may show it; else it is downloaded."""
    public: bool = True
    """Whether caches may keep it."""


def send(request: falcon.Request, response: falcon.Response, file: File) -> None:
    """Answer with a file; with 304 if the reader has it, by ``If-None-Match`` or else by its date."""
    response.set_header("ETag", f'"{file.digest}"')
    response.set_header("Content-Security-Policy", ALONE)
    response.set_header("Cache-Control", f"public, max-age={MAX_AGE}" if file.public else "private, no-store")
    if file.made_at:
        response.last_modified = file.made_at
    if _has(request, file):
        response.status = falcon.HTTP_304
        return
    response.content_type = file.content_type
    if file.shown:
        response.viewable_as = file.filename
    else:
        response.downloadable_as = file.filename
    response.set_stream(file.parts, file.size)


def _has(request: falcon.Request, file: File) -> bool:
    if request.if_none_match:
        return any(tag in {"*", file.digest} for tag in request.if_none_match)
    since, made = request.if_modified_since, file.made_at
    return since is not None and made is not None and made.replace(microsecond=0) <= since
