"""Public reads: ETag and conditional GET, ``Cache-Control``, and a small memory of anonymous answers."""

import gzip
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b

import falcon
import structlog

from gateway import metrics

log = structlog.get_logger("gateway")


@dataclass(slots=True)
class Kept:
    """One answer, ready to be sent again."""

    body: bytes
    content_type: str
    etag: str
    until: float
    max_age: int
    shared: bool = False
    """Whether others will be sent it too."""
    _packed: bytes = b""

    def packed(self) -> bytes:
        """The same, compressed once for all who read it: not before somebody wants it so."""
        self._packed = self._packed or gzip.compress(self.body, compresslevel=PACKING)
        return self._packed


PACKING = 5
"""Level of compression."""
GRACE = 2.0
"""Seconds for which an answer that is over is still given, while it is made anew."""
PATIENCE = 10.0
"""Seconds for which the others wait for the one who makes what they want too."""


@dataclass(slots=True)
class Memory:
    """The last answers to anonymous reads, in this process; the oldest go first.

    The services are asked once, not by all who read at that moment: whoever wants what somebody is making waits for it;
    an answer that is over is made anew beside the readers, who still get it for two seconds and never for longer than
    it was good.
    """

    size: int = 512
    now: Callable[[], float] = time.monotonic
    _kept: OrderedDict[str, Kept] = field(default_factory=OrderedDict)
    _making: dict[str, list[threading.Lock]] = field(default_factory=dict)
    """What somebody makes, and what is opened to those who wait for it when it is done."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, key: str, renew: Callable[[], object]) -> Kept | None:
        """An answer; of one that is over, ``renew`` is called beside, to keep it anew. None: see :meth:`alone`."""
        now = self.now()
        found = self._given(key, now)
        metrics.CACHE.labels("hit" if found else "miss").inc()
        if found and found.until <= now:
            self._begin(key, renew)
        return found

    def _given(self, key: str, now: float) -> Kept | None:
        kept = self._kept.get(key)
        return kept if kept and kept.until + min(GRACE, kept.max_age) > now else None

    def _begin(self, key: str, renew: Callable[[], object]) -> None:
        with self._lock:
            if key in self._making:
                return
            self._making[key] = []
        threading.Thread(target=self._renew, args=(key, renew), daemon=True).start()

    def _renew(self, key: str, renew: Callable[[], object]) -> None:
        try:
            renew()
        except Exception:  # whoever asks when it is over for good is told
            log.exception("answer_not_renewed")
        finally:
            self._done(key)

    @contextmanager
    def alone(self, key: str) -> Iterator[Kept | None]:
        """Make what is not there: the first comes in and gets nothing, the others then get what the first has kept.

        If it was none that is kept (a form, a redirection, a failure), they make their own, together.
        """
        done = None
        with self._lock:
            kept = self._given(key, self.now())
            if key in self._making:
                done = threading.Lock()
                done.acquire()
                self._making[key].append(done)
            elif kept is None:
                self._making[key] = []
        if done is not None:
            done.acquire(timeout=PATIENCE)
            kept = self._given(key, self.now())
        if done is not None or kept is not None:
            yield kept
            return
        try:
            yield None
        finally:
            self._done(key)

    def _done(self, key: str) -> None:
        with self._lock:
            waiting = self._making.pop(key)
        for done in waiting:
            done.release()

    def keep(self, key: str, body: bytes, content_type: str, max_age: int) -> Kept:
        """Remember an answer for ``max_age`` seconds."""
        kept = Kept(body, content_type, etag_of(body), self.now() + max_age, max_age, shared=max_age > 0)
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
    if kept.shared and "gzip" in (request.get_header("Accept-Encoding") or ""):
        response.data = kept.packed()
        response.set_header("Content-Encoding", "gzip")
        response.append_header("Vary", "Accept-Encoding")


def control(max_age: int, *, public: bool) -> str:
    """``Cache-Control`` of a read that stays good for ``max_age`` seconds."""
    if not public:
        return "private, no-cache"
    return f"public, max-age={max_age}, stale-while-revalidate={max_age * 2}" if max_age else "no-cache"
