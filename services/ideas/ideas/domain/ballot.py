"""From the commission to the vote and back: the frozen lists, and what the vote decided."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from ideas.domain.campaign import Campaign, PhaseCode
from ideas.domain.commission import Settled, Word, declined
from ideas.domain.dossier import Change, Dossier, State, moved
from ideas.domain.problems import DomainError
from ideas.domain.project import Dossiers, Project, Standing
from ideas.domain.record import Step, content_digest

Facts = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Listed:
    """The projects that one envelope pays, by number, and the digest of their list."""

    place: str
    projects: tuple[Project, ...]
    sha256: str


def lists(campaign: Campaign, projects: Sequence[Project], dossiers: Dossiers, today: date) -> tuple[Listed, ...]:
    """The lists to freeze, one for each envelope; none: they are frozen. Raises *wrong state* if it is too early."""
    if campaign.calendar.phase(PhaseCode.BALLOT) is None or campaign.calendar.before(PhaseCode.BALLOT, today):
        raise DomainError("ballot-too-early", "The choice of the projects has not begun.")
    waiting = [one for one in projects if one.standing is Standing.STUDIED]
    if waiting:
        numbers = ", ".join(sorted(dossiers[one.id].number for one in waiting))
        raise DomainError("projects-undecided", f"The commission has not decided on: {numbers}.")
    retained = sorted(
        (one for one in projects if one.standing is Standing.RETAINED),
        key=lambda one: (one.place, dossiers[one.id].number),
    )
    grouped = [(place, tuple(found)) for place, found in groupby(retained, key=lambda one: one.place)]
    return tuple(Listed(place, found, digest(found, dossiers)) for place, found in grouped)


def digest(projects: Sequence[Project], dossiers: Dossiers) -> str:
    """The SHA-256 of a list: canonical JSON of number, title, cost and digest of the words of each project."""
    content = [
        {
            "number": dossiers[one.id].number,
            "title": one.title,
            "cost": dossiers[one.id].cost if one.voted is None else one.voted,
            "content": content_digest(one.title, one.description),
        }
        for one in projects
    ]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def put(project: Project, on: Listed, dossiers: Dossiers) -> Settled:
    """The project on its list."""
    leader = dossiers[project.id]
    facts: Facts = {"cost": leader.cost or 0, "list": on.sha256, "together": len(on.projects), "place": on.place}
    step = Step("on_ballot", "service", leader.service, facts=facts)
    frozen = replace(project, standing=Standing.ON_BALLOT, voted=leader.cost or 0, version=project.version + 1)
    return frozen, tuple(Change(dossiers[one], (step,)) for one in project.ideas)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided about a project: by the count (``actor`` *vote*) or by people (*service*), with what facts."""

    selected: bool
    actor: str
    facts: Facts
    text: str = ""


def decided(project: Project, dossiers: Dossiers, now: datetime, outcome: Outcome) -> Settled:
    """A project on the ballot won or did not; people may decide otherwise as long as nothing is planned."""
    standing = Standing.SELECTED if outcome.selected else Standing.NOT_SELECTED
    if project.standing is standing:
        return project, ()
    if project.standing not in {Standing.ON_BALLOT, Standing.SELECTED, Standing.NOT_SELECTED}:
        raise DomainError("not-on-ballot", "This project was not put to the vote.")
    kind, actor = standing.value, outcome.actor
    step = Step(kind, actor, dossiers[project.id].service if actor == "service" else None, None, outcome.text)
    step = replace(step, facts=outcome.facts)
    changes = (Change(_after(dossiers[one], now, outcome), (step,)) for one in project.ideas)
    return replace(project, standing=standing, version=project.version + 1), tuple(changes)


def _after(one: Dossier, now: datetime, outcome: Outcome) -> Dossier:
    if one.state not in {State.UNDER_EXAMINATION, State.ACCEPTED, State.DECLINED}:
        raise DomainError("wrong-state", f"Its idea {one.number} is {one.state}.")
    if not outcome.selected:
        return declined(one, now, Word(outcome.text))
    won = moved(one, State.ACCEPTED, now)
    return replace(won, answered_at=now, answer_due_on=None, reason=None, last_word=outcome.text)


def results_begun(campaign: Campaign, today: date) -> None:
    """Raises *wrong state* as long as the calendar is not at the results."""
    if campaign.calendar.before(PhaseCode.RESULTS, today):
        raise DomainError("results-too-early", "The results are not public yet.")
