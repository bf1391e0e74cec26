"""Reading what was answered: public once the consultation says so, open to its agents at any time."""

from uuid import UUID

from chassis.auth import Caller
from contracts.consultations import (
    SMALLEST_CELL,
    CrossQuestions,
    CrossTable,
    ListTexts,
    ReadResults,
    ResultsView,
    TextPage,
)
from contracts.consultations.results import TextItem
from contracts.errors import Fault, FieldError

from consultations import queries
from consultations.cursors import cursor, only_id
from consultations.domain.consultation import Consultation, State
from consultations.domain.crossing import hide_small
from consultations.domain.form import Form, Option, Text
from consultations.domain.versions import ever_confidential, every_option, latest_definitions
from consultations.repository import Transaction, UnitOfWork
from consultations.rights import is_agent
from consultations.translate.forms import options_to_wire
from consultations.translate.results import public_single, tallies


def read_results(uow: UnitOfWork, caller: Caller, request: ReadResults) -> ResultsView:
    """Every public question with its counts, as of now."""
    with uow() as tx:
        consultation = _readable(tx, caller, request.consultation_id)
        rows = queries.counts(tx.connection, consultation.id)
        return ResultsView(
            consultation_id=consultation.id,
            counted_at=tx.now,
            answers=tx.answers.count(consultation.id),
            final=consultation.state(tx.now) is State.CLOSED,
            questions=tallies(tx.forms.versions(consultation.id), rows),
        )


def list_texts(uow: UnitOfWork, caller: Caller, request: ListTexts) -> TextPage:
    """One page of the texts given to one public question."""
    after = only_id(request.after)
    with uow() as tx:
        consultation = _readable(tx, caller, request.consultation_id)
        _check_public_text(_forms(tx, consultation.id), request.question)
        found = queries.texts(tx.connection, consultation.id, request.question, after, request.limit + 1)
        kept = found[: request.limit]
        following = cursor(kept[-1][1]) if len(found) > request.limit else None
        return TextPage(items=tuple(TextItem(text=text) for text, _ in kept), next=following)


def cross_questions(uow: UnitOfWork, caller: Caller, request: CrossQuestions) -> CrossTable:
    """Two public questions against each other, without telling about few people."""
    with uow() as tx:
        consultation = _readable(tx, caller, request.consultation_id)
        forms = _forms(tx, consultation.id)
        _check_crossable(forms, request)
        rows, columns = every_option(forms, request.rows), every_option(forms, request.columns)
        counted = queries.crossed(tx.connection, consultation.id, request.rows, request.columns)
        counts = [[counted.get((row.key, column.key), 0) for column in columns] for row in rows]
        return _table(consultation, rows, columns, counts)


def _table(
    consultation: Consultation, rows: tuple[Option, ...], columns: tuple[Option, ...], counts: list[list[int]]
) -> CrossTable:
    return CrossTable(
        consultation_id=consultation.id,
        rows=options_to_wire(rows),
        columns=options_to_wire(columns),
        cells=hide_small(counts, SMALLEST_CELL),
        threshold=SMALLEST_CELL,
    )


def _readable(tx: Transaction, caller: Caller, consultation_id: UUID) -> Consultation:
    consultation = tx.consultations.get(consultation_id)
    if consultation.results_public(tx.now) or is_agent(caller, consultation):
        return consultation
    if consultation.state(tx.now) is State.DRAFT:
        raise Fault.not_found("There is no such consultation.", "no-consultation")
    raise Fault.wrong_state("The results are not public yet.", "results-not-yet")


def _forms(tx: Transaction, consultation_id: UUID) -> list[Form]:
    return [version.form for version in tx.forms.versions(consultation_id)]


def _check_public_text(forms: list[Form], key: str) -> None:
    question = latest_definitions(forms).get(key)
    if question is None or not isinstance(question.kind, Text) or key in ever_confidential(forms):
        raise Fault.not_found("There is no public question in words of this key.", "no-question")


def _check_crossable(forms: list[Form], request: CrossQuestions) -> None:
    asked = {"/rows": request.rows, "/columns": request.columns}
    wrong = [
        FieldError(pointer, "not-crossable", "Choose a public question with one choice.")
        for pointer, key in asked.items()
        if not public_single(forms, key)
    ]
    if not wrong and request.rows == request.columns:
        wrong = [FieldError("/columns", "same-question", "Choose another question.")]
    if wrong:
        raise Fault.invalid(*wrong, detail="These questions cannot be crossed.")
