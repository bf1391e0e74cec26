"""Answering, page by page, without script: each page is kept as a draft, nothing typed is ever lost."""

from collections.abc import Mapping

from contracts.consultations import (
    SAVE_DRAFT,
    SUBMIT_ANSWER,
    WITHDRAW_ANSWER,
    ConsultationView,
    DraftView,
    MyAnswer,
    SaveDraft,
    SubmitAnswer,
    WithdrawAnswer,
)
from contracts.errors import Fault, FaultCode

from gateway.forms import messages
from gateway.forms.questionnaire import AnswerSheet, asked_on, numbered, open_pages
from gateway.i18n import N_
from gateway.site.answers import Answer, Page, Redirect, page
from gateway.site.consultations.labels import Labels
from gateway.site.consultations.reading import mine, read
from gateway.site.visit import Visit

messages.add(
    {
        "closed": N_("The consultation is closed: it takes no more answers."),
        "not-open-yet": N_("The consultation is not open yet."),
        "results-not-yet": N_("The results are published when the consultation closes."),
    }
)
SAID = frozenset({FaultCode.FORBIDDEN, FaultCode.WRONG_STATE, FaultCode.UNAVAILABLE, FaultCode.DEADLINE})
"""Faults that are said on the page itself, so that what was typed stays."""


def path(consultation: ConsultationView, rest: str = "") -> str:
    """An address below the consultation."""
    return f"/consultations/{consultation.slug}{rest}"


def begin(visit: Visit) -> Answer:
    """Begin, resume or change: makes sure that the person may answer before anything is typed."""
    consultation = read(visit)
    request = SaveDraft(consultation_id=consultation.id, version=consultation.version, values={})
    draft = visit.call(SAVE_DRAFT, request)
    pages = open_pages(consultation.form, draft.values)
    return Redirect(path(consultation, f"/repondre/{pages[0] if pages else 1}"))


def _draft(visit: Visit, consultation: ConsultationView) -> DraftView | None:
    """The draft, brought to the newest version of the questions; none if there is nothing to answer to."""
    draft = mine(visit, consultation).draft
    if draft is None or consultation.state != "open":
        return None
    if draft.version == consultation.version:
        return draft
    request = SaveDraft(consultation_id=consultation.id, version=consultation.version, values={})
    return visit.call(SAVE_DRAFT, request)


def ask(visit: Visit) -> Answer:
    """One page of questions."""
    consultation = read(visit)
    number = _number(visit, consultation)
    draft = _draft(visit, consultation)
    if draft is None:
        return Redirect(path(consultation))
    sheet = AnswerSheet(visit, consultation.form, draft.values)
    return _page(visit, consultation, sheet, draft, number)


def _number(visit: Visit, consultation: ConsultationView) -> int:
    text = visit.url["page"]
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    if not 1 <= number <= len(consultation.form.pages):
        raise Fault.not_found()
    return number


def _page(
    visit: Visit, consultation: ConsultationView, sheet: AnswerSheet, draft: DraftView | None, number: int
) -> Page:
    values = draft.values if draft else sheet.values
    current = consultation.form.pages[number - 1]
    return page(
        "consultations/answer.html",
        status=sheet.status,
        one=consultation,
        sheet=sheet,
        draft=draft,
        number=number,
        current=current,
        asked=asked_on(consultation.form, current, values),
        open_pages=open_pages(consultation.form, values),
        numbers=numbered(consultation.form),
        labels=Labels(visit),
    )


def keep(visit: Visit) -> Answer:
    """Keep a page, then go where the button says: on, back, or away for now."""
    consultation = read(visit)
    number = _number(visit, consultation)
    before = mine(visit, consultation).draft
    held = before.values if before else {}
    sheet = AnswerSheet(visit, consultation.form, held, typed=visit.fields)
    asked = asked_on(consultation.form, consultation.form.pages[number - 1], held)
    sent = sheet.read(asked)
    try:
        request = SaveDraft(consultation_id=consultation.id, version=consultation.version, values=sent)
        draft = visit.call(SAVE_DRAFT, request)
    except Fault as fault:
        if fault.code not in SAID:
            raise
        sheet.warn(visit.text(messages.reason(fault.reason) or messages.FAULTS[fault.code]), fault.status)
        return _page(visit, consultation, sheet, before, number)
    sheet.complain(draft.problems, asked)
    if visit.field("act") == "later" and not _lost(sheet, sent):
        return Redirect(path(consultation, "?brouillon=garde"))
    if visit.field("act") == "back" and not _lost(sheet, sent):
        return Redirect(_previous(consultation, draft, number))
    if sheet.errors:
        return _page(visit, consultation, sheet, draft, number)
    return Redirect(_next(consultation, draft, number))


