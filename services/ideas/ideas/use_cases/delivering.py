"""What becomes of the projects that won: dates, progress, money and news, told to everybody concerned."""

from uuid import UUID

from chassis.auth import Caller
from contracts import ideas as c
from contracts.errors import Fault
from contracts.identity import Role

from ideas.domain import delivery
from ideas.domain.attachments import named
from ideas.domain.delivery import News
from ideas.domain.dossier import Change, State
from ideas.domain.project import Dossiers, Project
from ideas.queries import works as pages
from ideas.repository import Transaction, UnitOfWork
from ideas.translate import facts
from ideas.translate import projects as translate
from ideas.use_cases import access
from ideas.use_cases.commitments import drop_all
from ideas.use_cases.grouping import record, view

BUILD = (*access.EXAMINERS, Role.CAMPAIGN_MANAGER)


def record_works(uow: UnitOfWork, caller: Caller, request: c.RecordWorks) -> c.ProjectView:
    """Say what became of a project that won: for its service, or who manages campaigns where it is."""
    with uow() as tx:
        project, dossiers = held(tx, caller, request.idea_id)
        before = tx.works.of(project.id)
        said = _said(tx, project, request)
        after, changes = delivery.tell(
            project, before, dossiers, tx.rules, tx.now, news=said, version=request.version or 0
        )
        tx.works.save(project.id, after)
        delivered = said.state is State.DELIVERED
        record(tx, [one for one in changes if not delivered or one.dossier.id != project.id], dossiers)
        if delivered:
            _tell_delivery(tx, project, next(one for one in changes if one.dossier.id == project.id))
        if request.news_id is not None:
            told = tx.dossiers.lock_all([project.id])[project.id]
            tx.records.add_note(request.news_id, project.id, request.text, tx.now, step=told.steps)
        if said.state is State.ABANDONED:
            _abandoned(tx, project, said)
        return view(tx, str(project.id))


def _said(tx: Transaction, project: Project, request: c.RecordWorks) -> News:
    if request.news_id is not None and tx.records.has_note(request.news_id):
        raise Fault.conflict("This id is taken.", "id-taken")
    files = tx.attachments.of(project.id, request.news_id) if request.news_id else ()
    words = request.model_dump(exclude={"idea_id", "version", "state", "news_id"})
    return News(**words, state=State(request.state) if request.state else None, shows=named(files))


def held(tx: Transaction, caller: Caller, project_id: UUID) -> tuple[Project, Dossiers]:
    """A project whose works the caller may tell of, and its ideas, locked."""
    access.agent(caller, BUILD, (None,))
    found = tx.projects.find(project_id)
    if found is None:
        raise Fault.not_found("There is no such project.", "no-such-project")
    dossiers = tx.dossiers.lock_all(found.ideas)
    leader = dossiers[found.id]
    places = access.places_of(leader, tx.rules)
    if leader.service is None or any(caller.has(Role.CAMPAIGN_MANAGER, place) for place in places):
        access.agent(caller, BUILD, places)
    else:
        access.examiner(caller, leader.service, tx.rules)
    return found, dossiers


def _tell_delivery(tx: Transaction, project: Project, change: Change) -> None:
    """Those who asked to be told hear of it once, however long ago they asked."""
    after = tx.save(change)
    more = {"year": project.year, "title": project.title}
    fact = c.ProjectDelivered.model_validate(facts.of_dossier(after) | more)
    tx.events.append(c.PROJECT_DELIVERED, fact, subject=after.number)


def _abandoned(tx: Transaction, project: Project, said: News) -> None:
    """An abandoned project leaves no promise behind."""
    leader = tx.dossiers.lock(project.id)
    if leader is not None:
        drop_all(tx, leader, reason=said.reason, text=said.text)


def read_works(uow: UnitOfWork, request: c.ReadWorks) -> c.WorksSummary:
    """All the projects of a campaign that won, in figures."""
    with uow() as tx:
        return translate.summary(pages.summary(tx.connection, request.year, tx.today))
