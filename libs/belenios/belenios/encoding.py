"""Bytes and texts of the protocol (§1): compact JSON, numbers, hashes.

Reading is strict, and every reader of this package checks itself: it rebuilds the bytes from what it understood and
compares (`read_canonical`), so that one content has one form.
"""

import json
from base64 import b64encode
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from typing import TypeVar

from belenios.groups import Element, Group, NotAnElement
from belenios.refusal import Check, Refused, require

Json = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
T = TypeVar("T")

LARGEST_WEIGHT = 2**63 - 1
_LARGEST_JSON_WEIGHT = 2**30 - 1


def compact(value: object) -> str:
    """Write JSON without a space, in the given order of fields, nothing escaped that need not be."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def compact_bytes(value: object) -> bytes:
    """Write compact JSON in UTF-8."""
    return compact(value).encode()


def hex_digest(data: bytes) -> str:
    """SHA-256 in 64 lower-case hexadecimal digits: the name of a record."""
    return sha256(data).hexdigest()


def short_digest(data: bytes) -> str:
    """SHA-256 in Base64 without padding, 43 characters: fingerprints and trackers shown to people."""
    return b64encode(sha256(data).digest()).decode().rstrip("=")


def read_canonical(data: bytes, read: Callable[[Json], T], write: Callable[[T], Json]) -> T:
    """Parse `data` with `read` and require that `write` gives the same bytes back."""
    value = read(parse(data))
    require(compact_bytes(write(value)) == data, Check.CANONICAL, "rebuilding it does not give the same bytes")
    return value


def parse(data: bytes) -> Json:
    """Parse JSON; Refused for anything that is not."""
    try:
        parsed: Json = json.loads(data.decode())
        compact_bytes(parsed)
    except (ValueError, RecursionError) as error:
        raise Refused(Check.FORM, "not JSON in UTF-8") from error
    return parsed


def as_object(value: Json, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, Json]:
    """Require an object with these fields and no other."""
    if not isinstance(value, dict):
        raise Refused(Check.FORM, "an object is expected")
    if value.keys() != set(required):
        missing = [name for name in required if name not in value]
        unknown = [name for name in value if name not in required and name not in optional]
        require(not missing, Check.FORM, f"missing field {', '.join(missing)}")
        require(not unknown, Check.FORM, f"unknown field {', '.join(unknown)[:80]}")
    return value


def as_list(value: Json) -> list[Json]:
    """Require a list."""
    if not isinstance(value, list):
        raise Refused(Check.FORM, "a list is expected")
    return value


def as_text(value: Json) -> str:
    """Require a string."""
    if not isinstance(value, str):
        raise Refused(Check.FORM, "a string is expected")
    return value


def as_small(value: Json) -> int:
    """Require a small natural number written as a JSON number."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LARGEST_JSON_WEIGHT:
        raise Refused(Check.NUMBER, "a small natural number is expected")
    return value


def as_digest(value: Json) -> str:
    """Require 64 lower-case hexadecimal digits."""
    text = as_text(value)
    plain = len(text) == 64 and set(text) <= set("0123456789abcdef")
    require(plain, Check.FORM, "a SHA-256 in hexadecimal is expected")
    return text


@cache
def _digits(number: int) -> int:
    return len(str(number))


def natural(text: str, below: int) -> int:
    """Read a natural number in decimal, canonical, strictly below the bound."""
    plain = text.isascii() and text.isdigit() and (text[0] != "0" or text == "0")
    if not plain or len(text) > _digits(below):
        raise Refused(Check.NUMBER, "a decimal number in canonical form is expected")
    number = int(text)
    if number >= below:
        raise Refused(Check.NUMBER, "out of range")
    return number


def as_exponent(group: Group, value: Json) -> int:
    """Require an exponent: decimal, in a string, below the group's order."""
    return natural(as_text(value), group.order)


def as_element(group: Group, value: Json) -> Element:
    """Require the canonical text of a group element; membership is checked apart."""
    try:
        return group.parse(as_text(value))
    except NotAnElement as error:
        raise Refused(Check.ELEMENT, str(error)) from error


def as_weight(value: Json) -> int:
    """Require a weight or a count: a JSON number up to 2^30 - 1, a string above."""
    if isinstance(value, str):
        number = natural(value, 2**128)
        require(number > _LARGEST_JSON_WEIGHT, Check.NUMBER, "a small number is not written as a string")
        return number
    return as_small(value)


def weight_json(weight: int) -> Json:
    """Write a weight or a count as `as_weight` reads it."""
    return weight if weight <= _LARGEST_JSON_WEIGHT else str(weight)
