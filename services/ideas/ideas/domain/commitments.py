"""Commitments: what a favourable answer turns into, each with its date, followed until it is done or given up."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from ideas.domain.dossier import FOLLOWED_UP, Change, Dossier, State, known_reason, late, require
from ideas.domain.opinions import not_past
from ideas.domain.problems import DomainError, Invalid, Problem
from ideas.domain.record import Step
from ideas.domain.rules import Rules

OPEN, DONE, DROPPED = "open", "done", "dropped"


@dataclass(frozen=True, slots=True)
class Commitment:
    """Something that a service promised to do by a day."""

    id: UUID
    idea_id: UUID
    service: str
    text: str
    made_on: date
    due_on: date
    state: str = OPEN
    closed_on: date | None = None


def next_due(commitments: Iterable[Commitment]) -> date | None:
    """The nearest date among those not closed."""
    return min((one.due_on for one in commitments if one.state == OPEN), default=None)


def make(dossier: Dossier, commitment: Commitment, rules: Rules, now: datetime) -> Change:
    """It is promised, in public."""
    require(dossier, *FOLLOWED_UP)
    not_past(rules, commitment.due_on, now)
    nearest = min(filter(None, (dossier.promised_on, commitment.due_on)))
    return Change(replace(dossier, promised_on=nearest), (_step("commitment_made", commitment),))


Followed = tuple[Commitment, Change]
"""The promise as it is afterwards, and what the dossier's record gains."""


def done(  # noqa: PLR0913 -- the values of one sentence
    dossier: Dossier, commitment: Commitment, rules: Rules, now: datetime, *, on: date | None, text: str
) -> Followed:
    """It was done, on a day that is not to come."""
    _open(dossier, commitment)
    day = on or rules.day(now)
    if day > rules.day(now):
        raise Invalid(Problem("/on", "date-to-come", "Say on which day it was done."))
    step = _step("commitment_done", commitment, text=text, facts=_late(commitment, day) | {"on": day.isoformat()})
    return replace(commitment, state=DONE, closed_on=day), Change(replace(dossier, last_word=text), (step,))


def postponed(  # noqa: PLR0913
    dossier: Dossier,
    commitment: Commitment,
    rules: Rules,
    now: datetime,
    *,
    on: date | None,
    reason: str | None,
    text: str,
) -> Followed:
    """It gets another date, for a reason; the record keeps the date that was promised first."""
    _open(dossier, commitment)
    if on is None:
        raise Invalid(Problem("/on", "missing", "Say the new date."))
    if on < rules.day(now):
        raise Invalid(Problem("/on", "date-past", "Choose today or a later day."))
    known_reason(rules, "postpone", reason)
    later = replace(commitment, due_on=on)
    facts = {"instead_of": commitment.due_on.isoformat()} | late(rules, commitment.due_on, now)
    step = _step("commitment_postponed", later, reason=reason, text=text, facts=facts)
    return later, Change(replace(dossier, last_word=text), (step,))


def dropped(  # noqa: PLR0913
    dossier: Dossier, commitment: Commitment, rules: Rules, now: datetime, *, reason: str | None, text: str
) -> Followed:
    """It is given up, for a reason."""
    _open(dossier, commitment)
    known_reason(rules, "abandon", reason)
    step = _step("commitment_dropped", commitment, reason=reason, text=text)
    closed = replace(commitment, state=DROPPED, closed_on=rules.day(now))
    return closed, Change(replace(dossier, last_word=text), (step,))


def _open(dossier: Dossier, commitment: Commitment) -> None:
    require(dossier, *FOLLOWED_UP, State.DELIVERED, State.ABANDONED)
    if commitment.state != OPEN:
        raise DomainError("commitment-closed", "This promise is closed already.")


def _late(commitment: Commitment, day: date) -> dict[str, str | int]:
    days = (day - commitment.due_on).days
    return {"late_days": days} if days > 0 else {}


def _step(
    kind: str,
    commitment: Commitment,
    *,
    reason: str | None = None,
    text: str | None = None,
    facts: dict[str, str | int] | None = None,
) -> Step:
    known: dict[str, str | int] = {"commitment": str(commitment.id), "due_on": commitment.due_on.isoformat()}
    said = commitment.text if text is None else text
    return Step(kind, "service", commitment.service, reason, said, known | (facts or {}))
