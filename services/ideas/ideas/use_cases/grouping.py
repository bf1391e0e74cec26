"""From admitted ideas to projects: made, changed, taken apart, each time on the records of all ideas concerned."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from chassis.auth import Caller
from contracts import ideas as c
from contracts.base import Empty
from contracts.errors import Fault

from ideas.domain import project as rules_of_projects
from ideas.domain.campaign import Campaign
from ideas.domain.dossier import Change, Dossier
from ideas.domain.problems import Invalid, Problem
from ideas.domain.project import Dossiers, Project
from ideas.queries import projects as pages
from ideas.repository import Transaction, UnitOfWork
from ideas.translate import facts
from ideas.translate import projects as translate
from ideas.use_cases import access
from ideas.use_cases.admitting import DECIDE


def save_project(uow: UnitOfWork, caller: Caller, request: c.SaveProject) -> c.ProjectView:
    """Make a project of admitted ideas, or change it. Making it again as it is changes nothing."""
    with uow() as tx:
        access.agent(caller, DECIDE, (None,))
        before = tx.projects.find(request.idea_id)
        dossiers = locked(tx, caller, {*request.ideas, request.idea_id, *(before.ideas if before else ())})
        before = tx.projects.find(request.idea_id)
        campaign = _campaign(tx, dossiers.get(request.idea_id))
        wanted = translate.wanted(request, campaign.year)
        taken = tx.projects.of_ideas(wanted.ideas)
        rules_of_projects.check(wanted, campaign, tx.rules, dossiers=dossiers, taken=taken)
        wanted = rules_of_projects.ordered(wanted, dossiers)
        _keep(tx, before, wanted, dossiers, request)
        return view(tx, str(request.idea_id))


def locked(tx: Transaction, caller: Caller, ideas: Iterable[UUID]) -> Dossiers:
    """The dossiers, for an agent who decides on each of them."""
    found = tx.dossiers.lock_all(ideas)
    for one in found.values():
        access.agent(caller, DECIDE, access.places_of(one, tx.rules))
    return found


def _campaign(tx: Transaction, leader: Dossier | None) -> Campaign:
    """The campaign of the idea that leads. Raises *invalid* if there is no such idea, or none of a campaign."""
    if leader is None:
        raise Invalid(Problem("/idea_id", "no-such-dossier", "There is no such dossier."))
    found = next((one for one in tx.campaigns.all() if one.slug == leader.campaign), None)
    if found is None:
        raise Invalid(Problem("/idea_id", "other-campaign", "It is not an idea of a campaign."))
    return found


def _keep(tx: Transaction, before: Project | None, wanted: Project, dossiers: Dossiers, request: c.SaveProject) -> None:
    if before is None and request.version is not None:
        raise Fault.not_found("There is no such project.", "no-such-project")
    if before is None:
        tx.projects.save(wanted)
        record(tx, rules_of_projects.form(wanted, dossiers), dossiers)
        return
    version = request.version if request.version is not None else _made_again(before, wanted)
    after, changes = rules_of_projects.change(before, wanted, dossiers, version=version, text=request.text)
    if changes:
        tx.projects.save(after)
        record(tx, changes, dossiers)


def _made_again(before: Project, wanted: Project) -> int:
    """The version of a project that is made again as it is. Raises *conflict* for another one of the same idea."""
    if replace(wanted, standing=before.standing, voted=before.voted, version=before.version) != before:
        raise Fault.conflict("This idea leads a project already.", "project-exists")
    return before.version


def not_settled(tx: Transaction, one: Dossier) -> None:
    """Raises *wrong state* if the dossier leads a project that the commission has decided on."""
    project = tx.projects.find(one.id)
    if project is not None:
        rules_of_projects.still_studied(project)


def record(tx: Transaction, changes: Iterable[Change], before: Dossiers) -> None:
    """Keep what happened to dossiers, and tell it."""
    for change in changes:
        after = tx.save(change)
        told = {"position": after.steps, "state": after.state, "changed": after.state is not before[after.id].state}
        fact = c.StepRecorded.model_validate(facts.of_dossier(after) | told)
        tx.events.append(c.STEP_RECORDED, fact, subject=after.number)


def dissolve_project(uow: UnitOfWork, caller: Caller, request: c.DissolveProject) -> Empty:
    """Take a project apart. Repeating it changes nothing."""
    with uow() as tx:
        access.agent(caller, DECIDE, (None,))
        before = tx.projects.find(request.idea_id)
        if before is not None:
            dossiers = locked(tx, caller, before.ideas)
            record(tx, rules_of_projects.dissolve(before, dossiers, request.text), dossiers)
            tx.projects.remove(before.id)
    return Empty()


def view(tx: Transaction, key: str) -> c.ProjectView:
    """The project as everybody sees it. Raises *not found*."""
    row = pages.find(tx.connection, key)
    if row is None:
        raise Fault.not_found("There is no such project.", "no-such-project")
    ideas, others = pages.made_of(tx.connection, row.id), pages.incompatible(tx.connection, row.id)
    return translate.view(row, ideas, others, tx.today)
