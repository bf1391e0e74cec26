"""What a rule of the domain can refuse, as data: a stable code and words for people, never an HTTP status."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with one field. ``pointer`` is a JSON Pointer into the request."""

    pointer: str
    code: str
    detail: str


class DomainError(Exception):
    """The state of things does not allow what is asked. ``code`` is stable: a page translates it."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail


class Invalid(Exception):
    """What is asked is not well formed: every problem at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.pointer}: {problem.detail}" for problem in problems))
        self.problems = tuple(problems)
