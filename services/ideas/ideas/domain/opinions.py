"""Opinions asked of several services while a dossier is examined, each with its date; and whether it can be done."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from ideas.domain.dossier import Change, Dossier, State, late, require
from ideas.domain.problems import DomainError, Invalid, Problem
from ideas.domain.record import Step
from ideas.domain.rules import Rules


@dataclass(frozen=True, slots=True)
class Opinion:
    """An opinion that a service is asked for; ``given_on`` and what follows: once it is given."""

    idea_id: UUID
    service: str
    asked_by: str
    question: str
    asked_on: date
    due_on: date
    given_on: date | None = None
    verdict: str | None = None
    text: str = ""


def ask(dossier: Dossier, rules: Rules, now: datetime, opinion: Opinion) -> Change:
    """A service is asked for its opinion, in public."""
    require(dossier, State.UNDER_EXAMINATION)
    if opinion.service == opinion.asked_by:
        detail = "The service that examines gives its opinion in the answer."
        raise Invalid(Problem("/services", "own-opinion", detail))
    not_past(rules, opinion.due_on, now)
    facts: dict[str, str | int] = {"of": opinion.service, "due_on": opinion.due_on.isoformat()}
    return Change(dossier, (Step("opinion_asked", "service", opinion.asked_by, text=opinion.question, facts=facts),))


def give(dossier: Dossier, rules: Rules, now: datetime, opinion: Opinion) -> Change:
    """The opinion, in public, with its verdict."""
    require(dossier, State.UNDER_EXAMINATION)
    facts = {"verdict": opinion.verdict or ""} | late(rules, opinion.due_on, now)
    return Change(dossier, (Step("opinion_given", "service", opinion.service, text=opinion.text, facts=facts),))


def judge(dossier: Dossier, *, feasibility: str, cost: int | None, yearly_cost: int | None, text: str) -> Change:
    """Whether it can be done and what it would cost: once, and each year after."""
    require(dossier, State.UNDER_EXAMINATION)
    if dossier.service is None:
        raise DomainError("not-assigned", "Assign the examination to a service first.")
    facts: dict[str, str | int] = {"feasibility": feasibility}
    facts |= {name: value for name, value in (("cost", cost), ("yearly_cost", yearly_cost)) if value is not None}
    judged = replace(
        dossier,
        feasibility=feasibility,
        cost=dossier.cost if cost is None else cost,
        yearly_cost=dossier.yearly_cost if yearly_cost is None else yearly_cost,
    )
    return Change(judged, (Step("feasibility", "service", dossier.service, text=text, facts=facts),))


def due_on(rules: Rules, now: datetime, asked: date | None) -> date:
    """When an opinion is due: the date that was asked, or the territory's delay."""
    return asked or rules.day(now) + timedelta(days=rules.opinion_days)


def not_past(rules: Rules, day: date, now: datetime) -> None:
    """Raises unless the day can still be kept."""
    if day < rules.day(now):
        raise Invalid(Problem("/due_on", "date-past", "Choose today or a later day."))
