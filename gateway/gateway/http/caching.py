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


PATIENCE = 5.0
"""Seconds after which an answer that somebody went to renew is asked for again by the next."""


@dataclass(slots=True)
class Memory:
    """The last answers to anonymous reads, in this process; the oldest go first.

    An answer that is over is renewed by the first who asks; until then, and never for longer than it was good,
    everybody else still gets it: the services are asked once, not by all who read at that moment.
    """

    size: int = 512
    now: Callable[[], float] = time.monotonic
    _kept: OrderedDict[str, Kept] = field(default_factory=OrderedDict)
    _renewed_by: dict[str, float] = field(default_factory=dict)
    """Until when whoever went to renew an answer is waited for."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, key: str) -> Kept | None:
        """An answer; none: whoever asks makes it anew."""
        with self._lock:
            found = self._still_good(key, self.now())
        metrics.CACHE.labels("hit" if found else "miss").inc()
        return found

    def _still_good(self, key: str, now: float) -> Kept | None:
        kept = self._kept.get(key)
        if kept is None or kept.until + kept.max_age <= now:
            return None
        if kept.until > now or self._renewed_by.get(key, 0.0) > now:
            return kept
        self._renewed_by[key] = now + PATIENCE
        return None

    def keep(self, key: str, body: bytes, content_type: str, max_age: int) -> Kept:
        """Remember an answer for ``max_age`` seconds."""
        packed = gzip.compress(body, compresslevel=6) if max_age else b""
        kept = Kept(body, content_type, etag_of(body), self.now() + max_age, max_age, packed)
        with self._lock:
            self._kept[key] = kept
            self._renewed_by.pop(key, None)
            self._kept.move_to_end(key)
            while len(self._kept) > self.size:
                gone, _ = self._kept.popitem(last=False)
                self._renewed_by.pop(gone, None)
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
