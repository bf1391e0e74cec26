"""How often one visitor may do what: the territory's table, and a bucket per visitor and rule in this process.

With several processes each has its own buckets: the table is what one process allows. Networks that are exempt (a
school, a library, a mobile operator behind one address) are a setting.
"""

import math
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address

import falcon
from contracts.errors import Fault
from contracts.territory import Limit as Rule


class Limit(StrEnum):
    """The rules a route can name, as the territory's table calls them."""

    API = "api"
    SIGN_IN = "sign_in"
    SEND_MAIL = "confirmation_mail"
    DEPOSIT = "deposit_idea"
    ATTACH = "attach_file"
    COMMENT = "comment"
    USEFUL = "vote_comment"
    REPORT = "report"
    SUPPORT = "support_idea"


Network = IPv4Network | IPv6Network
KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where a request comes from, and for whom it says it comes (``""``: for nobody)."""

    address: str
    person: str = ""

    def counted(self, per: str) -> str:
        """By what a rule counts this visitor."""
        return self.address if per == "address" or not self.person else self.person


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left of the tightest rule: for the ``RateLimit-*`` headers."""

    limit: int
    remaining: int
    reset: int
    """Seconds until all of it is there again."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


@dataclass(slots=True)
class Limiter:
    """Token buckets, forgotten oldest first. ``factor`` multiplies every rule; 0 lifts them."""

    table: Mapping[str, Sequence[Rule]]
    factor: float = 1.0
    exempt: tuple[Network, ...] = ()
    now: Callable[[], float] = time.monotonic
    _buckets: dict[tuple[str, int, str], _Bucket] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, limit: Limit, visitor: Visitor) -> Standing | None:
        """Count one act; what is left. ``None``: not limited. Raises ``Fault`` too-many with the seconds to wait."""
        rules = self.table.get(limit, ())
        if not self.factor or not rules or _within(visitor.address, self.exempt):
            return None
        with self._lock:
            standings = [self._spend(limit, number, rule, visitor) for number, rule in enumerate(rules)]
        return min(standings, key=lambda standing: standing.remaining)

    def _spend(self, limit: Limit, number: int, rule: Rule, visitor: Visitor) -> Standing:
        burst = rule.count * self.factor
        bucket = self._filled((limit, number, visitor.counted(rule.per)), burst, rule.seconds)
        if bucket.tokens < 1:
            wait = math.ceil((1 - bucket.tokens) * rule.seconds / burst)
            raise Fault.too_many(wait, "Too many requests. Try again later.")
        bucket.tokens -= 1
        missing = burst - bucket.tokens
        return Standing(int(burst), int(bucket.tokens), math.ceil(missing * rule.seconds / burst))

    def _filled(self, key: tuple[str, int, str], burst: float, seconds: int) -> _Bucket:
        now = self.now()
        bucket = self._buckets.pop(key, None) or _Bucket(burst, now)
        bucket.tokens = min(burst, bucket.tokens + (now - bucket.at) * burst / seconds)
        bucket.at = now
        self._buckets[key] = bucket
        if len(self._buckets) > KEPT:
            del self._buckets[next(iter(self._buckets))]
        return bucket


@lru_cache(maxsize=4096)
def _within(address: str, networks: tuple[Network, ...]) -> bool:
    return bool(networks) and any(ip_address(address) in network for network in networks)


def write_headers(response: falcon.Response, standing: Standing | None) -> None:
    """Tell the caller what is left."""
    if standing is not None:
        response.set_header("RateLimit-Limit", str(standing.limit))
        response.set_header("RateLimit-Remaining", str(standing.remaining))
        response.set_header("RateLimit-Reset", str(standing.reset))


def address(request: falcon.Request, proxies: int) -> str:
    """Where the request comes from, as far as the given number of our own proxies can be trusted to say."""
    if not proxies:
        return request.remote_addr
    route = request.access_route
    return route[-min(proxies + 1, len(route))]
