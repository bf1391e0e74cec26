"""The parts of a territory about supports: signatures on paper, and which supports agents look at."""

from typing import Annotated

from pydantic import Field

from contracts.territory.parts import Part, Positive


class Paper(Part):
    """The rules of signatures on paper."""

    second_agent: bool = True
    """Whether another agent must confirm a batch before it counts."""


class Fraud(Part):
    """When supports given together are shown to agents."""

    window_minutes: Annotated[int, Field(ge=1, le=1440)] = 10
    """Supports are counted in windows of so many minutes."""
    least: Annotated[int, Field(ge=3)] = 15
    """How many supports a window must have to be looked at."""
    times_usual: Annotated[int, Field(ge=2)] = 5
    """How many times more than in a usual window of the dossier."""
    young_hours: Positive = 24
    """An account that supports within so many hours of being made is young."""
    review_from: Annotated[int, Field(ge=1, le=100)] = 50
    """From which score a group is shown."""
