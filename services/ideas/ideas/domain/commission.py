"""The commission: which projects are put to the vote, which are set aside and why, which exclude one another."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from ideas.domain.campaign import Campaign, PhaseCode
from ideas.domain.dossier import Change, Dossier, State, known_reason, moved
from ideas.domain.problems import DomainError, Invalid, Problem
from ideas.domain.project import Dossiers, Project, Standing
from ideas.domain.record import Step
from ideas.domain.rules import Rules

CAN_BE_DONE = frozenset({"feasible", "with_changes"})
Settled = tuple[Project, tuple[Change, ...]]
"""The project as it is afterwards, and what the records of its ideas gain; nothing: it was decided before."""


@dataclass(frozen=True, slots=True)
class Word:
    """What the commission says to everybody, and the reason of the territory's list that it gives."""

    text: str
    reason: str | None = None


def retain(project: Project, campaign: Campaign, dossiers: Dossiers, word: Word) -> Settled:
    """It is put to the vote. Raises *wrong state* with what services still owe."""
    if project.standing is Standing.RETAINED:
        return project, ()
    _require(project, Standing.STUDIED)
    leader = dossiers[project.id]
    _costed(leader, campaign.envelopes.get(project.place, 0))
    results = campaign.calendar.phase(PhaseCode.RESULTS)
    facts: dict[str, str | int] = {"cost": leader.cost or 0}
    facts |= {"due_on": results.starts_on.isoformat()} if results else {}
    step = Step("retained", "service", leader.service, word.reason, word.text, facts)
    awaited = results.starts_on if results else None
    kept = (Change(replace(_examined(one), answer_due_on=awaited), (step,)) for one in _all(project, dossiers))
    return replace(project, standing=Standing.RETAINED, version=project.version + 1), tuple(kept)


def _costed(leader: Dossier, envelope: int) -> None:
    if leader.feasibility is None:
        raise DomainError("not-judged", "Services must say first whether it can be done.")
    if leader.feasibility not in CAN_BE_DONE:
        raise DomainError("not-feasible", "Services say that it cannot be done: set it aside.")
    if leader.cost is None:
        raise DomainError("no-cost", "Services must say first what it costs.")
    if leader.cost > envelope:
        raise DomainError("over-envelope", "It costs more than its envelope.")


def set_aside(project: Project, dossiers: Dossiers, rules: Rules, now: datetime, word: Word) -> Settled:
    """It is not put to the vote; it stays readable, with the reason. Raises *invalid* with all that is missing."""
    if project.standing is Standing.SET_ASIDE:
        return project, ()
    _require(project, Standing.STUDIED, Standing.RETAINED)
    _explained(rules, word)
    step = Step("set_aside", "service", dossiers[project.id].service, word.reason, word.text)
    ended = (Change(declined(_examined(one), now, word), (step,)) for one in _all(project, dossiers))
    return replace(project, standing=Standing.SET_ASIDE, version=project.version + 1), tuple(ended)


def declined(dossier: Dossier, now: datetime, word: Word) -> Dossier:
    """A dossier whose project is not carried out."""
    ended = moved(dossier, State.DECLINED, now)
    return replace(ended, answered_at=now, answer_due_on=None, reason=word.reason, last_word=word.text)


def _explained(rules: Rules, word: Word) -> None:
    problems: list[Problem] = []
    try:
        known_reason(rules, "set_aside", word.reason)
    except Invalid as unknown:
        problems += unknown.problems
    if not word.text:
        problems.append(Problem("/text", "missing", "Say why in public words."))
    if problems:
        raise Invalid(*problems)


def exclude(one: Project, other: Project, dossiers: Dossiers, *, kind: str, text: str) -> tuple[Change, Change]:
    """What both records gain when two projects exclude one another (``incompatible``), or no longer do."""
    for project in (one, other):
        _require(project, Standing.STUDIED, Standing.RETAINED)
    if one.id == other.id:
        raise Invalid(Problem("/other", "itself", "Choose another project."))
    if (one.year, one.place) != (other.year, other.place):
        raise Invalid(Problem("/other", "other-envelope", "Only projects of the same envelope exclude one another."))
    here, there = dossiers[one.id], dossiers[other.id]
    return _noted(here, there, kind, text), _noted(there, here, kind, text)


def _noted(here: Dossier, there: Dossier, kind: str, text: str) -> Change:
    return Change(here, (Step(kind, "service", here.service, text=text, facts={"other": there.number}),))


def _require(project: Project, *standings: Standing) -> None:
    if project.standing not in standings:
        raise DomainError("project-settled", f"A project that is {project.standing} does not allow this.")


def _examined(one: Dossier) -> Dossier:
    if one.state is not State.UNDER_EXAMINATION:
        raise DomainError("wrong-state", f"Its idea {one.number} is {one.state}.")
    return one


def _all(project: Project, dossiers: Dossiers) -> Iterator[Dossier]:
    return (dossiers[one] for one in project.ideas)
