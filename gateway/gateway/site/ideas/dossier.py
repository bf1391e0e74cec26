"""``/dossiers/<number>``: THE page of a dossier; supporting it; its record; what its author may still do."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from contracts.errors import Fault
from contracts.ideas import (
    ADD_ADDENDUM,
    EDIT_IDEA,
    FIND_SIMILAR,
    LIST_CAMPAIGNS,
    LIST_HEADS,
    READ_IDEA,
    READ_RECORD,
    READ_WHOLE,
    REMOVE_ATTACHMENT,
    SUPPORT_IDEA,
    WITHDRAW_IDEA,
    WITHDRAW_SUPPORT,
    DossierCard,
    DossierView,
    FindSimilar,
    ListCampaigns,
    ListHeads,
    PhaseCode,
    ReadIdea,
    ReadRecord,
    ReadWhole,
    RemoveAttachment,
    Side,
    State,
    SupportIdea,
    ThreadPage,
    WholeDossier,
    WithdrawSupport,
)
from contracts.notifications import FollowKind, FollowView
from contracts.territory import DEBATE

from gateway.forms.attachments import attach, chosen
from gateway.forms.ideas import AddendumForm, AttachForm, CommentForm, EditForm, WithdrawForm, choices_of
from gateway.site import maps
from gateway.site.answers import ATOM, Answer, Document, Redirect, page
from gateway.site.ideas.labels import SIDES, TALK_SORTS, Labels
from gateway.site.ids import from_field, new_id
from gateway.site.meanwhile import both
from gateway.site.names import names
from gateway.site.notifications.following import follow_button
from gateway.site.render import render
from gateway.site.routes import SiteRoute, Who, get, post, post_files
from gateway.site.visit import Visit

ENDED_BELOW = frozenset({State.EXPIRED, State.REFUSED})
"""States after which the same can be asked for again."""
COUNTED_AGAIN = 2
"""Seconds for which the page is kept, and at most as long again while it is made anew: never more than five in all."""
SOON = timedelta(days=7)


def read(visit: Visit) -> DossierView:
    """The dossier of the address."""
    with suppress(ValueError):
        return visit.call(READ_IDEA, ReadIdea(dossier=visit.url["number"]))
    raise Fault.not_found()


def asked(visit: Visit) -> tuple[WholeDossier, FollowView | None]:
    """All that the page of the address shows, and at the same time what the button of followers does."""
    if visit.session is None:
        return _whole(visit), None
    return both(lambda: _whole(visit), lambda: follow_button(visit, FollowKind.DOSSIER, visit.url["number"]))


def _whole(visit: Visit) -> WholeDossier:
    """The dossier of the address, its record, and the page of threads that the address asks for: one call."""
    with suppress(ValueError):
        return visit.call(READ_WHOLE, ReadWhole(dossier=visit.url["number"], **threads_asked(visit)))
    raise Fault.not_found()


def threads_asked(visit: Visit) -> dict[str, Any]:
    """Which threads the address asks for, in the contract's words."""
    side = visit.query("cote")
    return {
        "after": visit.query("after") or None,
        "side": Side(side) if side in set(Side) else None,
        "sort": TALK_SORTS.get(visit.query("tri"), TALK_SORTS[""])[0],
    }


def show(visit: Visit) -> Answer:
    """Everything about it: one call, whatever its length, one for the names, and one for the button of followers."""
    found, follow = asked(visit)
    dossier = found.dossier
    if dossier.kind == DEBATE:
        query = f"?{visit.query_string}" if visit.query_string else ""
        return Redirect(f"/debats/{dossier.number}{query}")
    if visit.url["number"] != dossier.number:
        return Redirect(f"/dossiers/{dossier.number}")
    return shown(visit, found, follow, CommentForm.blank(visit, side=Side.QUESTION.value, comment_id=new_id()))


