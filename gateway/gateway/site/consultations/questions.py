"""The questions at the desk: write one, change it, move it, group them in pages."""

from typing import Any

from contracts.consultations import SAVE_FORM, DeskConsultation, Form, Question, SaveForm
from contracts.errors import Fault

from gateway.forms import form_editing
from gateway.forms.consultation_desk import (
    MODELS,
    SPARE_ROWS,
    WITH_OPTIONS,
    filled_question,
    offer_conditions,
    question_form,
)
from gateway.site.answers import Answer, Redirect
from gateway.site.consultations.desk import AGENT, ONE, path_of, read, seen_revision, written_in
from gateway.site.consultations.labels import Labels
from gateway.site.desk import desk_page
from gateway.site.routes import SiteRoute, get, post
from gateway.site.visit import Visit


def arrange(visit: Visit) -> Answer:
    """Move or remove a question; add, rename or remove a page."""
    one = read(visit)
    act, key = visit.field("act"), visit.field("key")
    form = _arranged(visit, one.form, act, key)
    _save(visit, one, form)
    return Redirect(path_of(one.id, f"#q-{key}" if act in {"up", "down"} else "#questions"))


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
    visit.call(SAVE_FORM, SaveForm(consultation_id=one.id, revision=seen_revision(visit), form=form))


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
        written_in=written_in(visit),
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
    return Redirect(path_of(one.id, f"#q-{built.key}"))


def _every_key(one: DeskConsultation) -> set[str]:
    forms = (one.form, *(version.form for version in one.versions))
    return {question.key for form in forms for page in form.pages for question in page.questions}


ROUTES: tuple[SiteRoute, ...] = (
    post(f"{ONE}/questions", arrange, who=AGENT),
    get(f"{ONE}/question", new_question, who=AGENT),
    post(f"{ONE}/question", save_question, who=AGENT),
    get(f"{ONE}/question/{{key}}", change_question, who=AGENT),
)
