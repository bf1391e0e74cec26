"""``/fichiers/<id>``: a photo or a document, and its thumbnail; and what moderation does with one of them."""

from typing import Any

from contracts.errors import Fault
from contracts.ideas import HIDE_ATTACHMENT, RESTORE_ATTACHMENT, DossierView, ReadAttachment, Variant
from contracts.registry import Call

from gateway.attachments import fetch
from gateway.forms.attachments import HideFileForm, ShowFileForm
from gateway.forms.desk import DeskForm
from gateway.site.answers import Answer, Redirect
from gateway.site.ideas.dossier import read
from gateway.site.ideas.examination import every_file, show_with_file
from gateway.site.ids import as_id
from gateway.site.routes import SiteRoute, Who, get, post
from gateway.site.visit import Visit


def whole(visit: Visit) -> Answer:
    """The file."""
    return fetch(visit.call, ReadAttachment(attachment_id=as_id(visit.url["file"])))


def thumbnail(visit: Visit) -> Answer:
    """A small picture of it."""
    return fetch(visit.call, ReadAttachment(attachment_id=as_id(visit.url["file"]), variant=Variant.THUMBNAIL))


def decide(visit: Visit) -> Answer:
    """Hide it with a reason, or show it again."""
    dossier, wanted = read(visit), as_id(visit.url["file"])
    hidden = _is_hidden(dossier, visit.url["file"])
    form: DeskForm = ShowFileForm.sent(visit) if hidden else HideFileForm.sent(visit)
    call: Call[Any, DossierView] = RESTORE_ATTACHMENT if hidden else HIDE_ATTACHMENT
    if form.submit(call, attachment_id=wanted) is None:
        return show_with_file(visit, dossier, visit.url["file"], form)
    return Redirect(f"/bureau/dossiers/{dossier.number}?fait=fichier#fichiers")


def _is_hidden(dossier: DossierView, wanted: str) -> bool:
    found = next((one for one in every_file(dossier) if str(one.id) == wanted), None)
    if found is None:
        raise Fault.not_found()
    return found.hidden is not None


ROUTES: tuple[SiteRoute, ...] = (
    get("/fichiers/{file}", whole),
    get("/fichiers/{file}/vignette", thumbnail),
    post("/bureau/dossiers/{number}/fichiers/{file}", decide, who=Who.AGENT),
)
