"""What is remembered from one command to the next: ports, which services, how many of each."""

import json
from dataclasses import asdict, dataclass, field
from typing import Self

from chassis.testing.ports import free_ports, is_free

from decider_local.layout import VAR

_FILE = "state.json"
_WANTED = {"gateway": 8000, "mail_page": 8025}


@dataclass
class State:
    """Ports by name of what listens on them, the services that were started, replicas by name of service."""

    ports: dict[str, int] = field(default_factory=dict)
    services: list[str] = field(default_factory=list)
    scale: dict[str, int] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Self:
        """What was remembered, nothing at first."""
        path = VAR / _FILE
        return cls(**json.loads(path.read_text())) if path.exists() else cls()

    def save(self) -> None:
        """Remember."""
        (VAR / _FILE).write_text(json.dumps(asdict(self), indent=2) + "\n")

    def port(self, name: str) -> int:
        """The port of that name: the same as last time, else a usual one if it is free, else any free one.

        A new one is remembered at once: whoever looks for a process later finds it where it was put.
        """
        if name not in self.ports:
            wanted = _WANTED.get(name)
            self.ports[name] = wanted if wanted and is_free(wanted) else self._unused()
            self.save()
        return self.ports[name]

    def forget_taken_ports(self) -> None:
        """Choose other ports for those which somebody else took while the suite was down."""
        self.ports = {name: port for name, port in self.ports.items() if is_free(port)}

    def replicas(self, service: str) -> int:
        """How many processes of a service run."""
        return self.scale.get(service, 1)

    def _unused(self) -> int:
        return next(port for port in free_ports(len(self.ports) + 1) if port not in self.ports.values())
