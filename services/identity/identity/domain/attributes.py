"""Attributes of a person, each with its level of certification. A better proof never gives way to a worse."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

DECLARED = 100
CIVIL = ("given_name", "family_name", "birth_date")
"""What tells one human from another."""
COUNTER = 400


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing known of a person."""

    name: str
    value: str = field(repr=False)
    level: int
    certified_at: datetime


def accepted(current: Mapping[str, Attribute], offered: Iterable[Attribute]) -> tuple[Attribute, ...]:
    """Those of the offered attributes that replace what is known: as well certified, and not the same already."""
    return tuple(one for one in offered if _improves(current.get(one.name), one))


def _improves(old: Attribute | None, new: Attribute) -> bool:
    if old is None:
        return True
    return (new.level > old.level) or (new.level == old.level and new.value != old.value)


def civil_identity(known: Mapping[str, Attribute]) -> tuple[str, str, str] | None:
    """Given name, family name and date of birth, if an agent has seen a document for all three."""
    found = [known.get(name) for name in CIVIL]
    if any(one is None or one.level < COUNTER for one in found):
        return None
    given, family, birth = (one.value for one in found if one is not None)
    return given, family, birth
