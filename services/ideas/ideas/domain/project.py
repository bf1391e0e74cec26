"""Projects of the participatory budget: several admitted ideas, one project, which bears the number of its leading one.

Ideas keep their own number and record; both sides say that they were joined or parted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from ideas.domain.campaign import WHOLE, Campaign
from ideas.domain.dossier import Change, Dossier, State
from ideas.domain.problems import DomainError, Invalid, OutOfDate, Problem
from ideas.domain.record import Step, content_digest
from ideas.domain.rules import Rules


class Standing(StrEnum):
    """Where a project stands until the vote."""

    STUDIED = "studied"
    RETAINED = "retained"
    SET_ASIDE = "set_aside"
    ON_BALLOT = "on_ballot"
    SELECTED = "selected"
    NOT_SELECTED = "not_selected"


@dataclass(frozen=True, slots=True)
class Project:
    """A project. ``ideas``: all that it is made of, the leading one first; ``place``: whose envelope pays."""

    id: UUID
    """The id of the leading idea."""
    year: int
    title: str
    description: str
    place: str
    ideas: tuple[UUID, ...]
    equity: str | None = None
    """The priority neighbourhood whose label it bears."""
    standing: Standing = Standing.STUDIED
    voted: int | None = None
    """The cost that was put to the vote."""
    version: int = 1


Dossiers = Mapping[UUID, Dossier]
"""The dossiers of everything that a project is, was or will be made of, locked."""


def check(wanted: Project, campaign: Campaign, rules: Rules, *, dossiers: Dossiers, taken: Mapping[UUID, UUID]) -> None:
    """Raises *invalid* with everything that is wrong. ``taken``: by idea, the project that it is part of."""
    problems = list(_ideas_wrong(wanted, campaign, dossiers, taken))
    if wanted.id not in wanted.ideas:
        problems.append(Problem("/ideas", "leader-missing", "The idea that leads is part of the project."))
    if wanted.place not in campaign.envelopes:
        problems.append(Problem("/place", "no-envelope", "This place has no envelope in the campaign."))
    problems += _equity_wrong(wanted, rules)
    if problems:
        raise Invalid(*problems)


def _equity_wrong(wanted: Project, rules: Rules) -> Iterator[Problem]:
    if wanted.equity is None:
        return
    district = rules.neighbourhoods.get(wanted.equity)
    if district is None:
        yield Problem("/equity", "unknown-neighbourhood", "There is no such priority neighbourhood.")
    elif wanted.place != WHOLE and district not in rules.within([wanted.place]):
        yield Problem("/equity", "neighbourhood-elsewhere", "This neighbourhood is not where the project is.")


def _ideas_wrong(
    wanted: Project, campaign: Campaign, dossiers: Dossiers, taken: Mapping[UUID, UUID]
) -> Iterator[Problem]:
    for position, idea in enumerate(wanted.ideas):
        one, pointer = dossiers.get(idea), f"/ideas/{position}"
        if one is None:
            yield Problem(pointer, "no-such-dossier", "There is no such dossier.")
        elif one.campaign != campaign.slug:
            yield Problem(pointer, "other-campaign", "It is not an idea of this campaign.")
        elif one.state is not State.UNDER_EXAMINATION:
            yield Problem(pointer, "not-admitted", "Only an admitted idea becomes a project.")
        elif taken.get(idea, wanted.id) != wanted.id:
            yield Problem(pointer, "in-project", "It is part of another project.")


def ordered(wanted: Project, dossiers: Dossiers) -> Project:
    """The same, its ideas in their order: the leading one, then by number."""
    others = sorted((one for one in wanted.ideas if one != wanted.id), key=lambda one: dossiers[one].number)
    return replace(wanted, ideas=(wanted.id, *others))


def form(wanted: Project, dossiers: Dossiers) -> tuple[Change, ...]:
    """What the records gain when the project is made."""
    leader = dossiers[wanted.id]
    joined = [dossiers[one] for one in wanted.ideas if one != wanted.id]
    first = Step("project_formed", "service", facts=_content(wanted) | _listed("with", joined))
    return (Change(leader, (first,)), *(_grouped(leader, one, "") for one in joined))


def change(
    before: Project, wanted: Project, dossiers: Dossiers, *, version: int, text: str
) -> tuple[Project, tuple[Change, ...]]:
    """The project as it is afterwards, and what the records gain. Nothing changed: as before, and no step.

    Raises *out of date* if somebody else changed it, *invalid* if ideas leave and nobody says why.
    """
    if version != before.version:
        raise OutOfDate("out-of-date", "It was changed since you read it.")
    after = replace(wanted, standing=before.standing, voted=before.voted, version=before.version)
    if after == before:
        return before, ()
    still_studied(before)
    joined = [dossiers[one] for one in after.ideas if one not in before.ideas]
    left = [dossiers[one] for one in before.ideas if one not in after.ideas]
    if left and not text:
        raise Invalid(Problem("/text", "missing", "Say in public words why an idea leaves."))
    leader = dossiers[before.id]
    facts = _content(after) | _listed("joined", joined) | _listed("left", left)
    changes = [Change(leader, (Step("project_changed", "service", text=text, facts=facts),))]
    changes += [_grouped(leader, one, text) for one in joined]
    changes += [_ungrouped(leader, one, text) for one in left]
    return replace(after, version=before.version + 1), tuple(changes)


def dissolve(before: Project, dossiers: Dossiers, text: str) -> tuple[Change, ...]:
    """What the records gain when the project is taken apart."""
    still_studied(before)
    leader = dossiers[before.id]
    apart = Change(leader, (Step("project_dissolved", "service", text=text),))
    return (apart, *(_ungrouped(leader, dossiers[one], text) for one in before.ideas if one != before.id))


def still_studied(project: Project) -> None:
    """Raises *wrong state* once the commission has decided."""
    if project.standing is not Standing.STUDIED:
        raise DomainError("project-settled", "The commission has decided on this project: it stays as it is.")


def _content(project: Project) -> dict[str, str | int]:
    label: dict[str, str | int] = {"equity": project.equity} if project.equity else {}
    return {"content": content_digest(project.title, project.description), "place": project.place} | label


def _listed(name: str, dossiers: list[Dossier]) -> dict[str, str | int]:
    return {name: " ".join(sorted(one.number for one in dossiers))} if dossiers else {}


def _grouped(leader: Dossier, one: Dossier, text: str) -> Change:
    return Change(one, (Step("grouped", "service", text=text, facts={"project": leader.number}),))


def _ungrouped(leader: Dossier, one: Dossier, text: str) -> Change:
    return Change(one, (Step("ungrouped", "service", text=text, facts={"project": leader.number}),))
