"""So many pages are made at once in a process. Who comes then stands in line, first come, first served.

Without it everybody's calls would wait in the services' queues at once, each beyond its deadline: nobody gets a page.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from contracts.errors import Fault

RETRY_SECONDS = 5


@dataclass(slots=True)
class Line:
    """``places``: how many at once; ``patience``: seconds that somebody stands in line at most."""

    places: int = 16
    patience: float = 10.0
    _waiting: deque[threading.Lock] = field(default_factory=deque)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def place(self) -> Iterator[None]:
        """One's turn, until it is done. Raises ``Fault`` service-unavailable if it does not come in time."""
        self._wait()
        try:
            yield
        finally:
            self._leave()

    @property
    def waiting(self) -> int:
        """How many stand in line."""
        return len(self._waiting)

    def _wait(self) -> None:
        with self._lock:
            if self.places:
                self.places -= 1
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        if not turn.acquire(timeout=self.patience):
            self._give_up(turn)

    def _give_up(self, turn: threading.Lock) -> None:
        with self._lock:
            if turn not in self._waiting:  # its turn came just now
                return
            self._waiting.remove(turn)
        raise Fault.unavailable("Too many people read at once.", retry_after=RETRY_SECONDS)

    def _leave(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()  # hands its place over: nobody who comes now can take it
            else:
                self.places += 1
