"""Lists as PostgreSQL array literals, written at once.

A batch sends thousands of values. The driver checks and quotes each of them by itself; identifiers and hashes never
need quoting.
"""

from collections.abc import Iterable
from uuid import UUID


def uuids(values: Iterable[UUID]) -> str:
    """A ``uuid[]``."""
    return "{" + ",".join(value.hex for value in values) + "}"


def bytes_(values: Iterable[bytes]) -> str:
    """A ``bytea[]``."""
    return "{" + ",".join(f'"\\\\x{value.hex()}"' for value in values) + "}"
