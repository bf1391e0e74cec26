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
    SAVE_FORM,
    DeskConsultation,
    Form,
    ListDeskConsultations,
    PublishConsultation,
    Question,
    ReadDeskConsultation,
    SaveForm,
)
from contracts.errors import Fault

from gateway.forms import form_editing
from gateway.forms.consultation_desk import (
    LANGUAGES,
    MODELS,
    SPARE_ROWS,
    WITH_OPTIONS,
    CloseForm,
    details_form,
    filled_details,
    filled_question,
    offer_conditions,
    offer_details,
    question_form,
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


def _path(consultation_id: UUID, rest: str = "") -> str:
    return f"{ROOT}/{consultation_id}{rest}"


# What is said of it ----------------------------------------------------------------------------------------------


def new(visit: Visit) -> Answer:
    """A blank form."""
    form = details_form(visit.territory.languages).blank(visit, id=new_id(), results="after_closing", level="0")
    return _details(visit, form)


def create(visit: Visit) -> Answer:
    """Begin a consultation."""
    form = details_form(visit.territory.languages).sent(visit)
    made = form.submit(CREATE_CONSULTATION)
    return _details(visit, form) if made is None else Redirect(_path(made.id))


def change(visit: Visit) -> Answer:
    """The form with what is said now."""
    one = read(visit)
    return _details(visit, filled_details(visit, one.details, one.revision), one)


def save(visit: Visit) -> Answer:
    """Keep what is said."""
    one = read(visit)
    form = details_form(visit.territory.languages).sent(visit)
    saved = form.submit(EDIT_CONSULTATION, consultation_id=one.id)
    return _details(visit, form, one) if saved is None else Redirect(_path(one.id, "?fait=enregistre"))


def _details(visit: Visit, form: Any, one: DeskConsultation | None = None) -> Answer:  # noqa: ANN401
    offer_details(form)
    return desk_page(
        visit,
        "desk/consultation-details.html",
        status=form.status,
        form=form,
        one=one,
        written_in=[(code, LANGUAGES.get(code, code)) for code in visit.territory.languages],
        labels=Labels(visit),
    )


# Its questions -----------------------------------------------------------------------------------------------------


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
        written_in=[(code, LANGUAGES.get(code, code)) for code in visit.territory.languages],
        labels=Labels(visit),
    )


def _places(form: Form) -> dict[str, str]:
    """Where on the page each part of the form is: by the beginning of a problem's pointer."""
    places = {f"/pages/{n}": f"page-{page.key}" for n, page in enumerate(form.pages)}
    for n, page in enumerate(form.pages):
        places |= {f"/pages/{n}/questions/{m}": f"q-{one.key}" for m, one in enumerate(page.questions)}
    return places


def arrange(visit: Visit) -> Answer:
    """Move or remove a question; add, rename or remove a page."""
    one = read(visit)
    act, key = visit.field("act"), visit.field("key")
    form = _arranged(visit, one.form, act, key)
    _save(visit, one, form)
    return Redirect(_path(one.id, f"#q-{key}" if act in {"up", "down"} else "#questions"))


def _arranged(visit: Visit, form: Form, act: str, key: str) -> Form:
    title = {code: text for code in visit.territory.languages if (text := visit.field(f"title_{code}").strip()[:200])}
    match act:
        case "up" | "down":
            return form_editing.move_question(form, key, -1 if act == "up" else 1)
        case "remove":
            return form_editing.remove_question(form, key)
        case "add-page" if title:
            return form_editing.add_page(form, title)
        case "rename-page" if title:
            return form_editing.rename_page(form, key, title)
        case "remove-page":
            return form_editing.remove_page(form, key)
        case _:
            return form


def _save(visit: Visit, one: DeskConsultation, form: Form) -> None:
    seen = visit.field("revision")
    revision = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else one.revision
    visit.call(SAVE_FORM, SaveForm(consultation_id=one.id, revision=revision, form=form))


def new_question(visit: Visit) -> Answer:
    """A blank question of the kind that the address names."""
    one, kind = read(visit), visit.query("genre")
    if kind not in MODELS:
        raise Fault.not_found()
    page = form_editing.find_page(one.form, visit.query("page"))
    blank = question_form(kind, visit.territory.languages).blank(visit, revision=str(one.revision))
    return _question(visit, one, blank, page.key, None)


