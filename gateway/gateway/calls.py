"""How the gateway talks to the services: one client per process, one context per request."""

import os
import threading
from typing import Protocol, TypeVar

from chassis.client import Context, RpcClient
from contracts.base import Reply, Request
from contracts.registry import Call

Req = TypeVar("Req", bound=Request)
Rep = TypeVar("Rep", bound=Reply)


class Client(Protocol):
    """What :class:`chassis.client.RpcClient` does, and what a test's stand-in does."""

    @property
    def connected(self) -> bool:
        """Whether the broker can be reached."""
        ...

    def call(self, call: Call[Req, Rep], request: Req, *, context: Context, deadline: float = 5.0) -> Rep:
        """Ask a service. Raises ``Fault``."""
        ...


class PerProcess:
    """A client made at its first use in each process, so that workers forked from one parent share no connection."""

    def __init__(self, amqp_url: str) -> None:
        self._url = amqp_url
        self._lock = threading.Lock()
        self._made: tuple[int, RpcClient] | None = None

    @property
    def connected(self) -> bool:
        """Whether the broker can be reached."""
        return self._mine().connected

    def call(self, call: Call[Req, Rep], request: Req, *, context: Context, deadline: float = 5.0) -> Rep:
        """Ask a service. Raises ``Fault``."""
        return self._mine().call(call, request, context=context, deadline=deadline)

    def _mine(self) -> RpcClient:
        made = self._made
        if made is None or made[0] != os.getpid():
            with self._lock:
                made = self._made
                if made is None or made[0] != os.getpid():
                    made = self._made = (os.getpid(), RpcClient(self._url, name="gateway"))
        return made[1]
