"""``/bureau/recevabilite``: ideas for the participatory budget, admitted or not, one by one or many at once."""

from contracts.ideas import (
    DECIDE_ADMISSIBILITY,
    LIST_CAMPAIGNS,
    LIST_IDEAS,
    READ_IDEA,
    DossierPage,
    DossierView,
    ListCampaigns,
    ListIdeas,
    PhaseCode,
    ReadIdea,
    State,
)

from gateway.forms.admissibility import NotAdmitForm
from gateway.site.answers import Answer, Redirect
from gateway.site.desk import desk_page
from gateway.site.ideas.labels import Labels
from gateway.site.routes import SiteRoute, Who, get, post
from gateway.site.visit import Visit

HOME = "/bureau/recevabilite"
MOST = 50
"""How many are shown, and can be decided, at once."""
STUDIED = frozenset({PhaseCode.DEPOSIT, PhaseCode.REVIEW, PhaseCode.CO_CONSTRUCTION})


def show(visit: Visit, form: NotAdmitForm | None = None) -> Answer:
    """The queue, its first idea open for reading."""
    form = form or NotAdmitForm.blank(visit)
    form.offer()
    found = _waiting(visit)
    return desk_page(
        visit,
        "desk/admissibility.html",
        status=form.status,
        found=found,
        opened=_opened(visit, found),
        form=form,
        labels=Labels(visit),
        done=visit.query("fait"),
    )


def _waiting(visit: Visit) -> DossierPage:
    """What waits in the campaign that came first, as long as something does: the next takes ideas meanwhile."""
    running = [one for one in visit.call(LIST_CAMPAIGNS, ListCampaigns()).items if one.now in STUDIED]
    pages = (_waiting_in(visit, one.slug) for one in reversed(running))
    return next((page for page in pages if page.items), DossierPage(items=(), total=0))


def _waiting_in(visit: Visit, campaign: str) -> DossierPage:
    place = visit.query("lieu")
    districts = (place,) if place in {one.code for one in visit.territory.districts} else ()
    return visit.call(
        LIST_IDEAS,
        ListIdeas(
            campaign=campaign,
            states=(State.OPEN,),
            districts=districts,
            after=visit.query("after")[:500] or None,
            limit=MOST,
        ),
    )


def _opened(visit: Visit, found: DossierPage) -> DossierView | None:
    wanted = visit.query("ouvrir")
    number = next((one.number for one in found.items if one.number == wanted), None)
    number = number or (found.items[0].number if found.items else None)
    return visit.call(READ_IDEA, ReadIdea(dossier=number)) if number else None


def decide(visit: Visit) -> Answer:
    """Admit or refuse what is ticked, or the idea that is open."""
    form = NotAdmitForm.sent(visit)
    ideas = visit.fields.get("idea_id", [])[:MOST]
    document: dict[str, object] = {"idea_ids": ideas, "decision": "admit"}
    if visit.field("act") == "refuse":
        document = form.nested() | {"idea_ids": ideas, "decision": "refuse"}
    made = form.submit_as(DECIDE_ADMISSIBILITY, document)
    return show(visit, form) if made is None else Redirect(f"{HOME}?fait={len(made.decided)}")


ROUTES: tuple[SiteRoute, ...] = (get(HOME, show, who=Who.AGENT), post(HOME, decide, who=Who.AGENT))
