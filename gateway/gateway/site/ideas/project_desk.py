"""``/bureau/projets``: admitted ideas are made into projects; each project is described, changed, taken apart."""

from contracts.ideas import (
    DISSOLVE_PROJECT,
    LIST_CAMPAIGNS,
    LIST_PROJECTS,
    LIST_UNGROUPED,
    READ_CAMPAIGN,
    SAVE_PROJECT,
    CampaignView,
    DossierCard,
    IdeaId,
    ListCampaigns,
    ListProjects,
    ListUngrouped,
    ProjectIdea,
    ProjectView,
    ReadCampaign,
)

from gateway.forms.projects import DissolveForm, ProjectForm
from gateway.site.answers import Answer, Redirect
from gateway.site.desk import desk_page
from gateway.site.ideas.campaigns import year_of
from gateway.site.ideas.project_labels import ProjectLabels
from gateway.site.ideas.projects import read
from gateway.site.ids import as_id
from gateway.site.routes import SiteRoute, Who, get, post
from gateway.site.visit import Visit

HOME = "/bureau/projets"
MOST = 50
"""How many ideas, and how many projects, are shown at once."""


def latest(visit: Visit) -> Answer:
    """``/bureau/projets``: those of the newest campaign."""
    found = visit.call(LIST_CAMPAIGNS, ListCampaigns()).items
    return Redirect(f"{HOME}/campagne/{found[0].year}") if found else desk_page(visit, "desk/empty.html")


def show(visit: Visit) -> Answer:
    """The ideas that wait for a project, and the projects there are."""
    year, place = year_of(visit), visit.query("lieu")
    district = place if visit.territory.district(place) else None
    after = visit.query("after")[:500] or None
    waiting = visit.call(LIST_UNGROUPED, ListUngrouped(year=year, district=district, after=after, limit=MOST))
    made = visit.call(LIST_PROJECTS, ListProjects(year=year, after=visit.query("projets")[:500] or None, limit=MOST))
    return desk_page(
        visit,
        "desk/projects.html",
        year=year,
        found=waiting,
        made=made,
        labels=ProjectLabels(visit),
        done=visit.query("fait"),
    )


def _ticked(visit: Visit, year: int) -> list[DossierCard]:
    """The ideas that the address names, of those that wait for a project."""
    ids = tuple(dict.fromkeys(IdeaId(as_id(text)) for text in visit.queries("idee")[:MOST]))
    if not ids:
        return []
    return list(visit.call(LIST_UNGROUPED, ListUngrouped(year=year, ideas=ids, limit=MOST)).items)


def begin(visit: Visit) -> Answer:
    """What is ticked becomes a project: its form. Or it joins one that there is."""
    joins = visit.query("rejoint")
    if joins:
        return Redirect(f"{HOME}/{joins}?{visit.query_string}")
    ideas = _ticked(visit, year_of(visit))
    if not ideas:
        return Redirect(f"{HOME}/campagne/{year_of(visit)}")
    return _editor(visit, ProjectForm.made_of(visit, ideas), year_of(visit), ideas=ideas)


def create(visit: Visit) -> Answer:
    """Make the project."""
    year = year_of(visit)
    form = ProjectForm.sent(visit)
    made = form.submit_as(SAVE_PROJECT, form.document())
    if made is None:
        return _editor(visit, form, year, ideas=_ticked(visit, year))
    return Redirect(f"{HOME}/{made.number}?fait=1")


def edit(visit: Visit) -> Answer:
    """A project as it is now; ideas that the address names are ticked, too."""
    one = read(visit)
    joining = _ticked(visit, one.year)
    form = ProjectForm.of(visit, one)
    form.values["ideas"] += [str(each.id) for each in joining]
    return _editor(visit, form, one.year, ideas=joining, one=one)


def save(visit: Visit) -> Answer:
    """Change it; the records of its ideas say so."""
    one = read(visit)
    form = ProjectForm.sent(visit)
    made = form.submit_as(SAVE_PROJECT, form.document() | {"idea_id": one.id})
    if made is None:
        return _editor(visit, form, one.year, ideas=_ticked(visit, one.year), one=one)
    return Redirect(f"{HOME}/{made.number}?fait=1")


def _campaign(visit: Visit, year: int) -> CampaignView:
    return visit.call(READ_CAMPAIGN, ReadCampaign(year=year))


def _editor(  # noqa: PLR0913 -- the parts of a page
    visit: Visit,
    form: ProjectForm,
    year: int,
    *,
    ideas: list[DossierCard],
    one: ProjectView | None = None,
    apart: DissolveForm | None = None,
) -> Answer:
    offered: list[ProjectIdea | DossierCard] = [*(one.made_of if one else ()), *ideas]
    named = [(str(each.id), f"{each.title} ({each.number})") for each in offered]
    form.between(named, {each.place for each in _campaign(visit, year).envelopes})
    apart = apart or DissolveForm.blank(visit)
    return desk_page(
        visit,
        "desk/project.html",
        status=max(form.status, apart.status),
        form=form,
        apart=apart,
        one=one,
        year=year,
        labels=ProjectLabels(visit),
        done=visit.query("fait"),
    )


def dissolve(visit: Visit) -> Answer:
    """Take it apart; its ideas wait for a project again."""
    one = read(visit)
    form = DissolveForm.sent(visit)
    if form.submit(DISSOLVE_PROJECT, idea_id=one.id) is None:
        return _editor(visit, ProjectForm.of(visit, one), one.year, ideas=[], one=one, apart=form)
    return Redirect(f"{HOME}/campagne/{one.year}?fait=1")


ROUTES: tuple[SiteRoute, ...] = (
    get(HOME, latest, who=Who.AGENT),
    get(f"{HOME}/campagne/{{year}}", show, who=Who.AGENT),
    get(f"{HOME}/campagne/{{year}}/nouveau", begin, who=Who.AGENT),
    post(f"{HOME}/campagne/{{year}}/nouveau", create, who=Who.AGENT),
    get(f"{HOME}/{{number}}", edit, who=Who.AGENT),
    post(f"{HOME}/{{number}}", save, who=Who.AGENT),
    post(f"{HOME}/{{number}}/defaire", dissolve, who=Who.AGENT),
)
