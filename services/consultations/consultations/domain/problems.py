"""What is wrong, where: found all at once and handed back as values. And the one exception of this domain."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. ``pointer`` is a JSON Pointer into what was checked."""

    pointer: str
    code: str
    detail: str
    limits: Mapping[str, int] = field(default_factory=dict)


class DomainError(Exception):
    """A rule says no. ``reason`` is a stable code; ``problems`` tell which fields, if any."""

    def __init__(self, reason: str, detail: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.problems = problems


class WrongState(DomainError):
    """The state of the consultation does not allow this."""


class Invalid(DomainError):
    """What was given breaks rules, each named by a problem."""

    def __init__(self, problems: tuple[Problem, ...], reason: str = "") -> None:
        super().__init__(reason, "There are errors.", problems)
