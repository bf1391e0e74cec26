"""The bricks that every contract is made of: models, identifiers, texts, pages.

Receivers ignore keys they do not know, so that a newer sender can add one; the public API is stricter and refuses
them (it validates with ``extra="forbid"``). Texts are normalised here, once, for everybody.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Generic, NewType, TypeVar, cast
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    StringConstraints,
)
from pydantic_core import PydanticCustomError, core_schema

AccountId = NewType("AccountId", UUID)
Instant = Annotated[datetime, AwareDatetime]
"""A moment: always with its zone, always written in UTC."""

T = TypeVar("T")


class Model(BaseModel):
    """A value: immutable, compared by content."""

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)


class Request(Model):
    """What a caller asks of a service."""


class Reply(Model):
    """What a service answers."""


class Payload(Model):
    """What an event says: identifiers and facts, never personal data."""


class Empty(Reply):
    """An answer that says only: done."""


class Page(Model, Generic[T]):
    """One page of a list. ``next`` is opaque: give it back as ``after`` to read on; ``None`` ends the list."""

    items: tuple[T, ...]
    next: str | None = None
    total: int | None = None
    """How many there are in all, where counting them is cheap."""


class ListRequest(Request):
    """What every list understands."""

    after: Annotated[str, StringConstraints(max_length=500)] | None = None
    """The ``next`` of the page before."""
    limit: Annotated[int, Field(ge=1, le=100)] = 20


_KEPT_CONTROLS = {"\n", "\t"}


def _unwanted(character: str, kept: set[str]) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} and character not in kept


def _clean(text: object, kept: set[str]) -> object:
    if not isinstance(text, str):
        return text
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(_unwanted(character, kept) for character in unified):
        raise PydanticCustomError("unreadable-characters", "contains characters that cannot be displayed")
    return unicodedata.normalize("NFC", unified).strip()


def _clean_line(text: object) -> object:
    return _clean(text, set())


def _clean_prose(text: object) -> object:
    return _clean(text, _KEPT_CONTROLS)


Line = Annotated[str, BeforeValidator(_clean_line)]
"""Text of one line: stripped, in NFC, without control characters. Say its length with :func:`length`."""
Prose = Annotated[str, BeforeValidator(_clean_prose)]
"""Text of several lines: as :data:`Line`, with line breaks and tabs kept."""


@dataclass(frozen=True, slots=True)
class length:  # noqa: N801 -- read as part of a type: ``Annotated[Line, length(15, 80)]``
    """How many characters a :data:`Line` or :data:`Prose` has, counted after cleaning."""

    minimum: int
    maximum: int

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Put the limits on the string inside the cleaning, so that errors and JSON Schema speak of characters."""
        schema = cast(dict[str, Any], handler(source))
        inner = schema["schema"] if schema["type"] == "function-before" else schema
        inner.update(min_length=self.minimum, max_length=self.maximum)
        return cast(core_schema.CoreSchema, schema)


def _no_nul(text: str) -> str:
    if "\0" in text:
        raise PydanticCustomError("unreadable-characters", "contains characters that cannot be displayed")
    return text


VersionNumber = Annotated[int, Field(ge=1, le=2**31 - 1)]
"""A number of a version, as its caller read it; no greater than an ``integer`` column holds."""
WithoutNul = AfterValidator(_no_nul)
"""Put on a text that is otherwise taken as it is: refuses U+0000, which PostgreSQL cannot hold."""
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
"""A stable word of the territory's data: a theme, a district, a reason."""
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](-?[a-z0-9]){0,79}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]


def _no_duplicates(values: tuple[T, ...]) -> tuple[T, ...]:
    if len(set(values)) != len(values):
        raise PydanticCustomError("duplicate", "the same value is given twice")
    return values


Distinct = AfterValidator(_no_duplicates)
"""Put on a tuple type: refuses one that holds the same value twice."""


class Point(Model):
    """A place on the ground, WGS 84."""

    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
