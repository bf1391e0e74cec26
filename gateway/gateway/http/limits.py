"""How often one visitor may do what: one table, and a bucket per visitor and rule in this process."""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

import falcon
from contracts.errors import Fault


class Limit(StrEnum):
    """The rules a route can name."""

    READ = "read"
    WRITE = "write"
    SIGN_IN = "sign-in"
    SEND_MAIL = "send-mail"


@dataclass(frozen=True, slots=True)
class Rate:
    """``burst`` at once, then ``burst`` more in every ``seconds``."""

    burst: int
    seconds: int


TABLE: dict[Limit, Rate] = {
    Limit.READ: Rate(600, 60),
    Limit.WRITE: Rate(60, 60),
    Limit.SIGN_IN: Rate(10, 60),
    Limit.SEND_MAIL: Rate(5, 600),
}
KEPT = 50_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


@dataclass(slots=True)
class Limiter:
    """Token buckets, forgotten oldest first."""

    factor: float = 1.0
    now: Callable[[], float] = time.monotonic
    _buckets: dict[tuple[Limit, str], _Bucket] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, limit: Limit, visitor: str) -> None:
        """Count one act. Raises ``Fault`` too-many with the seconds to wait."""
        if not self.factor:
            return
        rate = TABLE[limit]
        burst, per_second = rate.burst * self.factor, rate.burst * self.factor / rate.seconds
        with self._lock:
            missing = self._spend((limit, visitor), burst, per_second)
        if missing > 0:
            raise Fault.too_many(math.ceil(missing / per_second), "Too many requests. Try again later.")

    def _spend(self, key: tuple[Limit, str], burst: float, per_second: float) -> float:
        now = self.now()
        bucket = self._buckets.pop(key, None) or _Bucket(burst, now)
        bucket.tokens = min(burst, bucket.tokens + (now - bucket.at) * per_second)
        bucket.at = now
        self._buckets[key] = bucket
        if len(self._buckets) > KEPT:
            del self._buckets[next(iter(self._buckets))]
        if bucket.tokens < 1:
            return 1 - bucket.tokens
        bucket.tokens -= 1
        return 0


def address(request: falcon.Request, proxies: int) -> str:
    """Where the request comes from, as far as the given number of our own proxies can be trusted to say."""
    if not proxies:
        return request.remote_addr
    route = request.access_route
    return route[-min(proxies + 1, len(route))]
