"""Opaque marks of where a page ended: the sort key of its last row, to be given back as ``after``."""

import base64
import binascii
import json
from collections.abc import Callable

from contracts.errors import Fault, FieldError


def cursor(*key: object) -> str:
    """The mark after a row with this sort key; each part is written as ``str`` does."""
    parts = json.dumps([str(part) for part in key])
    return base64.urlsafe_b64encode(parts.encode()).decode().rstrip("=")


def bigint(text: str) -> int:
    """A kind of :func:`sort_key`: a number that a ``bigint`` column can be compared with."""
    number = int(text)
    if not -(2**63) <= number < 2**63:
        raise ValueError(text)
    return number


def sort_key(text: str, *kinds: Callable[[str], object]) -> tuple[object, ...]:
    """The sort key in a mark, each part read by its kind (``bigint``, ``UUID``, ``datetime.fromisoformat`` …).

    Raises *invalid* for anything that :func:`cursor` did not make.
    """
    try:
        parts = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        return tuple(kind(part) for kind, part in zip(kinds, parts, strict=True))
    except (ValueError, TypeError, AttributeError, binascii.Error):
        raise Fault.invalid(FieldError("/after", "not-a-cursor", "Give back the `next` of the page before.")) from None
