"""Opaque marks of where a page ended: the sort key of its last row."""

import base64
import binascii
import json
from datetime import datetime
from uuid import UUID

from contracts.errors import Fault, FieldError


def cursor(*key: datetime | UUID) -> str:
    """The mark after a row with this sort key."""
    parts = [part.isoformat() if isinstance(part, datetime) else str(part) for part in key]
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def _parts(text: str) -> list[str]:
    parts = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return [str(part) for part in parts]


def _refusal() -> Fault:
    return Fault.invalid(FieldError("/after", "not-a-cursor", "Give back the `next` of the page before."))


def moment_and_id(text: str | None) -> tuple[datetime, UUID] | None:
    """The moment and id that the mark was made from. Raises *invalid* for anything else."""
    if text is None:
        return None
    try:
        moment, key = _parts(text)
        return datetime.fromisoformat(moment), UUID(key)
    except (ValueError, TypeError, binascii.Error):
        raise _refusal() from None


def only_id(text: str | None) -> UUID | None:
    """The id that the mark was made from. Raises *invalid* for anything else."""
    if text is None:
        return None
    try:
        (key,) = _parts(text)
        return UUID(key)
    except (ValueError, TypeError, binascii.Error):
        raise _refusal() from None
