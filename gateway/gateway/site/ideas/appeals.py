"""``…/recours``: an author asks for another reading; ``/bureau/recours``: another moderator decides."""

from contracts.ideas import (
    DECIDE_APPEAL,
    LIST_APPEALS,
    MAKE_APPEAL,
    READ_APPEAL,
    AppealItem,
    AppealStanding,
    ListAppeals,
    ReadAppeal,
)

from gateway.forms.appeals import AppealForm, DecideAppealForm
from gateway.site.answers import Answer, Redirect, page
from gateway.site.desk import desk_page
from gateway.site.ideas.dossier import read
from gateway.site.ideas.labels import Labels
from gateway.site.ids import as_id, new_id
from gateway.site.routes import SiteRoute, Who, get, post
from gateway.site.visit import Visit


def _standing(visit: Visit) -> AppealStanding:
    """How things stand for the author of what the address names."""
    if "comment" in visit.url:
        return visit.call(READ_APPEAL, ReadAppeal(comment_id=as_id(visit.url["comment"])))
    return visit.call(READ_APPEAL, ReadAppeal(idea_id=read(visit).id))


def show(visit: Visit) -> Answer:
    """The decision, and the form of the appeal or what became of it."""
    return _shown(visit, AppealForm.blank(visit, appeal_id=new_id()))


def _shown(visit: Visit, form: AppealForm) -> Answer:
    standing = _standing(visit)
    return page("ideas/appeal.html", status=form.status, standing=standing, form=form, labels=Labels(visit))


def make(visit: Visit) -> Answer:
    """Appeal."""
    form, standing = AppealForm.sent(visit), _standing(visit)
    if form.submit(MAKE_APPEAL, idea_id=standing.idea_id, comment_id=standing.comment_id) is None:
        return _shown(visit, form)
    return Redirect(f"{visit.path}?fait=1")


def show_queue(visit: Visit) -> Answer:
    """The appeals that wait, one open for reading."""
    return _queue(visit, DecideAppealForm.blank(visit))


def _queue(visit: Visit, form: DecideAppealForm, wanted: str = "") -> Answer:
    district = visit.query("lieu")
    known = {one.code for one in visit.territory.districts}
    asked = ListAppeals(district=district if district in known else None, after=visit.query("after") or None)
    found = visit.call(LIST_APPEALS, asked)
    opened = _opened(found.items, wanted or visit.query("ouvrir"))
    if opened is not None:
        form.offer_for(opened)
    return desk_page(
        visit,
        "desk/appeals.html",
        status=form.status,
        found=found,
        opened=opened,
        form=form,
        labels=Labels(visit),
        done=visit.query("fait"),
    )


def _opened(items: tuple[AppealItem, ...], wanted: str) -> AppealItem | None:
    chosen = next((item for item in items if str(item.appeal_id) == wanted), None)
    return chosen or next((item for item in items if item.may_decide), items[0] if items else None)


def decide(visit: Visit) -> Answer:
    """Decide an appeal."""
    form = DecideAppealForm.sent(visit)
    if form.submit(DECIDE_APPEAL, appeal_id=visit.url["appeal"]) is None:
        wanted, visit.path = visit.url["appeal"], "/bureau/recours"
        return _queue(visit, form, wanted)
    return Redirect("/bureau/recours?fait=1")


ROUTES: tuple[SiteRoute, ...] = (
    get("/dossiers/{number}/recours", show, who=Who.CITIZEN),
    post("/dossiers/{number}/recours", make, who=Who.CITIZEN),
    get("/messages/{comment}/recours", show, who=Who.CITIZEN),
    post("/messages/{comment}/recours", make, who=Who.CITIZEN),
    get("/bureau/recours", show_queue, who=Who.AGENT),
    post("/bureau/recours/{appeal}", decide, who=Who.AGENT),
)