def _lost(sheet: AnswerSheet, sent: Mapping[str, object]) -> bool:
    """Whether leaving the page would lose something that could not be kept."""
    return any(key and key not in sent for key in sheet.errors)


def _previous(consultation: ConsultationView, draft: DraftView, number: int) -> str:
    before = [one for one in open_pages(consultation.form, draft.values) if one < number]
    return path(consultation, f"/repondre/{before[-1]}" if before else "")


def _next(consultation: ConsultationView, draft: DraftView, number: int) -> str:
    after = [one for one in open_pages(consultation.form, draft.values) if one > number]
    return path(consultation, f"/repondre/{after[0]}" if after else "/relire")


def review(visit: Visit) -> Answer:
    """All answers at a glance before they are sent."""
    consultation = read(visit)
    draft = _draft(visit, consultation)
    if draft is None:
        return Redirect(path(consultation))
    return _review(visit, consultation, draft, AnswerSheet(visit, consultation.form, draft.values))


def _review(visit: Visit, consultation: ConsultationView, draft: DraftView, sheet: AnswerSheet) -> Page:
    form = consultation.form
    pages = [
        (number, one, [question for question in asked_on(form, one, draft.values) if _concerns(question, draft)])
        for number, one in enumerate(form.pages, 1)
    ]
    where = {question.key: number for number, _, asked in pages for question in asked}
    return page(
        "consultations/review.html",
        status=sheet.status,
        one=consultation,
        draft=draft,
        sheet=sheet,
        pages=[row for row in pages if row[2]],
        where=where,
        numbers=numbered(form),
        labels=Labels(visit),
    )


def _concerns(question: object, draft: DraftView) -> bool:
    condition = getattr(question, "shown_if", None)
    if condition is None:
        return True
    value = draft.values.get(condition.question)
    return any(one in condition.options for one in (value if isinstance(value, tuple) else (value,)))


def send(visit: Visit) -> Answer:
    """Send what the draft holds."""
    consultation = read(visit)
    draft = mine(visit, consultation).draft
    if draft is None:
        return Redirect(path(consultation, "/recu"))
    sheet = AnswerSheet(visit, consultation.form, draft.values)
    try:
        request = SubmitAnswer(consultation_id=consultation.id, version=draft.version, values=draft.values)
        visit.call(SUBMIT_ANSWER, request)
    except Fault as fault:
        if fault.code not in SAID | {FaultCode.INVALID}:
            raise
        _say(sheet, fault, draft)
        return _review(visit, consultation, draft, sheet)
    return Redirect(path(consultation, "/recu"))


def _say(sheet: AnswerSheet, fault: Fault, draft: DraftView) -> None:
    for problem in draft.problems:
        sheet.blame(problem.question, problem.code, dict(problem.limits), problem.detail)
    if fault.code is not FaultCode.INVALID:
        text = messages.reason(fault.reason) or messages.FAULTS[fault.code]
        sheet.warn(sheet.visit.text(text), fault.status)
    elif not draft.problems:
        sheet.warn(sheet.visit.text("Answer at least one question."), fault.status)


def _answered(visit: Visit) -> tuple[ConsultationView, MyAnswer]:
    consultation = read(visit)
    return consultation, mine(visit, consultation)


def receipt(visit: Visit) -> Answer:
    """What was received, and what happens next."""
    consultation, held = _answered(visit)
    if held.answer is None:
        return Redirect(path(consultation))
    return page("consultations/receipt.html", one=consultation, answer=held.answer, labels=Labels(visit))


def my_answer(visit: Visit) -> Answer:
    """What the person has answered, in the words that were asked."""
    consultation, held = _answered(visit)
    if held.answer is None or held.answered_form is None:
        return Redirect(path(consultation))
    return page(
        "consultations/mine.html",
        one=consultation,
        answer=held.answer,
        form=held.answered_form,
        numbers=numbered(held.answered_form),
        labels=Labels(visit),
    )


def withdraw(visit: Visit) -> Answer:
    """Take the answer back."""
    consultation = read(visit)
    visit.call(WITHDRAW_ANSWER, WithdrawAnswer(consultation_id=consultation.id))
    return Redirect(path(consultation, "?reponse=retiree"))


def confirm_withdrawal(visit: Visit) -> Answer:
    """What taking the answer back does, before it is done."""
    consultation, held = _answered(visit)
    if held.answer is None and held.draft is None:
        return Redirect(path(consultation))
    return page("consultations/withdraw.html", one=consultation, labels=Labels(visit))
