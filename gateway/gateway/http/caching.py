"""Public reads: ETag and conditional GET, ``Cache-Control``, and a small memory of anonymous answers."""

import gzip
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b

import falcon

from gateway import metrics


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer, ready to be sent again."""

    body: bytes
    content_type: str
    etag: str
    until: float
    max_age: int
    packed: bytes = b""
    """The same, compressed once for all who read it from memory."""


@dataclass(slots=True)
class Memory:
    """The last answers to anonymous reads, in this process; the oldest go first."""

    size: int = 512
    now: Callable[[], float] = time.monotonic
    _kept: OrderedDict[str, Kept] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, key: str) -> Kept | None:
        """A fresh answer, or none."""
        with self._lock:
            kept = self._kept.get(key)
            fresh = kept if kept and kept.until > self.now() else None
        metrics.CACHE.labels("hit" if fresh else "miss").inc()
        return fresh

    def keep(self, key: str, body: bytes, content_type: str, max_age: int) -> Kept:
        """Remember an answer for ``max_age`` seconds."""
        packed = gzip.compress(body, compresslevel=6) if max_age else b""
        kept = Kept(body, content_type, etag_of(body), self.now() + max_age, max_age, packed)
        with self._lock:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            while len(self._kept) > self.size:
                self._kept.popitem(last=False)
        return kept


def etag_of(body: bytes) -> str:
    """A validator of these bytes, weak because they also travel compressed."""
    return f'W/"{blake2b(body, digest_size=12).hexdigest()}"'


def known(request: falcon.Request, etag: str) -> bool:
    """Whether the reader already has these bytes (``If-None-Match``)."""
    given = request.if_none_match or []
    return any(tag == "*" or tag == etag[3:-1] for tag in given)


def send(request: falcon.Request, response: falcon.Response, kept: Kept, *, public: bool) -> None:
    """Answer a read, with 304 if the reader has it."""
    response.set_header("ETag", kept.etag)
    response.set_header("Cache-Control", control(kept.max_age, public=public))
    if known(request, kept.etag):
        response.status = falcon.HTTP_304
        return
    response.content_type = kept.content_type
    response.data = kept.body
    if kept.packed and "gzip" in (request.get_header("Accept-Encoding") or ""):
        response.data = kept.packed
        response.set_header("Content-Encoding", "gzip")
        response.append_header("Vary", "Accept-Encoding")


def control(max_age: int, *, public: bool) -> str:
    """``Cache-Control`` of a read that stays good for ``max_age`` seconds."""
    if not public:
        return "private, no-cache"
    return f"public, max-age={max_age}, stale-while-revalidate={max_age * 2}" if max_age else "no-cache"
