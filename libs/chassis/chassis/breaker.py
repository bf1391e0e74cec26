"""A circuit breaker: after several failures in a row, say no at once for a while instead of keeping people waiting."""

import threading
import time
from collections.abc import Callable


class Breaker:
    """Opens after ``threshold`` failures in a row; after ``cooldown`` seconds it lets one attempt through."""

    def __init__(
        self, *, threshold: int = 5, cooldown: float = 5.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._threshold, self._cooldown, self._clock = threshold, cooldown, clock
        self._lock = threading.Lock()
        self._failures = 0
        self._open_until = 0.0

    def wait(self) -> float:
        """Seconds until an attempt is worth making; 0 now. While open, one caller per cooldown gets 0 and tries."""
        with self._lock:
            if self._failures < self._threshold:
                return 0.0
            now = self._clock()
            if now >= self._open_until:
                self._open_until = now + self._cooldown
                return 0.0
            return self._open_until - now

    def succeeded(self) -> None:
        """An attempt was answered."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """An attempt was not answered in time."""
        with self._lock:
            self._failures += 1
            if self._failures == self._threshold:
                self._open_until = self._clock() + self._cooldown
