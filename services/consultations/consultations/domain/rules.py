"""What the territory decides for every consultation."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rules:
    """The territory's part of the rules."""

    places: frozenset[str]
    """The districts, and groups of districts, that a consultation can be about."""
    language: str
    """The language in which everything must be written; others may be added."""
    level: int = 0
    """The certification that every answer needs."""
    more_than_level: bool = False
    """Whether an age or a residence is asked for every answer, so that identity must be asked."""
