"""What people decide on top of the count. The count never changes: a decision stands beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from voting.domain.errors import DomainError, Invalid, Problem
from voting.domain.rules import Rules, Words, names_winners


class DecisionKind(StrEnum):
    """What is decided about a project."""

    AWARDED = "awarded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision about a project, by somebody who holds ``role``."""

    id: UUID
    candidate_id: str
    kind: DecisionKind
    reason: Words
    role: str
    decided_at: datetime


def standing(won: Iterable[str], decisions: Iterable[Decision]) -> frozenset[str]:
    """The projects that are carried out: those that won, as changed by the decisions in their order."""
    carried_out = set(won)
    for one in decisions:
        if one.kind is DecisionKind.AWARDED:
            carried_out.add(one.candidate_id)
        else:
            carried_out.discard(one.candidate_id)
    return frozenset(carried_out)


def check_decision(
    rules: Rules, carried_out: frozenset[str], decision: Decision, *, languages: tuple[str, ...]
) -> None:
    """Raises :class:`Invalid` or :class:`DomainError` if it is not well formed or changes nothing."""
    problems = []
    if decision.candidate_id not in rules.candidate_ids:
        detail = f"There is no project “{decision.candidate_id}” on this ballot."
        problems.append(Problem("/candidate_id", "unknown-project", detail))
    if languages[0] not in decision.reason:
        detail = f"This is needed in the language “{languages[0]}”."
        problems.append(Problem(f"/reason/{languages[0]}", "missing", detail))
    if problems:
        raise Invalid(problems)
    chosen = decision.candidate_id in carried_out
    if not names_winners(rules):
        raise DomainError("nothing-to-award", "This vote ranks projects: it awards none.")
    if chosen and decision.kind is DecisionKind.AWARDED:
        raise DomainError("already-chosen", "This project is already chosen.")
    if not chosen and decision.kind is DecisionKind.WITHDRAWN:
        raise DomainError("not-chosen", "This project is not chosen.")
