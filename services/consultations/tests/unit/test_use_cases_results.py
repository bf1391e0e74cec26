"""What everybody reads of the answers, and what agents take out, on PostgreSQL."""

from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from chassis.auth import Caller
from consultations.repository import UnitOfWork
from consultations.use_cases.desk import publish_consultation, save_form
from consultations.use_cases.exports import begin_export, read_export
from consultations.use_cases.results import cross_questions, list_texts, read_results
from contracts.consultations import (
    BeginExport,
    CrossQuestions,
    ListTexts,
    PublishConsultation,
    ReadExport,
    ReadResults,
    ResultsView,
    SaveForm,
)
from contracts.errors import Fault, FaultCode

from services.consultations.tests.support import (
    Clock,
    Neighbours,
    agent,
    citizen,
    form,
    open_consultation,
    options,
    question,
    submitted,
)


def results(uow: UnitOfWork, consultation_id: Any, caller: Caller | None = None) -> ResultsView:
    return read_results(uow, caller or Caller(), ReadResults(consultation_id=consultation_id))


def test_results_are_public_after_closing_and_for_agents_before(
    uow: UnitOfWork, people: Neighbours, clock: Clock
) -> None:
    opened = open_consultation(uow)
    submitted(uow, people, citizen(), opened.id)

    with pytest.raises(Fault) as refused:
        results(uow, opened.id)
    assert (refused.value.code, refused.value.reason) == (FaultCode.WRONG_STATE, "results-not-yet")
    assert not results(uow, opened.id, agent()).final
    with pytest.raises(Fault):
        results(uow, opened.id, agent("75001"))
    clock.forward(days=20)
    assert results(uow, opened.id).final


def test_live_results_are_public_at_once(uow: UnitOfWork, people: Neighbours) -> None:
    opened = open_consultation(uow, results="live")

    assert [question.answered for question in results(uow, opened.id).questions] == [0] * 6
    submitted(uow, people, citizen(), opened.id)
    assert results(uow, opened.id).answers == 1


def test_every_kind_of_question_is_counted(uow: UnitOfWork, people: Neighbours) -> None:
    opened = open_consultation(uow, results="live")
    sent: list[dict[str, Any]] = [
        {"when": "week", "obstacles": ("far", "closed"), "satisfied": 1, "measures": ("late", "sunday", "morning")},
        {"when": "week", "obstacles": ("closed",), "satisfied": 4, "measures": ("late", "morning", "sunday")},
        {"when": "never", "satisfied": 5, "library": "Aucune", "shifts": "yes"},
    ]
    for values in sent:
        submitted(uow, people, citizen(), opened.id, **values)

    by_key = {one.question: one for one in results(uow, opened.id).questions}

    assert "shifts" not in by_key
    when: Any = by_key["when"]
    assert [(one.option, one.count, one.share) for one in when.options] == [
        ("week", 2, 66.7),
        ("evening", 0, 0.0),
        ("saturday", 0, 0.0),
        ("never", 1, 33.3),
    ]
    obstacles: Any = by_key["obstacles"]
    assert obstacles.answered == 2
    assert [(one.option, one.count) for one in obstacles.options][:2] == [("closed", 2), ("far", 1)]
    satisfied: Any = by_key["satisfied"]
    assert (satisfied.mean, satisfied.median) == (3.33, 4.0)
    assert [bar.count for bar in satisfied.bars] == [1, 0, 0, 1, 1]
    measures: Any = by_key["measures"]
    assert [(one.option, one.points, one.first_places, one.place) for one in measures.options] == [
        ("late", 4, 2, 1),
        ("sunday", 1, 0, 2),
        ("morning", 1, 0, 2),
    ]
    assert (by_key["library"].answered, by_key["why-not"].answered) == (1, 0)


def test_questions_of_every_version_are_counted_together(uow: UnitOfWork, people: Neighbours) -> None:
    by = agent()
    opened = open_consultation(uow, form(question("single", "when", options=options("week", "evening"))), by=by)
    submitted(uow, people, citizen(), opened.id, when="evening")
    changed = form(question("single", "when", options=options("week", "night")), question("scale", "mark"))
    saved = save_form(uow, by, SaveForm(consultation_id=opened.id, revision=opened.revision, form=changed))
    publish_consultation(uow, by, PublishConsultation(consultation_id=opened.id, revision=saved.revision))
    submitted(uow, people, citizen(), opened.id, version=2, when="night", mark=3)

    when, mark = results(uow, opened.id, by).questions

    counted: Any = when
    assert [(one.option, one.count) for one in counted.options] == [("week", 0), ("night", 1), ("evening", 1)]
    assert (when.versions, mark.versions) == ((1, 2), (2,))


def test_texts_are_read_page_by_page_each_once(uow: UnitOfWork, people: Neighbours) -> None:
    opened = open_consultation(uow, form(question("long_text", "idea")), results="live")
    given = {f"Idée n° {number}\n« {number} »" for number in range(7)}
    for text in given:
        submitted(uow, people, citizen(), opened.id, idea=text)
    seen: list[str] = []
    after = None
    while True:
        page = list_texts(uow, Caller(), ListTexts(consultation_id=opened.id, question="idea", limit=3, after=after))
        seen += [item.text for item in page.items]
        after = page.next
        if after is None:
            break

    assert (len(seen), set(seen)) == (7, given)


