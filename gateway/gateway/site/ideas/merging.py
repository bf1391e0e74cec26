"""``…/reunion``: a supporter stays or steps out; ``/bureau/dossiers/<number>/reunir``: join dossiers, undo it."""

import re
from contextlib import suppress

from contracts.errors import Fault, FaultCode
from contracts.ideas import (
    CHOOSE_MERGE,
    FIND_SIMILAR,
    LIST_MERGES,
    LIST_MY_MERGES,
    MERGE_IDEAS,
    PREVIEW_MERGE,
    READ_IDEA,
    UNDO_MERGE,
    ChooseMerge,
    DossierCard,
    DossierView,
    FindSimilar,
    ListMerges,
    ListMyMerges,
    MergeChoice,
    MergeView,
    ReadIdea,
    State,
)

from gateway.forms.merging import MergeForm, UndoMergeForm
from gateway.site.answers import Answer, Redirect, page
from gateway.site.desk import desk_page
from gateway.site.ideas.dossier import read
from gateway.site.ideas.labels import Labels
from gateway.site.ids import from_field, new_id
from gateway.site.routes import SiteRoute, Who, get, post
from gateway.site.visit import Visit

MOST_TYPED = 5
"""How many dossiers can be named by their numbers at once."""
MOST_SIMILAR = 10


def show_choice(visit: Visit) -> Answer:
    """What was joined to what, and the two things that one can do."""
    dossier = read(visit)
    asked = [one for one in visit.call(LIST_MY_MERGES, ListMyMerges()).items if one.number == dossier.number]
    return page(
        "ideas/merge-choice.html",
        dossier=dossier,
        one=asked[0] if asked else None,
        labels=Labels(visit),
        done=visit.query("fait"),
    )


def choose(visit: Visit) -> Answer:
    """Stay, or step out."""
    choice = MergeChoice.LEAVE if visit.field("choice") == MergeChoice.LEAVE.value else MergeChoice.STAY
    visit.call(CHOOSE_MERGE, ChooseMerge(merge_id=from_field(visit, "merge_id"), choice=choice))
    return Redirect(f"/dossiers/{visit.url['number']}/reunion?fait={choice.value}")


def show(visit: Visit) -> Answer:
    """What is joined to a dossier, and what could be."""
    return _shown(visit, read(visit), MergeForm.blank(visit, merge_id=new_id()))


def _shown(
    visit: Visit,
    dossier: DossierView,
    form: MergeForm,
    preview: MergeView | None = None,
    undoing: tuple[str, UndoMergeForm] | None = None,
) -> Answer:
    made = visit.call(LIST_MERGES, ListMerges(dossier=dossier.number)).items
    similar = _similar(visit, dossier) if dossier.state is State.OPEN else []
    form.offer_dossiers([*similar, *(preview.sources if preview else ())])
    undo = {str(one.merge_id): UndoMergeForm.blank(visit) for one in made} | dict([undoing] if undoing else [])
    return desk_page(
        visit,
        "desk/merging.html",
        status=max(form.status, *(one.status for one in undo.values()), 200),
        dossier=dossier,
        made=made,
        form=form,
        preview=preview,
        undo=undo,
        labels=Labels(visit),
        done=visit.query("fait"),
    )


def _similar(visit: Visit, dossier: DossierView) -> list[DossierCard]:
    request = FindSimilar(title=dossier.title, text=dossier.text, except_id=dossier.id, limit=MOST_SIMILAR)
    found = visit.call(FIND_SIMILAR, request).items
    return [one for one in found if one.state is State.OPEN and one.kind == dossier.kind]


def merge(visit: Visit) -> Answer:
    """Show what it would change; or, once that was seen, do it."""
    dossier, form = read(visit), MergeForm.sent(visit)
    chosen = [*form.values.get("source_ids", ()), *_typed(visit, form)]
    if form.errors:
        return _shown(visit, dossier, form)
    form.values["source_ids"] = list(dict.fromkeys(chosen))
    form.values["other"] = []
    if visit.field("act") != "merge":
        return _shown(visit, dossier, form, form.submit(PREVIEW_MERGE, target_id=dossier.id))
    if form.submit(MERGE_IDEAS, target_id=dossier.id) is not None:
        return Redirect(f"/bureau/dossiers/{dossier.number}/reunir?fait=reunir")
    again = MergeForm(visit, dict(form.values))
    return _shown(visit, dossier, form, again.submit(PREVIEW_MERGE, target_id=dossier.id))


def _typed(visit: Visit, form: MergeForm) -> list[str]:
    """The dossiers that were named by their numbers. What is not a dossier is said beside the field."""
    numbers = re.split(r"[\s,;]+", form.value("other").strip().upper())
    found = []
    for number in list(filter(None, numbers))[:MOST_TYPED]:
        one = _named(visit, number)
        if one is None:
            form.blame("other", visit.text("There is no dossier %(number)s.") % {"number": number})
        else:
            found.append(str(one.id))
    return found


def _named(visit: Visit, number: str) -> DossierView | None:
    with suppress(ValueError):
        try:
            return visit.call(READ_IDEA, ReadIdea(dossier=number))
        except Fault as fault:
            if fault.code is not FaultCode.NOT_FOUND:
                raise
    return None


def undo(visit: Visit) -> Answer:
    """Give every dossier back what it had."""
    dossier, merge_id = read(visit), str(from_field(visit, "merge_id"))
    form = UndoMergeForm.sent(visit)
    if form.submit(UNDO_MERGE, merge_id=merge_id) is None:
        return _shown(visit, dossier, MergeForm.blank(visit, merge_id=new_id()), undoing=(merge_id, form))
    return Redirect(f"/bureau/dossiers/{dossier.number}/reunir?fait=annuler")


ROUTES: tuple[SiteRoute, ...] = (
    get("/dossiers/{number}/reunion", show_choice, who=Who.CITIZEN),
    post("/dossiers/{number}/reunion", choose, who=Who.CITIZEN),
    get("/bureau/dossiers/{number}/reunir", show, who=Who.AGENT),
    post("/bureau/dossiers/{number}/reunir", merge, who=Who.AGENT),
    post("/bureau/dossiers/{number}/reunir/annuler", undo, who=Who.AGENT),
)
