"""``/bureau/papier`` and ``/bureau/dossiers/<number>/papier``: signatures on paper, entered and confirmed."""

from contracts.ideas import (
    CONFIRM_PAPER,
    ENTER_PAPER,
    LIST_PAPER,
    WITHDRAW_PAPER,
    ConfirmPaper,
    DossierView,
    ListPaper,
    PaperState,
    PaperView,
)

from gateway.forms.paper import PaperForm, WithdrawPaperForm
from gateway.i18n import N_
from gateway.site.answers import Answer, Redirect
from gateway.site.desk import desk_page
from gateway.site.ideas.dossier import read
from gateway.site.ideas.labels import Badge, Labels
from gateway.site.ids import as_id, new_id
from gateway.site.routes import SiteRoute, Who, get, post
from gateway.site.visit import Visit, local_path

QUEUE = "/bureau/papier"
STATES = {
    PaperState.WAITING: Badge(N_("Waits for a second agent"), "clock", "warn"),
    PaperState.COUNTED: Badge(N_("Counted"), "done", "ok"),
    PaperState.REPLACED: Badge(N_("Corrected"), "pen", ""),
    PaperState.WITHDRAWN: Badge(N_("Taken back"), "prev", ""),
}


def show_queue(visit: Visit) -> Answer:
    """The batches that wait for a second agent."""
    found = visit.call(LIST_PAPER, ListPaper(after=visit.query("after") or None))
    return desk_page(visit, "desk/paper-queue.html", found=found, states=STATES, done=visit.query("fait"))


def show(visit: Visit) -> Answer:
    """The batches of a dossier, and the form of a new one or of a correction."""
    dossier = read(visit)
    return _shown(visit, dossier, PaperForm.blank(visit, batch_id=new_id(), replaces=visit.query("corriger")))


def _shown(
    visit: Visit, dossier: DossierView, form: PaperForm, undoing: tuple[str, WithdrawPaperForm] | None = None
) -> Answer:
    found = visit.call(LIST_PAPER, ListPaper(dossier=dossier.number, after=visit.query("after") or None))
    undo = {str(one.batch_id): WithdrawPaperForm.blank(visit) for one in found.items}
    corrected = next((one for one in found.items if str(one.batch_id) == form.value("replaces")), None)
    _begin_with(form, corrected)
    return desk_page(
        visit,
        "desk/paper.html",
        status=max(form.status, undoing[1].status if undoing else 200),
        dossier=dossier,
        found=found,
        form=form,
        corrected=corrected,
        undo=undo | dict([undoing] if undoing else []),
        states=STATES,
        labels=Labels(visit),
        done=visit.query("fait"),
    )


def _begin_with(form: PaperForm, corrected: PaperView | None) -> None:
    """A correction begins with what it corrects."""
    if corrected is not None and "signatures" not in form.values:
        form.values["signatures"] = [str(corrected.signatures)]
        form.values["place"] = [corrected.place]
        form.values["collected_on"] = [corrected.collected_on.isoformat()]
        form.values["reference"] = [corrected.reference]


def enter(visit: Visit) -> Answer:
    """Enter a batch."""
    dossier, form = read(visit), PaperForm.sent(visit)
    made = form.submit(ENTER_PAPER, idea_id=dossier.id)
    if made is None:
        return _shown(visit, dossier, form)
    return Redirect(f"/bureau/dossiers/{dossier.number}/papier?fait={made.state.value}")


def confirm(visit: Visit) -> Answer:
    """Have a batch count."""
    visit.call(CONFIRM_PAPER, ConfirmPaper(batch_id=as_id(visit.url["batch"])))
    return Redirect(local_path(visit.field("next"), QUEUE) + "?fait=counted")


def withdraw(visit: Visit) -> Answer:
    """Take a batch back."""
    dossier, form, batch = read(visit), WithdrawPaperForm.sent(visit), visit.field("batch_id")
    if form.submit(WITHDRAW_PAPER, batch_id=batch) is None:
        return _shown(visit, dossier, PaperForm.blank(visit, batch_id=new_id()), (batch, form))
    return Redirect(f"/bureau/dossiers/{dossier.number}/papier?fait=withdrawn")


ROUTES: tuple[SiteRoute, ...] = (
    get(QUEUE, show_queue, who=Who.AGENT),
    post("/bureau/papier/{batch}", confirm, who=Who.AGENT),
    get("/bureau/dossiers/{number}/papier", show, who=Who.AGENT),
    post("/bureau/dossiers/{number}/papier", enter, who=Who.AGENT),
    post("/bureau/dossiers/{number}/papier/retirer", withdraw, who=Who.AGENT),
)
