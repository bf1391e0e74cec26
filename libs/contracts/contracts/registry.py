"""The list of everything that services answer (calls) and tell (events): data, hence enumerable and documented."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Generic, TypeVar

from contracts.base import Payload, Reply, Request

Req = TypeVar("Req", bound=Request)
Rep = TypeVar("Rep", bound=Reply)
P = TypeVar("P", bound=Payload)

SERVICES = ("identity", "ideas", "voting", "consultations", "notifications")


@dataclass(frozen=True, slots=True)
class Call(Generic[Req, Rep]):
    """A question to a service and the form of its answer."""

    service: str
    name: str
    request: type[Req]
    reply: type[Rep]
    idempotent: bool
    """Asking twice does what asking once does: the client may retry by itself."""
    batch: bool = False
    """A hot path: many requests travel and are written together."""

    @property
    def route(self) -> str:
        """The routing key of a plain call, and the last part of the queue's name of a batch call."""
        return f"{self.service}.{self.name}"


@dataclass(frozen=True, slots=True)
class Event(Generic[P]):
    """A fact that a service tells everybody, in the past tense."""

    service: str
    name: str
    version: int
    payload: type[P]

    @property
    def topic(self) -> str:
        """The routing key: ``idea_opened.v1``."""
        return f"{self.name}.v{self.version}"


@dataclass(frozen=True, slots=True)
class Contract:
    """Everything one service promises."""

    service: str
    calls: tuple[Call[Any, Any], ...]
    events: tuple[Event[Any], ...]


@cache
def contract(service: str) -> Contract:
    """The contract of a service by its name. Raises ``KeyError`` for a name that is not a service's."""
    if service not in SERVICES:
        raise KeyError(service)
    found: Contract = import_module(f"contracts.{service}").CONTRACT
    return found


def event(service: str, topic: str) -> Event[Any]:
    """The event of a topic. Raises ``KeyError`` if the service tells no such thing."""
    for candidate in contract(service).events:
        if candidate.topic == topic:
            return candidate
    raise KeyError(topic)
