"""What the domain refuses."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with one field of a request."""

    pointer: str
    code: str
    detail: str
    limits: Mapping[str, int] = field(default_factory=dict)


class DomainError(Exception):
    """The state of things does not allow this. ``reason`` is a stable code."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class Invalid(DomainError):
    """The request itself is wrong: every problem at once."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("invalid", "The request has errors.")
        self.problems = problems


class OutOfDate(DomainError):
    """Somebody else changed it since it was read."""
