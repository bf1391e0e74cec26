"""The desk of consultations: make one, write its questions, publish, close, take the answers out."""

from typing import Any
from uuid import UUID

from contracts.consultations import (
    CLOSE_CONSULTATION,
    CREATE_CONSULTATION,
    EDIT_CONSULTATION,
    LIST_DESK_CONSULTATIONS,
    MANAGER_ROLES,
    PUBLISH_CONSULTATION,
    READ_DESK_CONSULTATION,
    DeskConsultation,
    Form,
    ListDeskConsultations,
    PublishConsultation,
    ReadDeskConsultation,
)
from contracts.errors import Fault

from gateway.forms.consultation_desk import (
    LANGUAGES,
    CloseForm,
    details_form,
    filled_details,
    offer_details,
)
from gateway.forms.questionnaire import AnswerSheet, numbered
from gateway.site.answers import Answer, Redirect
from gateway.site.consultations.labels import KINDS, Labels
from gateway.site.desk import desk_page
from gateway.site.ids import as_id, new_id
from gateway.site.routes import SiteRoute, Who, get, post
from gateway.site.visit import Visit

ROOT = "/bureau/consultations"
ONE = f"{ROOT}/{{id}}"
ROLES = tuple(MANAGER_ROLES)


def browse(visit: Visit) -> Answer:
    """The consultations that the agent manages."""
    wanted = visit.query("etat")
    request = {"state": wanted if wanted in {"draft", "scheduled", "open", "closed"} else None}
    after = visit.query("after")[:500] or None
    found = visit.call(LIST_DESK_CONSULTATIONS, ListDeskConsultations.model_validate(request | {"after": after}))
    return desk_page(visit, "desk/consultations.html", found=found, labels=Labels(visit))


def read(visit: Visit) -> DeskConsultation:
    """The consultation of the address. Raises *not-found*."""
    return visit.call(READ_DESK_CONSULTATION, ReadDeskConsultation(consultation_id=as_id(visit.url["id"])))


def path_of(consultation_id: UUID, rest: str = "") -> str:
    """An address at the desk, below a consultation."""
    return f"{ROOT}/{consultation_id}{rest}"


def written_in(visit: Visit) -> list[tuple[str, str]]:
    """The languages in which an agent writes, each by its own name."""
    return [(code, LANGUAGES.get(code, code)) for code in visit.territory.languages]


def seen_revision(visit: Visit) -> int:
    """The revision that the agent has seen, as the form says; 1, which is refused as old, if it says nothing."""
    seen = visit.field("revision")
    return max(1, int(seen)) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 1


# What is said of it ----------------------------------------------------------------------------------------------


def new(visit: Visit) -> Answer:
    """A blank form."""
    form = details_form(visit.territory.languages).blank(visit, id=new_id(), results="after_closing", level="0")
    return _details(visit, form)


def create(visit: Visit) -> Answer:
    """Begin a consultation."""
    form = details_form(visit.territory.languages).sent(visit)
    made = form.submit(CREATE_CONSULTATION)
    return _details(visit, form) if made is None else Redirect(path_of(made.id))


def change(visit: Visit) -> Answer:
    """The form with what is said now."""
    one = read(visit)
    return _details(visit, filled_details(visit, one.details, one.revision), one)


def save(visit: Visit) -> Answer:
    """Keep what is said."""
    one = read(visit)
    form = details_form(visit.territory.languages).sent(visit)
    saved = form.submit(EDIT_CONSULTATION, consultation_id=one.id)
    return _details(visit, form, one) if saved is None else Redirect(path_of(one.id, "?fait=enregistre"))


def _details(visit: Visit, form: Any, one: DeskConsultation | None = None) -> Answer:  # noqa: ANN401
    offer_details(form)
    return desk_page(
        visit,
        "desk/consultation-details.html",
        status=form.status,
        form=form,
        one=one,
        written_in=written_in(visit),
        labels=Labels(visit),
    )


# Its page -----------------------------------------------------------------------------------------------------------


def show(visit: Visit) -> Answer:
    """The questions, what is left to do, and the buttons."""
    return _show(visit, read(visit))


def _show(visit: Visit, one: DeskConsultation, refused: str = "", status: int = 200) -> Answer:
    return desk_page(
        visit,
        "desk/consultation.html",
        status=status,
        one=one,
        refused=refused,
        done=visit.query("fait"),
        numbers=numbered(one.form),
        places=_places(one.form),
        kinds=KINDS,
        written_in=written_in(visit),
        labels=Labels(visit),
    )


def _places(form: Form) -> dict[str, str]:
    """Where on the page each part of the form is: by the beginning of a problem's pointer."""
    places = {f"/pages/{n}": f"page-{page.key}" for n, page in enumerate(form.pages)}
    for n, page in enumerate(form.pages):
        places |= {f"/pages/{n}/questions/{m}": f"q-{one.key}" for m, one in enumerate(page.questions)}
    return places


# Publishing, closing -------------------------------------------------------------------------------------------------


def preview(visit: Visit) -> Answer:
    """The questions as people will see them."""
    one = read(visit)
    sheet = AnswerSheet(visit, one.form, {})
    return desk_page(
        visit, "desk/consultation-preview.html", one=one, sheet=sheet, numbers=numbered(one.form), labels=Labels(visit)
    )


def publish(visit: Visit) -> Answer:
    """Publish the form that was last saved."""
    one = read(visit)
    try:
        visit.call(PUBLISH_CONSULTATION, PublishConsultation(consultation_id=one.id, revision=seen_revision(visit)))
    except Fault as fault:
        if fault.status not in {409, 412, 422}:
            raise
        form = CloseForm.blank(visit)
        form.refuse(Fault(fault.code, fault.detail, fault.reason))
        late = any(error.pointer == "/details/closes_at" for error in fault.errors)
        said = visit.text("Its closing has passed: choose a later one first.") if late else form.errors[""][0]
        return _show(visit, one, said, fault.status)
    return Redirect(path_of(one.id, "?fait=publie"))


def ask_close(visit: Visit) -> Answer:
    """Why it closes early."""
    return desk_page(
        visit, "desk/consultation-close.html", one=read(visit), form=CloseForm.blank(visit), labels=Labels(visit)
    )


def close(visit: Visit) -> Answer:
    """Close it now."""
    one, form = read(visit), CloseForm.sent(visit)
    if form.submit(CLOSE_CONSULTATION, consultation_id=one.id) is None:
        return desk_page(
            visit, "desk/consultation-close.html", status=form.status, one=one, form=form, labels=Labels(visit)
        )
    return Redirect(path_of(one.id, "?fait=ferme"))


AGENT = Who.AGENT
ROUTES: tuple[SiteRoute, ...] = (
    get(ROOT, browse, who=AGENT),
    get(f"{ROOT}/nouvelle", new, who=AGENT),
    post(f"{ROOT}/nouvelle", create, who=AGENT),
    get(ONE, show, who=AGENT),
    get(f"{ONE}/presentation", change, who=AGENT),
    post(f"{ONE}/presentation", save, who=AGENT),
    get(f"{ONE}/apercu", preview, who=AGENT),
    post(f"{ONE}/publier", publish, who=AGENT),
    get(f"{ONE}/fermer", ask_close, who=AGENT),
    post(f"{ONE}/fermer", close, who=AGENT),
)
