"""The commission at work: projects put to the vote or set aside, projects that exclude one another."""

from collections.abc import Iterable
from uuid import UUID

from chassis.auth import Caller
from contracts import ideas as c
from contracts.errors import Fault

from ideas.domain import commission
from ideas.domain.campaign import Campaign
from ideas.domain.commission import Settled, Word
from ideas.domain.dossier import Change, Dossier, State
from ideas.domain.project import Dossiers, Project
from ideas.repository import Transaction, UnitOfWork
from ideas.translate import facts
from ideas.use_cases import access
from ideas.use_cases.campaigning import MANAGERS
from ideas.use_cases.grouping import record, view


def settle_project(uow: UnitOfWork, caller: Caller, request: c.SettleProject) -> c.ProjectView:
    """Put a project to the vote, or set it aside."""
    with uow() as tx:
        project, dossiers = settled(tx, caller, request.idea_id)
        after, changes = _decided(tx, project, dossiers, request)
        if changes:
            tx.projects.save(after)
            tell(tx, changes, dossiers)
        return view(tx, str(project.id))


def settled(tx: Transaction, caller: Caller, idea_id: UUID) -> tuple[Project, Dossiers]:
    """The project that the idea leads and its dossiers, locked, for those who manage campaigns where it is."""
    access.agent(caller, MANAGERS, (None,))
    found = tx.projects.find(idea_id)
    if found is None:
        raise Fault.not_found("There is no such project.", "no-such-project")
    dossiers = tx.dossiers.lock_all(found.ideas)
    for one in dossiers.values():
        access.agent(caller, MANAGERS, access.places_of(one, tx.rules))
    return tx.projects.find(idea_id) or found, dossiers


def _decided(tx: Transaction, project: Project, dossiers: Dossiers, request: c.SettleProject) -> Settled:
    word = Word(request.text, request.reason)
    if request.decision == "retain":
        return commission.retain(project, campaign_of(tx, project), dossiers, word)
    return commission.set_aside(project, dossiers, tx.rules, tx.now, word)


def campaign_of(tx: Transaction, project: Project) -> Campaign:
    """The campaign of a project."""
    found = tx.campaigns.find(project.year)
    if found is None:
        raise LookupError(project.year)
    return found


def tell(tx: Transaction, changes: Iterable[Change], before: Dossiers) -> None:
    """Keep what was decided on dossiers, and tell it: as an answer where it ends them."""
    for change in changes:
        if change.dossier.state is not State.DECLINED:
            record(tx, [change], before)
            continue
        _tell_end(tx, tx.save(change))


def _tell_end(tx: Transaction, after: Dossier) -> None:
    more = {"outcome": after.state, "reason": after.reason, "service": after.service}
    fact = c.AnswerPublished.model_validate(facts.of_dossier(after) | more)
    tx.events.append(c.ANSWER_PUBLISHED, fact, subject=after.number)


def declare_incompatible(uow: UnitOfWork, caller: Caller, request: c.DeclareIncompatible) -> c.ProjectView:
    """Two projects exclude one another, or no longer do."""
    with uow() as tx:
        first, second = sorted((request.idea_id, request.other))
        both = {one: settled(tx, caller, one) for one in (first, second)}
        one, other = both[request.idea_id][0], both[request.other][0]
        dossiers = {**both[first][1], **both[second][1]}
        kind = "incompatible" if request.incompatible else "compatible"
        changes = commission.exclude(one, other, dossiers, kind=kind, text=request.text)
        if tx.projects.exclude(one.id, other.id, request.text if request.incompatible else None):
            record(tx, changes, dossiers)
        return view(tx, str(one.id))
