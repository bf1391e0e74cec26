"""Identifiers made on our side: a form carries its own, so that sending it twice does what sending it once does."""

from uuid import UUID

import uuid_utils
from contracts.errors import Fault

from gateway.site.visit import Visit


def new_id() -> str:
    """A fresh UUIDv7."""
    return str(uuid_utils.uuid7())


def as_id(text: str) -> UUID:
    """The identifier in an address or a field. Raises ``Fault`` not-found for anything else."""
    try:
        return UUID(text)
    except ValueError:
        raise Fault.not_found() from None


def from_field(visit: Visit, name: str) -> UUID:
    """The identifier that a form carries."""
    return as_id(visit.field(name))