def shown(visit: Visit, found: WholeDossier, follow: FollowView | None, form: CommentForm) -> Answer:
    """The page of a dossier, with the form of a message as it stands."""
    dossier = found.dossier
    return page(
        "ideas/dossier.html",
        status=form.status,
        cache=COUNTED_AGAIN,
        dossier=dossier,
        record=found.record,
        here=f"/dossiers/{dossier.number}",
        closed="",
        **talk(visit, dossier, found.threads, form),
        soon=bool(dossier.days_left is not None and dossier.days_left < SOON.days),
        stages=stages(visit, dossier),
        drawing=maps.drawing(visit),
        done=visit.query("fait"),
        ended=dossier.state in ENDED_BELOW,
        budget=budget(visit, dossier),
        alike=alike(visit, dossier),
        follow=follow,
    )


def talk(visit: Visit, dossier: DossierView, threads: ThreadPage, form: CommentForm) -> dict[str, Any]:
    """What ``ideas/discussion.html`` shows: a page of threads, who wrote, and the form of a message; one call."""
    writers = [dossier.author] + [one.author for thread in threads.items for one in (thread, *thread.replies)]
    choices_of(form, visit)
    return {
        "threads": threads,
        "names": names(visit, writers),
        "labels": Labels(visit),
        "sides": SIDES,
        "talk_sorts": TALK_SORTS,
        "side": visit.query("cote"),
        "form": form,
    }


def alike(visit: Visit, dossier: DossierView) -> list[DossierCard]:
    """The open dossiers most like one that came to its end, for those who still want the same; else none."""
    if dossier.state not in ENDED_BELOW or not dossier.title:
        return []
    request = FindSimilar(title=dossier.title, text=dossier.text, except_id=dossier.id)
    return [one for one in visit.call(FIND_SIMILAR, request).items if one.state is State.OPEN]


def budget(visit: Visit, dossier: DossierView) -> str:
    """The kind in which an author may propose an expired dossier to a budget that takes ideas today; else nothing."""
    if dossier.state is not State.EXPIRED or dossier.mine is None or not dossier.mine.author:
        return ""
    kind = next((one.code for one in visit.territory.kinds if one.in_campaign_only), "")
    campaigns = visit.call(LIST_CAMPAIGNS, ListCampaigns()).items if kind and kind != dossier.kind else ()
    return kind if any(one.public and one.now is PhaseCode.DEPOSIT for one in campaigns) else ""


def stages(visit: Visit, dossier: DossierView) -> list[dict[str, Any]]:
    """The thresholds of its kind: how far, how full its bar, what happened there."""
    kind = visit.territory.kind(dossier.kind)
    reached = {stage.code: stage for stage in dossier.stages}
    found: list[dict[str, Any]] = []
    before = 0
    for stage in kind.stages if kind else ():
        done = max(0, min(dossier.supports, stage.supports) - before)
        found.append({"rule": stage, "view": reached.get(stage.code), "of": stage.supports - before, "done": done})
        before = stage.supports
    return found


def record(visit: Visit) -> Answer:
    """The whole record with its hashes, and how to check them."""
    dossier = read(visit)
    chain = visit.call(READ_RECORD, ReadRecord(dossier=dossier.number))
    heads = visit.call(LIST_HEADS, ListHeads(limit=1))
    return page("ideas/record.html", cache=30, dossier=dossier, record=chain, heads=heads, labels=Labels(visit))


def feed(visit: Visit) -> Answer:
    """What happens to the dossier, for feed readers: the steps of its record, last first."""
    dossier = read(visit)
    chain = visit.call(READ_RECORD, ReadRecord(dossier=dossier.number))
    shows = {"dossier": dossier, "record": chain, "labels": Labels(visit)}
    return Document(render(visit, "ideas/dossier-feed.xml", shows).encode(), ATOM, cache=60)


def support(visit: Visit) -> Answer:
    """Support it, and see it counted."""
    visit.call(SUPPORT_IDEA, SupportIdea(idea_id=from_field(visit, "idea_id")))
    return Redirect(f"/dossiers/{visit.url['number']}?fait=soutien")


