"""The one table of errors: what can go wrong, its HTTP status, and how it crosses the bus.

A fault crosses as ONE string of JSON, because nameko turns every exception argument into text.
"""

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from pydantic import ValidationError


class FaultCode(StrEnum):
    """What kind of thing went wrong. The value is the last part of the problem's address (RFC 9457 ``type``)."""

    NOT_FOUND = "not-found"
    WRONG_STATE = "wrong-state"
    CONFLICT = "conflict"
    INVALID = "invalid"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    PRECONDITION_FAILED = "precondition-failed"
    TOO_MANY = "too-many"
    UNAVAILABLE = "service-unavailable"
    DEADLINE = "deadline-exceeded"
    INTERNAL = "internal"


STATUS: dict[FaultCode, int] = {
    FaultCode.NOT_FOUND: 404,
    FaultCode.WRONG_STATE: 409,
    FaultCode.CONFLICT: 409,
    FaultCode.INVALID: 422,
    FaultCode.UNAUTHENTICATED: 401,
    FaultCode.FORBIDDEN: 403,
    FaultCode.PRECONDITION_FAILED: 412,
    FaultCode.TOO_MANY: 429,
    FaultCode.UNAVAILABLE: 503,
    FaultCode.DEADLINE: 504,
    FaultCode.INTERNAL: 500,
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing that is wrong with one field. ``pointer`` is a JSON Pointer (RFC 6901) into the request."""

    pointer: str
    code: str
    detail: str
    limits: dict[str, Any] = field(default_factory=dict)
    """What the rule compares with (``min_length`` …), so that a page can say it in its own words."""


@dataclass(slots=True)
class Fault(Exception):
    """An answer other than success. ``reason`` is a stable code that a page can translate."""

    code: FaultCode
    detail: str = ""
    reason: str = ""
    errors: tuple[FieldError, ...] = ()
    retry_after: int | None = None
    """Seconds to wait before trying again."""

    def __post_init__(self) -> None:
        Exception.__init__(self, self.code, self.detail)

    def __str__(self) -> str:
        return f"{self.code}: {self.detail or self.reason}"

    @property
    def status(self) -> int:
        """The HTTP status that says the same."""
        return STATUS[self.code]

    @classmethod
    def not_found(cls, detail: str = "", reason: str = "") -> Self:
        """There is no such thing, or the caller may not know of it."""
        return cls(FaultCode.NOT_FOUND, detail, reason)

    @classmethod
    def wrong_state(cls, detail: str = "", reason: str = "") -> Self:
        """The thing exists, but its state does not allow this."""
        return cls(FaultCode.WRONG_STATE, detail, reason)

    @classmethod
    def conflict(cls, detail: str = "", reason: str = "") -> Self:
        """Another write came first, or the same key was used for another content."""
        return cls(FaultCode.CONFLICT, detail, reason)

    @classmethod
    def invalid(cls, *errors: FieldError, detail: str = "", reason: str = "") -> Self:
        """The request is not well formed: every error at once."""
        return cls(FaultCode.INVALID, detail, reason, tuple(errors))

    @classmethod
    def unauthenticated(cls, detail: str = "", reason: str = "") -> Self:
        """Nobody knows who is asking."""
        return cls(FaultCode.UNAUTHENTICATED, detail, reason)

    @classmethod
    def forbidden(cls, detail: str = "", reason: str = "") -> Self:
        """The caller is known and may not."""
        return cls(FaultCode.FORBIDDEN, detail, reason)

    @classmethod
    def precondition_failed(cls, detail: str = "", reason: str = "") -> Self:
        """The version that the caller knew is no longer the current one."""
        return cls(FaultCode.PRECONDITION_FAILED, detail, reason)

    @classmethod
    def too_many(cls, retry_after: int, detail: str = "", reason: str = "") -> Self:
        """Too often: try again after ``retry_after`` seconds."""
        return cls(FaultCode.TOO_MANY, detail, reason, (), retry_after)

    @classmethod
    def unavailable(cls, detail: str = "", retry_after: int = 5) -> Self:
        """The service does not answer now."""
        return cls(FaultCode.UNAVAILABLE, detail, "", (), retry_after)

    @classmethod
    def deadline(cls, detail: str = "") -> Self:
        """No answer in time. A write may have been saved: read it again by its id."""
        return cls(FaultCode.DEADLINE, detail)

    @classmethod
    def internal(cls, detail: str = "") -> Self:
        """Our fault. The detail never says more than a trace identifier."""
        return cls(FaultCode.INTERNAL, detail)

    def to_json(self) -> str:
        """The form in which a fault crosses the bus."""
        return json.dumps(
            {
                "code": self.code,
                "detail": self.detail,
                "reason": self.reason,
                "errors": [[e.pointer, e.code, e.detail, e.limits] for e in self.errors],
                "retry_after": self.retry_after,
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The inverse of :meth:`to_json`."""
        raw = json.loads(text)
        errors = tuple(FieldError(*error) for error in raw["errors"])
        return cls(FaultCode(raw["code"]), raw["detail"], raw["reason"], errors, raw["retry_after"])


def pointer(location: tuple[str | int, ...]) -> str:
    """The JSON Pointer of a place in a document."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in location)


def _limits(context: dict[str, Any] | None) -> dict[str, Any]:
    plain = (str, int, float, bool)
    return {key: value for key, value in (context or {}).items() if isinstance(value, plain)}


def _place(location: tuple[str | int, ...], document: object) -> tuple[str | int, ...]:
    """The place in the document itself: pydantic also names the branch of a union, and ``[key]`` for a key."""
    place: list[str | int] = []
    here = document
    for position, part in enumerate(location):
        if part == "[key]":
            continue
        last = position == len(location) - 1
        if isinstance(here, dict) and part not in here and not last:
            continue
        place.append(part)
        here = _inside(here, part)
    return tuple(place)


def _inside(here: object, part: str | int) -> object:
    if isinstance(here, dict):
        return here.get(part)
    if isinstance(here, list | tuple) and isinstance(part, int) and part < len(here):
        return here[part]
    return None


def from_validation(error: ValidationError, document: object = None) -> Fault:
    """Every complaint of pydantic as one fault, without repeating the input back.

    ``document`` is what was validated: with it, pointers are places in it and nothing else.
    """
    found = tuple(
        FieldError(pointer(_place(e["loc"], document)), e["type"].replace("_", "-"), e["msg"], _limits(e.get("ctx")))
        for e in error.errors(include_url=False, include_input=False)
    )
    return Fault(FaultCode.INVALID, "The request has errors.", "", found)
