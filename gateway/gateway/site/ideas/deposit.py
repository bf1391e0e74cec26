"""Deposit in three steps: write (kept as a draft), read again beside what is alike, send."""

from typing import Any

from contracts.errors import Fault
from contracts.ideas import (
    DEPOSIT_IDEA,
    DISCARD_DRAFT,
    FIND_SIMILAR,
    LIST_DRAFTS,
    READ_DRAFT,
    REMOVE_ATTACHMENT,
    SAVE_DRAFT,
    DiscardDraft,
    DraftView,
    FindSimilar,
    ListDrafts,
    ReadDraft,
    RemoveAttachment,
    Scope,
)
from contracts.territory import Kind

from gateway.forms.attachments import attach, chosen
from gateway.forms.ideas import DepositForm
from gateway.site.answers import Answer, Redirect, page
from gateway.site.ideas.dossier import read
from gateway.site.ideas.labels import Labels
from gateway.site.ids import as_id, from_field, new_id
from gateway.site.routes import SiteRoute, Who, get, post, post_files
from gateway.site.visit import Visit

NEW = "/idees/nouvelle"
OTHER_ACTS = ("draft", "attach")
"""What a button of the form does beside going on."""


def begin(visit: Visit) -> Answer:
    """A blank form, or the draft that the address names."""
    wanted = visit.query("brouillon")
    if visit.query("reprendre"):
        return _again(visit, visit.query("reprendre"))
    if not wanted:
        kind = next((one.code for one in kinds(visit) if one.code == visit.query("nature")), kinds(visit)[0].code)
        return _form(
            DepositForm.blank(visit, idea_id=new_id(), attachment_id=new_id(), scope=Scope.CITY.value, kind=kind)
        )
    draft = visit.call(READ_DRAFT, ReadDraft(idea_id=as_id(wanted)))
    return _form(DepositForm.of_draft(visit, draft), saved=draft)


def _again(visit: Visit, number: str) -> Answer:
    """A form filled with one's dossier that came to its end: the old one stays as it is."""
    visit.url["number"] = number
    old = read(visit)
    if old.mine is None or not old.mine.author:
        raise Fault.forbidden(reason="authors-only")
    place = old.place
    scope = Scope.CITY if place.district is None else Scope.DISTRICT
    where = {"scope": scope.value, "district": place.district or "", "address": place.address or ""}
    words = {"title": old.title, "text": old.text, "theme": old.theme}
    ids = {"idea_id": new_id(), "attachment_id": new_id()}
    wanted = visit.query("nature")
    kind = wanted if wanted in {one.code for one in kinds(visit)} else old.kind
    return _form(DepositForm.blank(visit, **ids, kind=kind, again=old.number, **where, **words))


def kinds(visit: Visit) -> tuple[Kind, ...]:
    """What can be deposited at any time; and, for who comes from a campaign's page, what is deposited there."""
    wanted = visit.query("nature")
    offered = (one for one in visit.territory.kinds if one.debate is None)
    return tuple(one for one in offered if not one.in_campaign_only or one.code == wanted)


def _form(form: DepositForm, saved: DraftView | None = None) -> Answer:
    form.offer()
    return page(
        "ideas/deposit.html",
        status=form.status,
        form=form,
        kind=form.kind_rules(),
        kinds=kinds(form.visit),
        labels=Labels(form.visit),
        saved=saved,
    )


def write(visit: Visit) -> Answer:
    """Keep the draft, whatever it holds; take its file; go on if it is complete."""
    form = DepositForm.sent(visit)
    draft = form.submit_draft(SAVE_DRAFT)
    if draft is None:
        return _form(form)
    if visit.field("remove"):
        visit.call(REMOVE_ATTACHMENT, RemoveAttachment(attachment_id=from_field(visit, "remove")))
    elif chosen(form) or visit.field("act") == "attach":
        attach(form, draft.idea_id)
    if visit.field("act") not in OTHER_ACTS and not visit.field("remove"):
        form.check()
    if form.errors:
        return _form(form, saved=visit.call(READ_DRAFT, ReadDraft(idea_id=draft.idea_id)))
    return Redirect(_next(visit, draft))


def _next(visit: Visit, draft: DraftView) -> str:
    if visit.field("remove") or visit.field("act") == "attach":
        return f"{NEW}?brouillon={draft.idea_id}#fichiers"
    if visit.field("act") == "draft":
        return f"{NEW}?brouillon={draft.idea_id}"
    return f"/idees/relire/{draft.idea_id}"


def review(visit: Visit) -> Answer:
    """What will be published, beside what already asks for the same."""
    draft = visit.call(READ_DRAFT, ReadDraft(idea_id=as_id(visit.url["draft"])))
    similar = visit.call(FIND_SIMILAR, FindSimilar(title=draft.title, text=draft.text, place=DepositForm.place(draft)))
    return page("ideas/review.html", draft=draft, similar=similar.items, labels=Labels(visit), place=draft)


def send(visit: Visit) -> Answer:
    """Deposit it. If the service finds fault, back to the form with everything in its place."""
    draft = visit.call(READ_DRAFT, ReadDraft(idea_id=as_id(visit.url["draft"])))
    form = DepositForm.of_draft(visit, draft)
    deposited = form.submit(DEPOSIT_IDEA, **_rest(draft))
    if deposited is None:
        return _form(form, saved=draft)
    return Redirect(f"/dossiers/{deposited.number}/deposee")


def _rest(draft: DraftView) -> dict[str, Any]:
    return {"idea_id": draft.idea_id, "place": DepositForm.place(draft), "campaign": draft.campaign}


def sent(visit: Visit) -> Answer:
    """What happens next, and when."""
    dossier = read(visit)
    return page(
        "ideas/deposited.html",
        number=dossier.number,
        kind=visit.territory.kind(dossier.kind) or visit.territory.kinds[0],
    )


def drafts(visit: Visit) -> Answer:
    """One's drafts."""
    found = visit.call(LIST_DRAFTS, ListDrafts(after=visit.query("after") or None))
    return page("ideas/drafts.html", found=found)


def discard(visit: Visit) -> Answer:
    """Throw a draft away."""
    visit.call(DISCARD_DRAFT, DiscardDraft(idea_id=from_field(visit, "idea_id")))
    return Redirect("/moi/brouillons")


ROUTES: tuple[SiteRoute, ...] = (
    get(NEW, begin, who=Who.CITIZEN),
    post_files(NEW, write),
    get("/idees/relire/{draft}", review, who=Who.CITIZEN),
    post("/idees/relire/{draft}", send, who=Who.CITIZEN),
    get("/dossiers/{number}/deposee", sent, who=Who.CITIZEN),
    get("/moi/brouillons", drafts, who=Who.CITIZEN),
    post("/moi/brouillons", discard, who=Who.CITIZEN),
)