def test_confidential_texts_and_other_kinds_are_not_listed(uow: UnitOfWork, people: Neighbours) -> None:
    secret = question("short_text", "name", confidential=True)
    opened = open_consultation(uow, form(secret, question("scale", "mark")), results="live")
    submitted(uow, people, citizen(), opened.id, name="Camille")

    for key in ("name", "mark", "nothing"):
        with pytest.raises(Fault) as refused:
            list_texts(uow, agent(), ListTexts(consultation_id=opened.id, question=key))
        assert refused.value.code is FaultCode.NOT_FOUND


def test_what_was_given_in_confidence_stays_hidden_if_it_was_public_before(uow: UnitOfWork, people: Neighbours) -> None:
    by = agent()
    opened = open_consultation(uow, form(question("scale", "mark"), question("scale", "age")), by=by, results="live")
    hidden = form(question("scale", "mark"), question("scale", "age", confidential=True))
    saved = save_form(uow, by, SaveForm(consultation_id=opened.id, revision=opened.revision, form=hidden))
    publish_consultation(uow, by, PublishConsultation(consultation_id=opened.id, revision=saved.revision))

    assert [one.question for one in results(uow, opened.id).questions] == ["mark"]


def test_a_crossing_hides_small_groups(uow: UnitOfWork, people: Neighbours) -> None:
    asked = (
        question("single", "ok", options=options("yes", "no")),
        question("single", "age", options=options("young", "old")),
        question("single", "sick", options=options("yes", "no"), confidential=True),
    )
    opened = open_consultation(uow, form(*asked), results="live")
    pairs = [("yes", "young")] * 9 + [("yes", "old")] * 6 + [("no", "young")] * 7 + [("no", "old")] * 2
    for ok, age in pairs:
        submitted(uow, people, citizen(), opened.id, ok=ok, age=age)

    table = cross_questions(uow, Caller(), CrossQuestions(consultation_id=opened.id, rows="ok", columns="age"))

    assert table.cells == ((None, None), (None, None))
    for _ in range(4):
        submitted(uow, people, citizen(), opened.id, ok="no", age="old")
    table = cross_questions(uow, Caller(), CrossQuestions(consultation_id=opened.id, rows="ok", columns="age"))
    assert table.cells == ((9, 6), (7, 6))
    for rows, columns, pointer in (("ok", "sick", "/columns"), ("nothing", "age", "/rows"), ("ok", "ok", "/columns")):
        with pytest.raises(Fault) as refused:
            cross_questions(uow, agent(), CrossQuestions(consultation_id=opened.id, rows=rows, columns=columns))
        assert [error.pointer for error in refused.value.errors] == [pointer]


def test_an_export_is_noted_with_its_reason_before_anything_leaves(uow: UnitOfWork, people: Neighbours) -> None:
    by = agent()
    opened = open_consultation(uow, by=by)
    receipts = {submitted(uow, people, citizen(), opened.id).receipt for _ in range(5)}
    request = BeginExport(id=uuid4(), consultation_id=opened.id, reason="Analyse pour la synthèse d’octobre.")

    assert begin_export(uow, by, request) == begin_export(uow, by, request)
    with uow() as tx:
        noted = tx.connection.execute(sa.text("SELECT account_id, reason FROM exports")).all()
    assert [tuple(row) for row in noted] == [(by.account, request.reason)]
    first = read_export(uow, by, ReadExport(export_id=request.id, limit=3))
    second = read_export(uow, by, ReadExport(export_id=request.id, limit=3, after=first.next))
    assert {item.receipt for item in (*first.items, *second.items)} == receipts
    assert first.items[0].values["shifts"] == "yes"
    assert second.next is None


def test_nobody_reads_the_export_of_another(uow: UnitOfWork) -> None:
    by = agent()
    opened = open_consultation(uow, by=by)
    request = BeginExport(id=uuid4(), consultation_id=opened.id, reason="Analyse pour la synthèse.")
    begin_export(uow, by, request)

    for caller, code in (
        (citizen(), FaultCode.FORBIDDEN),
        (agent("75001"), FaultCode.FORBIDDEN),
        (agent(), FaultCode.NOT_FOUND),
    ):
        with pytest.raises(Fault) as refused:
            read_export(uow, caller, ReadExport(export_id=request.id))
        assert refused.value.code is code
    with pytest.raises(Fault) as refused:
        begin_export(uow, agent(), request)
    assert refused.value.code is FaultCode.CONFLICT
    with pytest.raises(Fault) as refused:
        begin_export(uow, citizen(), BeginExport(id=uuid4(), consultation_id=opened.id, reason="Par curiosité."))
    assert refused.value.code is FaultCode.FORBIDDEN


def test_results_of_a_draft_are_not_found(uow: UnitOfWork) -> None:
    with pytest.raises(Fault) as refused:
        results(uow, uuid4())
    assert refused.value.code is FaultCode.NOT_FOUND
