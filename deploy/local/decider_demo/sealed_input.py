"""Published ballots as they are cast in a sealed vote, and their plain recount."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

LEFT = ""
"""By majority judgment, what a candidate without a grade is given; where projects are chosen, what each of them is."""


@dataclass(frozen=True, slots=True)
class Cast:
    """What somebody chooses, as the booth takes it: a grade for each candidate, or "" for each chosen project."""

    voter: str
    """Unique among the people of a demonstration."""
    chosen: dict[str, str]


@dataclass(frozen=True, slots=True)
class Input:
    """A vote to be held again: its rules in the words of ``POST /elections``, and its ballots."""

    slug: str
    title: dict[str, str]
    group: str
    method: dict[str, Any]
    candidates: list[dict[str, Any]]
    casts: list[Cast]

    def recount(self, questions: Sequence[dict[str, Any]]) -> list[list[int]]:
        """How often each answer of each question of a sealed ballot was given, counted from the input."""
        return [self._counted(one["candidate_id"], one["answers"]) for one in questions]

    def _counted(self, candidate: str | None, answers: Sequence[str]) -> list[int]:
        if candidate is None:
            votes = Counter(project for cast in self.casts for project in cast.chosen)
        else:
            votes = Counter(cast.chosen.get(candidate, LEFT) for cast in self.casts)
        return [votes[answer] for answer in answers]
