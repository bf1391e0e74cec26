"""``/budget/<year>/projets``: the projects of a campaign, as a list or beside a map, and the page of each."""

from contextlib import suppress
from typing import Any

from contracts.base import Point
from contracts.errors import Fault
from contracts.ideas import (
    LIST_PROJECTS,
    MAP_PROJECTS,
    READ_CAMPAIGN,
    READ_IDEA,
    READ_PROJECT,
    READ_RECORD,
    READ_WORKS,
    CampaignView,
    ListProjects,
    MapProjects,
    ProjectCard,
    ProjectPin,
    ProjectState,
    ProjectView,
    ReadCampaign,
    ReadIdea,
    ReadProject,
    ReadRecord,
    ReadWorks,
    State,
)
from contracts.notifications import FollowKind

from gateway.forms.campaigns import named
from gateway.site import maps
from gateway.site.answers import Answer, Redirect, page
from gateway.site.ideas.campaigns import year_of
from gateway.site.ideas.project_labels import ProjectLabels
from gateway.site.notifications.following import follow_button
from gateway.site.routes import SiteRoute, get
from gateway.site.visit import Visit

WHOLE = "tout"
"""How the address calls the envelope of the whole territory."""
IN_LIST = 20


AWAITED = frozenset({State.UNDER_EXAMINATION, State.ACCEPTED, State.PLANNED, State.UNDER_WAY})
"""States after which a delivery may still come."""


def path_of(one: ProjectCard) -> str:
    """Where a project's page is."""
    return f"/budget/{one.year}/projets/{one.number}"


def asked(visit: Visit, year: int) -> dict[str, Any]:
    """What the address asks for; what it says that means nothing is ignored."""
    place, theme, state = visit.query("lieu"), visit.query("theme"), visit.query("etat")
    wanted: dict[str, Any] = {"year": year}
    if place == WHOLE:
        wanted["whole"] = True
    elif place in {code for _, code in named(visit)}:
        wanted["places"] = (place,)
    if visit.territory.theme(theme):
        wanted["themes"] = (theme,)
    if visit.query("equite"):
        wanted["equity"] = True
    if state in {*ProjectState, *State}:
        wanted["states"] = (state,)
    return wanted


def browse(visit: Visit) -> Answer:
    """All of them: filters, list, map."""
    campaign = _campaign(visit)
    wanted, as_map = asked(visit, campaign.year), visit.query("vue") == "carte"
    paging = {"after": visit.query("after")[:500] or None, "limit": IN_LIST}
    shown: dict[str, Any] = {}
    if as_map:
        pins = visit.call(MAP_PROJECTS, MapProjects.model_validate(wanted)).items
        shown = {"drawing": maps.drawing(visit), "pins": [_pin(campaign, one) for one in pins]}
    return page(
        "ideas/projects.html",
        cache=10,
        campaign=campaign,
        found=visit.call(LIST_PROJECTS, ListProjects.model_validate(wanted | paging)),
        labels=ProjectLabels(visit),
        places=[(code or WHOLE, name) for name, code in named(visit)],
        as_map=as_map,
        **shown,
    )


def _campaign(visit: Visit) -> CampaignView:
    return visit.call(READ_CAMPAIGN, ReadCampaign(year=year_of(visit)))


def _pin(campaign: CampaignView, one: ProjectPin) -> dict[str, object]:
    path = f"/budget/{campaign.year}/projets/{one.number}"
    point = Point(latitude=one.latitude, longitude=one.longitude)
    return {"point": point, "hot": False, "n": "", "href": path, "title": one.title}


def read(visit: Visit) -> ProjectView:
    """The project of the address."""
    with suppress(ValueError):
        return visit.call(READ_PROJECT, ReadProject(project=visit.url["number"]))
    raise Fault.not_found()


def show(visit: Visit) -> Answer:
    """A project: what it is, where, what it is made of, what services say, its record."""
    one = read(visit)
    if visit.path != path_of(one):
        return Redirect(path_of(one))
    return page(
        "ideas/project.html",
        cache=10,
        one=one,
        dossier=visit.call(READ_IDEA, ReadIdea(dossier=one.number)),
        record=visit.call(READ_RECORD, ReadRecord(dossier=one.number)),
        labels=ProjectLabels(visit),
        drawing=maps.drawing(visit),
        follow=follow_button(visit, FollowKind.DOSSIER, one.number),
        delivery=follow_button(visit, FollowKind.DELIVERY, one.number) if one.state in AWAITED else None,
        awaited=one.state in AWAITED,
        done=visit.query("fait"),
    )


def works(visit: Visit) -> Answer:
    """``/budget/<year>/realisation``: every project that won, its dates, its money, and all of it added up."""
    campaign = _campaign(visit)
    asked_of = {"year": campaign.year, "states": (ProjectState.SELECTED,), "limit": 100}
    asked_of |= {"after": visit.query("after")[:500] or None}
    return page(
        "ideas/works.html",
        cache=30,
        campaign=campaign,
        summary=visit.call(READ_WORKS, ReadWorks(year=campaign.year)),
        found=visit.call(LIST_PROJECTS, ListProjects.model_validate(asked_of)),
        labels=ProjectLabels(visit),
    )


ROUTES: tuple[SiteRoute, ...] = (
    get("/budget/{year}/projets", browse),
    get("/budget/{year}/projets/{number}", show),
    get("/budget/{year}/realisation", works),
)