def withdraw_support(visit: Visit) -> Answer:
    """Take one's support back."""
    visit.call(WITHDRAW_SUPPORT, WithdrawSupport(idea_id=from_field(visit, "idea_id")))
    return Redirect(f"/dossiers/{visit.url['number']}?fait=retrait")


def ask_to_edit(visit: Visit) -> Answer:
    """The author's page: correct, add a note, take back."""
    dossier = read(visit)
    if dossier.mine is None or not dossier.mine.author:
        raise Fault.forbidden(reason="authors-only")
    return _mine(visit, dossier)


def _mine(visit: Visit, dossier: DossierView, **sent: EditForm | AttachForm | AddendumForm | WithdrawForm) -> Answer:
    forms: dict[str, Any] = {
        "edit": EditForm.blank(visit, title=dossier.title, text=dossier.text, version=str(dossier.version)),
        "attach": AttachForm.blank(visit, attachment_id=new_id()),
        "addendum": AddendumForm.blank(visit, addendum_id=new_id(), attachment_id=new_id()),
        "withdraw": WithdrawForm.blank(visit),
    } | sent
    status = max((form.status for form in sent.values()), default=200)
    return page("ideas/mine.html", status=status, dossier=dossier, labels=Labels(visit), **forms)


def edit(visit: Visit) -> Answer:
    """Correct the text before anybody supported it."""
    dossier, form = read(visit), EditForm.sent(visit)
    if form.submit(EDIT_IDEA, idea_id=dossier.id) is None:
        return _mine(visit, dossier, edit=form)
    return Redirect(f"/dossiers/{dossier.number}?fait=correction")


def add_note(visit: Visit) -> Answer:
    """Add a dated note."""
    dossier, form = read(visit), AddendumForm.sent(visit)
    if form.request(ADD_ADDENDUM, idea_id=dossier.id) is None:
        return _mine(visit, dossier, addendum=form)
    if chosen(form) and not attach(form, dossier.id, addendum_id=form.value("addendum_id")):
        return _mine(visit, dossier, addendum=form)
    if form.submit(ADD_ADDENDUM, idea_id=dossier.id) is None:
        return _mine(visit, dossier, addendum=form)
    return Redirect(f"/dossiers/{dossier.number}?fait=note")


def change_files(visit: Visit) -> Answer:
    """Add a photo or a document, or take one back, before anybody supports it."""
    dossier, form = read(visit), AttachForm.sent(visit)
    if visit.field("remove"):
        visit.call(REMOVE_ATTACHMENT, RemoveAttachment(attachment_id=from_field(visit, "remove")))
    elif not attach(form, dossier.id):
        return _mine(visit, dossier, attach=form)
    return Redirect(f"/dossiers/{dossier.number}/modifier#fichiers")


def take_back(visit: Visit) -> Answer:
    """Take the dossier back: it stays readable."""
    dossier, form = read(visit), WithdrawForm.sent(visit)
    if form.submit(WITHDRAW_IDEA, idea_id=dossier.id) is None:
        return _mine(visit, dossier, withdraw=form)
    return Redirect(f"/dossiers/{dossier.number}?fait=abandon")


ROUTES: tuple[SiteRoute, ...] = (
    get("/dossiers/{number}", show),
    get("/dossiers/{number}/registre", record),
    get("/dossiers/{number}/registre.atom", feed),
    post("/dossiers/{number}/soutien", support, who=Who.CITIZEN),
    post("/dossiers/{number}/retrait", withdraw_support, who=Who.CITIZEN),
    get("/dossiers/{number}/modifier", ask_to_edit, who=Who.CITIZEN),
    post("/dossiers/{number}/modifier", edit, who=Who.CITIZEN),
    post_files("/dossiers/{number}/note", add_note),
    post_files("/dossiers/{number}/fichiers", change_files),
    post("/dossiers/{number}/abandon", take_back, who=Who.CITIZEN),
)