def change_question(visit: Visit) -> Answer:
    """A question to change."""
    one = read(visit)
    page, question = form_editing.find_question(one.form, visit.url["key"])
    values = filled_question(visit, question) | {"revision": str(one.revision)}
    form = question_form(question.kind, visit.territory.languages).blank(visit, **_known(question.kind, visit, values))
    return _question(visit, one, form, page.key, question)


def _known(kind: str, visit: Visit, values: dict[str, Any]) -> dict[str, Any]:
    known = question_form(kind, visit.territory.languages).questions
    return {name: value for name, value in values.items() if name in known}


def _question(visit: Visit, one: DeskConsultation, form: Any, page: str, question: Question | None) -> Answer:  # noqa: ANN401
    offer_conditions(form, one.form, question.key if question else None)
    sent = "option-key" in visit.fields
    known = [option.model_dump() for option in getattr(question, "options", ())]
    rows = form.rows() if sent else known
    return desk_page(
        visit,
        "desk/consultation-question.html",
        status=form.status,
        one=one,
        form=form,
        page=page,
        question=question,
        kind=form.kind,
        with_options=form.kind in WITH_OPTIONS,
        rows=[row for row in rows if row["label"]],
        spare=SPARE_ROWS if rows else 2 * SPARE_ROWS,
        written_in=[(code, LANGUAGES.get(code, code)) for code in visit.territory.languages],
        labels=Labels(visit),
    )


def save_question(visit: Visit) -> Answer:
    """Keep a question, new or changed; with the button for more answers, only show more of them."""
    one, key, kind = read(visit), visit.field("key"), visit.field("kind")
    page, question = visit.field("page"), None
    if key:
        found, question = form_editing.find_question(one.form, key)
        page, kind = found.key, question.kind
    if kind not in MODELS:
        raise Fault.not_found()
    form = question_form(kind, visit.territory.languages).sent(visit)
    if visit.field("act") == "more":
        return _question(visit, one, form, page, question)
    built = form.built(key or form_editing.new_key(_every_key(one), "q"))
    if built is None:
        return _question(visit, one, form, page, question)
    _save(visit, one, form_editing.put_question(one.form, page, built))
    return Redirect(_path(one.id, f"#q-{built.key}"))


def _every_key(one: DeskConsultation) -> set[str]:
    forms = (one.form, *(version.form for version in one.versions))
    return {question.key for form in forms for page in form.pages for question in page.questions}


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
    seen = visit.field("revision")
    revision = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 1
    try:
        visit.call(PUBLISH_CONSULTATION, PublishConsultation(consultation_id=one.id, revision=max(1, revision)))
    except Fault as fault:
        if fault.status not in {409, 412, 422}:
            raise
        form = CloseForm.blank(visit)
        form.refuse(Fault(fault.code, fault.detail, fault.reason))
        late = any(error.pointer == "/details/closes_at" for error in fault.errors)
        said = visit.text("Its closing has passed: choose a later one first.") if late else form.errors[""][0]
        return _show(visit, one, said, fault.status)
    return Redirect(_path(one.id, "?fait=publie"))


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
    return Redirect(_path(one.id, "?fait=ferme"))


AGENT = Who.AGENT
ROUTES: tuple[SiteRoute, ...] = (
    get(ROOT, browse, who=AGENT),
    get(f"{ROOT}/nouvelle", new, who=AGENT),
    post(f"{ROOT}/nouvelle", create, who=AGENT),
    get(ONE, show, who=AGENT),
    get(f"{ONE}/presentation", change, who=AGENT),
    post(f"{ONE}/presentation", save, who=AGENT),
    post(f"{ONE}/questions", arrange, who=AGENT),
    get(f"{ONE}/question", new_question, who=AGENT),
    post(f"{ONE}/question", save_question, who=AGENT),
    get(f"{ONE}/question/{{key}}", change_question, who=AGENT),
    get(f"{ONE}/apercu", preview, who=AGENT),
    post(f"{ONE}/publier", publish, who=AGENT),
    get(f"{ONE}/fermer", ask_close, who=AGENT),
    post(f"{ONE}/fermer", close, who=AGENT),
)
