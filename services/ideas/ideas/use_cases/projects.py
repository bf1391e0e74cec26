"""Reading projects: lists, the map, one of them, and the ideas that wait for a project."""

from chassis.auth import Caller
from contracts import ideas as c

from ideas.queries import projects as pages
from ideas.repository import UnitOfWork
from ideas.translate import projects as translate
from ideas.translate import views
from ideas.use_cases import access
from ideas.use_cases.admitting import DECIDE
from ideas.use_cases.grouping import view


def read_project(uow: UnitOfWork, request: c.ReadProject) -> c.ProjectView:
    """A project, whole."""
    with uow() as tx:
        return view(tx, request.project)


def list_projects(uow: UnitOfWork, request: c.ListProjects) -> c.ProjectPage:
    """A page of projects; how many there are in all is said on the first."""
    with uow() as tx:
        rows, after = pages.list_projects(tx.connection, request)
        total = pages.total(tx.connection, request) if request.after is None else None
        return c.ProjectPage(items=tuple(translate.card(row, tx.today) for row in rows), next=after, total=total)


def map_projects(uow: UnitOfWork, request: c.MapProjects) -> c.ProjectMap:
    """Where projects are."""
    with uow() as tx:
        rows = pages.pins(tx.connection, request)
        return c.ProjectMap(
            items=tuple(
                c.ProjectPin(number=row.number, title=row.title, latitude=row.latitude, longitude=row.longitude)
                for row in rows
            )
        )


def list_ungrouped(uow: UnitOfWork, caller: Caller, request: c.ListUngrouped) -> c.DossierPage:
    """The admitted ideas that no project is made of yet."""
    with uow() as tx:
        access.agent(caller, DECIDE, (None,))
        campaign = tx.campaigns.find(request.year)
        if campaign is None:
            return c.DossierPage(items=(), total=0)
        rows, after, total = pages.list_ungrouped(tx.connection, request, campaign.slug, tx.rules)
        return c.DossierPage(items=views.cards(rows, tx.rules, tx.now), next=after, total=total)
