"""What a service is, as data: the one place where its parts are put together."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from contracts.registry import Contract

from chassis.doors import Resources
from chassis.settings import Settings


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a service beside the common ones: ``python -m <service> <name>``."""

    name: str
    help: str
    run: Callable[[Any, Namespace], int]
    """Gets the settings and the arguments, returns the exit code."""
    arguments: Callable[[ArgumentParser], object] = field(default=lambda _parser: None)


@dataclass(frozen=True, slots=True)
class Manifest:
    """A service: its contract, its settings, its doors, its tables."""

    name: str
    contract: Contract
    settings: type[Settings]
    bootstrap: Callable[[Any], Resources]
    """Makes the resources of a process (unit of work, verifier, territory …) from its settings."""
    metadata: sa.MetaData
    migrations: Path
    rpc: type
    """The nameko class that answers calls."""
    events: type | None = None
    """The nameko class that subscribes to events."""
    jobs: type | None = None
    """The nameko class of the relay and the timers."""
    workers: type | None = None
    """The nameko class of work that takes the processor for long: it runs in processes of its own."""
    commands: tuple[Command, ...] = ()

    def containers(self, only: str | None) -> list[type]:
        """The nameko classes to run: all but the workers, or the one of ``rpc``, ``events``, ``jobs``, ``workers``."""
        if only == "workers":
            return [self.workers] if self.workers else []
        classes = {"rpc": self.rpc, "events": self.events, "jobs": self.jobs}
        return [cls for key, cls in classes.items() if cls is not None and only in {None, key}]
