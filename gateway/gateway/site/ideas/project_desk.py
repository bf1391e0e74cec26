"""``/bureau/projets``: admitted ideas are made into projects; each project is described, changed, taken apart."""

from typing import Any

from contracts.errors import Fault
from contracts.ideas import (
    DECLARE_INCOMPATIBLE,
    DISSOLVE_PROJECT,
    ENTER_RESULT,
    FREEZE_BALLOT,
    LIST_CAMPAIGNS,
    LIST_PROJECTS,
    LIST_UNGROUPED,
    READ_CAMPAIGN,
    RECORD_WORKS,
    SAVE_PROJECT,
    SETTLE_PROJECT,
    CampaignView,
    DossierCard,
    IdeaId,
    ListCampaigns,
    ListProjects,
    ListUngrouped,
    ProjectIdea,
    ProjectState,
    ProjectView,
    ReadCampaign,
)
from contracts.registry import Call

from gateway.forms.attachments import attach, chosen
from gateway.forms.desk import DeskForm
from gateway.forms.projects import (
    DissolveForm,
    FreezeForm,
    IncompatibleForm,
    ProjectForm,
    ResultForm,
    SettleForm,
    WorksForm,
)
from gateway.i18n import N_
from gateway.site.answers import Answer, Redirect
from gateway.site.desk import desk_page
from gateway.site.ideas.campaigns import year_of
from gateway.site.ideas.project_labels import ProjectLabels
from gateway.site.ideas.projects import read
from gateway.site.ids import as_id
from gateway.site.routes import SiteRoute, Who, get, post, post_files
from gateway.site.visit import Visit

HOME = "/bureau/projets"
MOST = 50
"""How many ideas, and how many projects, are shown at once."""


def latest(visit: Visit) -> Answer:
    """``/bureau/projets``: those of the newest campaign."""
    found = visit.call(LIST_CAMPAIGNS, ListCampaigns()).items
    return Redirect(f"{HOME}/campagne/{found[0].year}") if found else desk_page(visit, "desk/empty.html")


def show(visit: Visit, form: FreezeForm | None = None) -> Answer:
    """The ideas that wait for a project, and the projects there are."""
    form = form or FreezeForm.blank(visit)
    year, place = year_of(visit), visit.query("lieu")
    district = place if visit.territory.district(place) else None
    after = visit.query("after")[:500] or None
    waiting = visit.call(LIST_UNGROUPED, ListUngrouped(year=year, district=district, after=after, limit=MOST))
    made = visit.call(LIST_PROJECTS, ListProjects(year=year, after=visit.query("projets")[:500] or None, limit=MOST))
    return desk_page(
        visit,
        "desk/projects.html",
        status=form.status,
        form=form,
        year=year,
        found=waiting,
        made=made,
        labels=ProjectLabels(visit),
        done=visit.query("fait"),
    )


def freeze(visit: Visit) -> Answer:
    """Freeze the lists: voting makes its elections of them."""
    year, form = year_of(visit), FreezeForm.sent(visit)
    if form.submit(FREEZE_BALLOT, year=year) is None:
        return show(visit, form)
    return Redirect(f"{HOME}/campagne/{year}?fait=1")


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
    sent: DeskForm | None = None,
) -> Answer:
    offered: list[ProjectIdea | DossierCard] = [*(one.made_of if one else ()), *ideas]
    named = [(str(each.id), f"{each.title} ({each.number})") for each in offered]
    form.between(named, {each.place for each in _campaign(visit, year).envelopes})
    acts = _acts(visit, one, sent) if one else {}
    return desk_page(
        visit,
        "desk/project.html",
        status=max(form.status, *(act.status for act in acts.values()), 200),
        form=form,
        acts=acts,
        titles=TITLES,
        one=one,
        year=year,
        labels=ProjectLabels(visit),
        done=visit.query("fait"),
    )


