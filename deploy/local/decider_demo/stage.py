"""What all the demonstration's stories share: their content, their inhabitants, and who acts."""

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from decider_demo.api import Api
from decider_demo.inhabitants import Counter, Newcomer, Person, Seed, together

CONTENT = Path(__file__).parent / "content"
_NAMES = "Amina T., Jonas M., Marguerite D., Karim B., Hélène V., Nadia S., Lucien A., Théo L., Odile R., Paul E."
NAMES = _NAMES.split(", ")
CROWD = 60
"""Inhabitants: those above and others who only support, answer and vote."""


def content(name: str) -> dict[str, Any]:
    """A file of the demonstration's content."""
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Stage:
    """Everybody who acts: the API as the agent who may do everything here, and the inhabitants."""

    agent: Api
    seed: Seed
    crowd: tuple[Person, ...]

    def named(self, name: str) -> Person:
        """The inhabitant of that name."""
        return next(person for person in self.crowd if person.name == name)


def settle_crowd(counter: Counter) -> tuple[Person, ...]:
    """Accounts for the inhabitants, spread over the districts."""
    names = [*NAMES, *(f"Habitant·e {number}" for number in range(len(NAMES) + 1, CROWD + 1))]
    newcomers = [Newcomer(f"story-{n}", name, f"750{5 + n % 16:02d}") for n, name in enumerate(names)]
    return tuple(together(counter.settle, newcomers, threads=8, title="Inhabitants"))


def period(told: dict[str, Any]) -> dict[str, str]:
    """From when to when, counted from now."""
    now = datetime.now(UTC).replace(microsecond=0)
    opens, closes = (now + timedelta(days=told[key]) for key in ("opens_in_days", "closes_in_days"))
    return {"opens_at": opens.isoformat(), "closes_at": closes.isoformat()}
