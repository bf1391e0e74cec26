"""Renews a session silently when its access token is over.

Browsers send several requests at once: the first one renews, the others of this process wait for it and share what it
got, so that a refresh token is never used twice by us.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from contracts.errors import Fault

from gateway.site import session
from gateway.site.visit import Visit

SHARED_FOR = 30.0
"""Seconds during which late requests with the old cookie get the same new session."""
KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Tokens:
    """What identity gives for a refresh token."""

    access: str
    refresh: str
    seconds: int
    """How long the refresh token can be used."""


@dataclass(slots=True)
class Refresher:
    """``renew`` asks identity: visit and refresh token → tokens. It raises ``Fault``."""

    renew: Callable[[Visit, str], Tokens]
    _done: OrderedDict[str, tuple[float, Tokens]] = field(default_factory=OrderedDict)
    _locks: dict[str, threading.Lock] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def refresh(self, visit: Visit, refresh_token: str) -> None:
        """Sign the visit in with a renewed session, or sign it out if the token is no longer good."""
        key = sha256(refresh_token.encode()).hexdigest()
        with self._guard:
            lock = self._locks.setdefault(key, threading.Lock())
        try:
            with lock:
                tokens = self._recent(key) or self._ask(key, visit, refresh_token)
        except Fault as fault:
            if fault.status < 500:
                sign_out(visit)
            return
        finally:
            with self._guard:
                self._locks.pop(key, None)
        sign_in(visit, tokens)

    def _recent(self, key: str) -> Tokens | None:
        found = self._done.get(key)
        return found[1] if found and found[0] > time.monotonic() else None

    def _ask(self, key: str, visit: Visit, refresh_token: str) -> Tokens:
        tokens = self.renew(visit, refresh_token)
        self._done[key] = (time.monotonic() + SHARED_FOR, tokens)
        while len(self._done) > KEPT:
            self._done.popitem(last=False)
        return tokens


def sign_in(visit: Visit, tokens: Tokens) -> None:
    """Keep the session in the cookies, and use it for the rest of this visit."""
    visit.keep(session.ACCESS, tokens.access, max_age=900)
    visit.keep(session.REFRESH, tokens.refresh, max_age=tokens.seconds)
    visit.session = session.read(tokens.access)


def sign_out(visit: Visit) -> None:
    """Forget the session on this device."""
    visit.forget(session.ACCESS)
    visit.forget(session.REFRESH)
    visit.session = None