def _acts(visit: Visit, one: ProjectView, sent: DeskForm | None) -> dict[str, DeskForm]:
    """The forms of what can be done now, one as it was sent."""
    offered = {name: kind for name, (kind, _, states) in ACTS.items() if one.project_state in states}
    forms = {name: sent if isinstance(sent, kind) else kind.blank(visit) for name, kind in offered.items()}
    for form in forms.values():
        form.offer()
        if isinstance(form, IncompatibleForm):
            form.among(_others(visit, one))
        if isinstance(form, WorksForm):
            form.of(one)
    return forms


def _others(visit: Visit, one: ProjectView) -> list[tuple[str, str]]:
    """The other projects of the same envelope."""
    places: dict[str, Any] = {"places": (one.place,)} if one.place else {"whole": True}
    found = visit.call(LIST_PROJECTS, ListProjects(year=one.year, limit=100, **places))
    return [(str(each.id), f"{each.title} ({each.number})") for each in found.items if each.id != one.id]


def act_on(visit: Visit) -> Answer:
    """Do it; the records of all its ideas say so."""
    name = visit.url["act"]
    if name not in ACTS:
        raise Fault.not_found()
    one = read(visit)
    kind, call, _ = ACTS[name]
    form = kind.sent(visit)
    if not _pictured(form, one) or form.submit(call, idea_id=one.id) is None:
        return _editor(visit, ProjectForm.of(visit, one), one.year, ideas=[], one=one, sent=form)
    return Redirect(f"{HOME}/campagne/{one.year}?fait=1" if name == "defaire" else f"{HOME}/{one.number}?fait=1")


def _pictured(form: DeskForm, one: ProjectView) -> bool:
    """Attach the photo that news of works come with, once the rest can be read."""
    if not isinstance(form, WorksForm) or not chosen(form):
        return True
    if form.request(RECORD_WORKS, idea_id=one.id) is None:
        return False
    kept = attach(form, one.id, news_id=form.value("news_id"))
    form.values |= {"kept": ["1"]} if kept else {}
    return kept


STUDIED, BEFORE = frozenset({ProjectState.STUDIED}), frozenset({ProjectState.STUDIED, ProjectState.RETAINED})
ACTS: dict[str, tuple[type[DeskForm], Call[Any, Any], frozenset[ProjectState]]] = {
    "commission": (SettleForm, SETTLE_PROJECT, BEFORE),
    "incompatible": (IncompatibleForm, DECLARE_INCOMPATIBLE, BEFORE),
    "resultat": (ResultForm, ENTER_RESULT, frozenset({ProjectState.ON_BALLOT})),
    "travaux": (WorksForm, RECORD_WORKS, frozenset({ProjectState.SELECTED})),
    "defaire": (DissolveForm, DISSOLVE_PROJECT, STUDIED),
}
"""What can be done with a project: what it asks, what it calls, and until when it is offered."""
TITLES = {
    "commission": N_("Decision of the commission"),
    "incompatible": N_("Incompatible projects"),
    "travaux": N_("Tell what became of it"),
    "resultat": N_("Result of a vote held elsewhere"),
    "defaire": N_("Take the project apart"),
}

ROUTES: tuple[SiteRoute, ...] = (
    get(HOME, latest, who=Who.AGENT),
    get(f"{HOME}/campagne/{{year}}", show, who=Who.AGENT),
    get(f"{HOME}/campagne/{{year}}/nouveau", begin, who=Who.AGENT),
    post(f"{HOME}/campagne/{{year}}/nouveau", create, who=Who.AGENT),
    post(f"{HOME}/campagne/{{year}}/bulletins", freeze, who=Who.AGENT),
    get(f"{HOME}/{{number}}", edit, who=Who.AGENT),
    post(f"{HOME}/{{number}}", save, who=Who.AGENT),
    post_files(f"{HOME}/{{number}}/{{act}}", act_on, who=Who.AGENT),
)
