"""What people do: type, leave and come back, send, change, take back."""

import secrets
from dataclasses import replace
from uuid import UUID, uuid4

from chassis.auth import Caller
from contracts.consultations import (
    ANSWER_RECEIVED,
    AnswerReceived,
    AnswerView,
    DraftView,
    MyAnswer,
    ReadMyAnswer,
    SaveDraft,
    SubmitAnswer,
    WithdrawAnswer,
    Withdrawn,
)
from contracts.errors import Fault, FieldError

from consultations.domain.answers import answer_problems, given
from consultations.domain.consultation import Consultation, State, check_open
from consultations.domain.form import Form, Text, Value, Values
from consultations.domain.problems import Problem
from consultations.domain.receipts import fingerprint, receipt
from consultations.people import People
from consultations.records import Answer, Draft, FormVersion
from consultations.repository import Transaction, UnitOfWork
from consultations.rights import require_eligible
from consultations.translate.faults import refuse_if_any
from consultations.translate.forms import form_to_wire
from consultations.translate.views import answer_view, draft_view

RECEIPT_BITS = 80


def save_draft(uow: UnitOfWork, people: People, caller: Caller, request: SaveDraft) -> DraftView:
    """Keep what was typed, right or wrong. A new draft begins with the answer already given, if there is one."""
    account = caller.citizen()
    _require_eligible(uow, people, caller, request.consultation_id)
    with uow() as tx:
        version = _asked(tx, request.consultation_id, request.version)
        tx.drafts.wait_turn(request.consultation_id, account)
        values = _merged(_begun(tx, request.consultation_id, account), request.values)
        known = {key: value for key, value in values.items() if version.form.question(key)}
        draft = Draft(version.number, known, tx.now)
        tx.drafts.put(request.consultation_id, account, draft)
        return draft_view(draft, answer_problems(version.form, values))


def _begun(tx: Transaction, consultation_id: UUID, account: UUID) -> Values:
    begun = tx.drafts.find(consultation_id, account) or tx.answers.find(consultation_id, account)
    return begun.values if begun else {}


def _merged(before: Values, new: dict[str, Value | None]) -> dict[str, Value]:
    merged = {**before, **new}
    return {key: value for key, value in merged.items() if value is not None}


def submit_answer(uow: UnitOfWork, people: People, caller: Caller, request: SubmitAnswer) -> AnswerView:
    """Receive an answer in place of the one before. The same answer again changes nothing."""
    account = caller.citizen()
    _require_eligible(uow, people, caller, request.consultation_id)
    with uow() as tx:
        form = _asked(tx, request.consultation_id, request.version).form
        tx.drafts.wait_turn(request.consultation_id, account)
        refuse_if_any(_complaints(form, request.values), at="/values")
        before = tx.answers.find(request.consultation_id, account)
        answer = _answer(tx, before, request, given(form, request.values))
        tx.drafts.remove(request.consultation_id, account)
        if before is None or before.fingerprint != answer.fingerprint:
            _receive(tx, account, answer, form)
            return answer_view(answer)
        return answer_view(before)


def _complaints(form: Form, values: Values) -> tuple[Problem, ...]:
    found = answer_problems(form, values)
    if not found and not given(form, values):
        return (Problem("", "empty", "Answer at least one question."),)
    return found


def _answer(tx: Transaction, before: Answer | None, request: SubmitAnswer, values: Values) -> Answer:
    mark = fingerprint(request.version, values)
    if before is not None:
        return replace(before, version=request.version, values=values, fingerprint=mark, revised_at=tx.now)
    return Answer(
        id=uuid4(),
        consultation_id=request.consultation_id,
        version=request.version,
        values=values,
        receipt=receipt(secrets.randbits(RECEIPT_BITS)),
        fingerprint=mark,
        submitted_at=tx.now,
    )


def _receive(tx: Transaction, account: UUID, answer: Answer, form: Form) -> None:
    in_words = frozenset(question.key for question in form.questions() if isinstance(question.kind, Text))
    tx.answers.put(answer, account, in_words=in_words)
    fact = AnswerReceived(
        consultation_id=answer.consultation_id, account_id=account, revised=answer.revised_at is not None
    )
    tx.events.append(ANSWER_RECEIVED, fact, subject=str(answer.consultation_id))


def read_my_answer(uow: UnitOfWork, caller: Caller, request: ReadMyAnswer) -> MyAnswer:
    """What is kept of the caller for a consultation."""
    account = caller.citizen()
    with uow() as tx:
        consultation = _published(tx, tx.consultations.get(request.consultation_id))
        answer = tx.answers.find(consultation.id, account)
        draft = tx.drafts.find(consultation.id, account)
        return MyAnswer(
            answer=answer_view(answer) if answer else None,
            answered_form=form_to_wire(_version(tx, consultation.id, answer.version).form) if answer else None,
            draft=draft_view(draft, _draft_problems(tx, consultation.id, draft)) if draft else None,
        )


def _draft_problems(tx: Transaction, consultation_id: UUID, draft: Draft) -> tuple[Problem, ...]:
    return answer_problems(_version(tx, consultation_id, draft.version).form, draft.values)


def withdraw_answer(uow: UnitOfWork, caller: Caller, request: WithdrawAnswer) -> Withdrawn:
    """Erase the caller's answer and draft, as long as the consultation is open."""
    account = caller.citizen()
    with uow() as tx:
        consultation = _published(tx, tx.consultations.hold(request.consultation_id))
        check_open(consultation, tx.now)
        tx.drafts.wait_turn(consultation.id, account)
        tx.answers.remove(consultation.id, account)
        tx.drafts.remove(consultation.id, account)
        return Withdrawn(consultation_id=consultation.id)


def _require_eligible(uow: UnitOfWork, people: People, caller: Caller, consultation_id: UUID) -> None:
    with uow() as tx:
        consultation, rules = _published(tx, tx.consultations.get(consultation_id)), tx.rules
        check_open(consultation, tx.now)
    require_eligible(caller, consultation, rules, people)


def _asked(tx: Transaction, consultation_id: UUID, number: int) -> FormVersion:
    """The version that is answered, of a consultation that stays open until the transaction ends."""
    check_open(_published(tx, tx.consultations.hold(consultation_id)), tx.now)
    return _version(tx, consultation_id, number)


def _version(tx: Transaction, consultation_id: UUID, number: int) -> FormVersion:
    version = tx.forms.version(consultation_id, number)
    if version is None:
        raise Fault.invalid(FieldError("/version", "unknown-version", "No such version was published."))
    return version


def _published(tx: Transaction, consultation: Consultation) -> Consultation:
    if consultation.state(tx.now) is State.DRAFT:
        raise Fault.not_found("There is no such consultation.", "no-consultation")
    return consultation
