"""What each service adds to the gateway: routes, menu entries, blocks of the shared pages.

Only declared services are mounted (``SERVICES``): the others leave no route, no menu entry, no line in OpenAPI.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from contracts.registry import SERVICES

from gateway.api.routes import ApiRoute
from gateway.site.routes import SiteRoute
from gateway.site.visit import Visit


@dataclass(frozen=True, slots=True)
class NavEntry:
    """An entry of the main menu. ``label`` is marked with ``N_``; ``order`` places it (10, 20 …)."""

    path: str
    label: str
    order: int
    kind: str = ""
    """Shown only where the territory has this kind of dossier."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a shared page: what ``load`` gives is shown by ``template``. A service that is down leaves a notice."""

    template: str
    load: Callable[[Visit], dict[str, Any]]
    order: int


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue of the agents' desk, shown to those who hold one of the roles."""

    path: str
    group: str
    label: str
    roles: tuple[str, ...]
    order: int


@dataclass(frozen=True, slots=True)
class Module:
    """One service, seen from the gateway."""

    name: str
    api: tuple[ApiRoute, ...] = ()
    site: tuple[SiteRoute, ...] = ()
    navigation: tuple[NavEntry, ...] = ()
    footer: tuple[NavEntry, ...] = ()
    home: tuple[Block, ...] = ()
    """What the home page shows of this service."""
    account: tuple[Block, ...] = ()
    """What ``/moi`` shows of this service."""
    transparency: tuple[Block, ...] = ()
    """What ``/transparence`` shows of this service."""
    data: tuple[Block, ...] = ()
    """What ``/donnees`` shows of this service."""
    queues: tuple[Queue, ...] = ()
    """What the desk offers."""
    waiting: Callable[[Visit], dict[str, int]] | None = None
    """How much waits in each queue of the desk, by its path; one call."""


def load(services: tuple[str, ...]) -> tuple[Module, ...]:
    """The modules of the declared services. Raises ``ValueError`` for a name that is not a service's."""
    unknown = set(services) - set(SERVICES)
    if unknown:
        raise ValueError(f"SERVICES names what is not a service: {', '.join(sorted(unknown))}")
    return tuple(import_module(f"gateway.modules.{name}").MODULE for name in SERVICES if name in services)
