"""People draft, send, change and take back answers, on PostgreSQL."""

from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from chassis.auth import Caller
from consultations.domain.receipts import fingerprint
from consultations.repository import UnitOfWork
from consultations.use_cases.answering import read_my_answer, save_draft, withdraw_answer
from consultations.use_cases.desk import publish_consultation, save_form
from consultations.use_cases.erasure import forget_citizen
from consultations.use_cases.reading import list_my_answers, read_consultation
from contracts.consultations import (
    ListMyAnswers,
    PublishConsultation,
    ReadConsultation,
    ReadMyAnswer,
    SaveDraft,
    SaveForm,
    WithdrawAnswer,
)
from contracts.errors import Fault, FaultCode

from services.consultations.tests.support import (
    FULL_ANSWER,
    Clock,
    Neighbours,
    agent,
    citizen,
    form,
    open_consultation,
    options,
    question,
    submitted,
    told,
)


def drafted(uow: UnitOfWork, people: Neighbours, caller: Caller, consultation_id: UUID, **values: Any) -> Any:
    return save_draft(uow, people, caller, SaveDraft(consultation_id=consultation_id, version=1, values=values))


def mine(uow: UnitOfWork, caller: Caller, consultation_id: UUID) -> Any:
    return read_my_answer(uow, caller, ReadMyAnswer(consultation_id=consultation_id))


def test_a_draft_is_resumed_on_another_device(uow: UnitOfWork, people: Neighbours) -> None:
    opened, person = open_consultation(uow), citizen()

    drafted(uow, people, person, opened.id, when="evening", library="Saint-Éloi")
    drafted(uow, people, person, opened.id, satisfied=4, library=None)

    draft = mine(uow, person, opened.id).draft
    assert draft.values == {"when": "evening", "satisfied": 4}
    assert draft.problems == ()


def test_a_draft_keeps_what_is_wrong_and_says_so(uow: UnitOfWork, people: Neighbours) -> None:
    opened, person = open_consultation(uow), citizen()

    saved = drafted(uow, people, person, opened.id, obstacles=("closed", "far", "seats"), nonsense="x")

    assert {(one.question, one.code) for one in saved.problems} == {
        ("nonsense", "unknown-question"),
        ("when", "missing"),
        ("obstacles", "too-many"),
    }
    assert mine(uow, person, opened.id).draft.values == {"obstacles": ("closed", "far", "seats")}


def test_an_answer_has_a_receipt_and_uses_up_the_draft(uow: UnitOfWork, people: Neighbours) -> None:
    opened, person = open_consultation(uow), citizen()
    drafted(uow, people, person, opened.id, when="evening")

    answer = submitted(uow, people, person, opened.id)

    assert len(answer.receipt) == 14
    held = mine(uow, person, opened.id)
    assert (held.answer, held.draft) == (answer, None)
    assert answer.values == FULL_ANSWER
    assert answer.fingerprint == fingerprint(1, held.answer.values)
    assert told(uow)[-1] == ("answer_received.v1", str(opened.id))


def test_the_event_does_not_tell_which_answer_is_whose(uow: UnitOfWork, people: Neighbours) -> None:
    opened, person = open_consultation(uow), citizen()
    submitted(uow, people, person, opened.id)

    with uow() as tx:
        payload = tx.connection.scalar(sa.text("SELECT payload FROM event_log ORDER BY position DESC LIMIT 1"))
    assert payload == {"consultation_id": str(opened.id), "account_id": str(person.account), "revised": False}


def test_sending_twice_is_sending_once(uow: UnitOfWork, people: Neighbours) -> None:
    opened, person = open_consultation(uow), citizen()

    first, second = submitted(uow, people, person, opened.id), submitted(uow, people, person, opened.id)

    assert first == second
    assert [topic for topic, _ in told(uow)].count("answer_received.v1") == 1
    assert read_consultation(uow, ReadConsultation(consultation=opened.slug)).answers == 1


def test_an_answer_changes_until_closing_under_one_receipt(uow: UnitOfWork, people: Neighbours, clock: Clock) -> None:
    opened, person = open_consultation(uow), citizen()
    first = submitted(uow, people, person, opened.id)
    clock.forward(hours=1)
    begun = drafted(uow, people, person, opened.id, satisfied=5)
    assert begun.values == {**FULL_ANSWER, "satisfied": 5}

    second = submitted(uow, people, person, opened.id, when="week")

    assert (second.receipt, second.submitted_at) == (first.receipt, first.submitted_at)
    assert second.fingerprint != first.fingerprint
    assert mine(uow, person, opened.id).answer.values == {"when": "week"}
    clock.forward(days=40)
    with pytest.raises(Fault) as refused:
        submitted(uow, people, person, opened.id)
    assert refused.value.reason == "closed"
    assert mine(uow, person, opened.id).answer == second


def test_every_wrong_answer_is_named_at_once(uow: UnitOfWork, people: Neighbours) -> None:
    opened = open_consultation(uow)

    with pytest.raises(Fault) as refused:
        submitted(
            uow,
            people,
            citizen(),
            opened.id,
            obstacles=("closed", "closed", "moon"),
            satisfied=6,
            measures=("late",),
            library="x" * 81,
            shifts=3,
            nonsense="x",
        )

    assert {(error.pointer, error.code) for error in refused.value.errors} == {
        ("/values/nonsense", "unknown-question"),
        ("/values/when", "missing"),
        ("/values/obstacles", "not-an-option"),
        ("/values/obstacles", "twice"),
        ("/values/obstacles", "too-many"),
        ("/values/satisfied", "out-of-range"),
        ("/values/measures", "too-few"),
        ("/values/library", "too-long"),
        ("/values/shifts", "wrong-kind"),
    }


def test_an_empty_answer_is_refused(uow: UnitOfWork, people: Neighbours) -> None:
    opened = open_consultation(uow, form(question("long_text", "idea"), question("scale", "mark")))

    with pytest.raises(Fault) as refused:
        submitted(uow, people, citizen(), opened.id, idea="")
    assert [(error.pointer, error.code) for error in refused.value.errors] == [("/values", "empty")]
    assert submitted(uow, people, citizen(), opened.id, idea="", mark=1).values == {"mark": 1}


def test_a_question_that_is_not_shown_is_neither_needed_nor_kept(uow: UnitOfWork, people: Neighbours) -> None:
    follow_up = question("long_text", "which", required=True, shown_if={"question": "ok", "options": ["no"]})
    opened = open_consultation(uow, form(question("single", "ok", options=options("yes", "no")), follow_up))

    assert submitted(uow, people, citizen(), opened.id, ok="yes", which="typed before").values == {"ok": "yes"}
    with pytest.raises(Fault) as refused:
        submitted(uow, people, citizen(), opened.id, ok="no")
    assert [error.pointer for error in refused.value.errors] == ["/values/which"]


def test_a_version_that_was_never_published_is_refused(uow: UnitOfWork, people: Neighbours) -> None:
    opened = open_consultation(uow)

    with pytest.raises(Fault) as refused:
        submitted(uow, people, citizen(), opened.id, version=7)
    assert [(error.pointer, error.code) for error in refused.value.errors] == [("/version", "unknown-version")]


def test_who_began_before_a_correction_ends_with_what_they_read(uow: UnitOfWork, people: Neighbours) -> None:
    by, person = agent(), citizen()
    opened = open_consultation(uow, by=by)
    changed = form(question("single", "when", options=options("week", "evening", "night"), required=True))
    saved = save_form(uow, by, SaveForm(consultation_id=opened.id, revision=opened.revision, form=changed))
    publish_consultation(uow, by, PublishConsultation(consultation_id=opened.id, revision=saved.revision))

    assert submitted(uow, people, person, opened.id).version == 1
    held = mine(uow, person, opened.id)
    assert held.answered_form == opened.form
    assert held.answer.values == FULL_ANSWER


def test_taking_back_erases_answer_and_draft(uow: UnitOfWork, people: Neighbours, clock: Clock) -> None:
    opened, person = open_consultation(uow), citizen()
    submitted(uow, people, person, opened.id)
    drafted(uow, people, person, opened.id, satisfied=1)

    for _ in range(2):
        withdraw_answer(uow, person, WithdrawAnswer(consultation_id=opened.id))

    held = mine(uow, person, opened.id)
    assert (held.answer, held.draft) == (None, None)
    assert read_consultation(uow, ReadConsultation(consultation=opened.slug)).answers == 0
    with uow() as tx:
        assert tx.connection.scalar(sa.text("SELECT count(*) FROM answer_values")) == 0
    clock.forward(days=30)
    with pytest.raises(Fault) as refused:
        withdraw_answer(uow, person, WithdrawAnswer(consultation_id=opened.id))
    assert refused.value.reason == "closed"


def test_nobody_answers_without_an_account_or_below_the_level(uow: UnitOfWork, people: Neighbours) -> None:
    opened = open_consultation(uow, audience={"level": 250})

    for caller, code, reason in (
        (Caller(), FaultCode.UNAUTHENTICATED, "sign-in-needed"),
        (citizen(level=200), FaultCode.FORBIDDEN, "level-too-low"),
    ):
        with pytest.raises(Fault) as refused:
            submitted(uow, people, caller, opened.id)
        assert (refused.value.code, refused.value.reason) == (code, reason)
    submitted(uow, people, citizen(level=250), opened.id)
    assert people.asked == 0


def test_a_consultation_of_residents_asks_identity(uow: UnitOfWork, people: Neighbours) -> None:
    opened = open_consultation(uow, places=("75012",), audience={"residents": True})
    here, elsewhere, unknown = citizen(), citizen(), citizen()
    people.districts = {here.citizen(): "75012", elsewhere.citizen(): "75001"}

    submitted(uow, people, here, opened.id)
    for caller, reason in ((elsewhere, "not-resident"), (unknown, "residence-unknown")):
        with pytest.raises(Fault) as refused:
            submitted(uow, people, caller, opened.id)
        assert (refused.value.code, refused.value.reason) == (FaultCode.FORBIDDEN, reason)
    assert people.asked == 3


def test_my_answers_lists_what_was_sent_and_begun(uow: UnitOfWork, people: Neighbours, clock: Clock) -> None:
    person = citizen()
    sent, begun, both = open_consultation(uow), open_consultation(uow), open_consultation(uow)
    submitted(uow, people, person, sent.id)
    clock.forward(minutes=1)
    drafted(uow, people, person, begun.id, satisfied=1)
    clock.forward(minutes=1)
    submitted(uow, people, person, both.id)
    drafted(uow, people, person, both.id, satisfied=1)

    first = list_my_answers(uow, person, ListMyAnswers(limit=2))
    second = list_my_answers(uow, person, ListMyAnswers(limit=2, after=first.next))

    assert [(item.consultation_id, item.status) for item in (*first.items, *second.items)] == [
        (both.id, "answered"),
        (begun.id, "draft"),
        (sent.id, "answered"),
    ]
    assert second.next is None


def test_a_person_who_leaves_leaves_answers_without_author(uow: UnitOfWork, people: Neighbours) -> None:
    opened, person = open_consultation(uow), citizen()
    submitted(uow, people, person, opened.id)
    other = open_consultation(uow)
    drafted(uow, people, person, other.id, satisfied=1)

    for _ in range(2):
        with uow() as tx:
            forget_citizen(tx, person.citizen())

    assert read_consultation(uow, ReadConsultation(consultation=opened.slug)).answers == 1
    assert list_my_answers(uow, person, ListMyAnswers()).items == ()
    with uow() as tx:
        mentions = "SELECT count(*) FROM answers WHERE account_id IS NOT NULL"
        assert tx.connection.scalar(sa.text(mentions)) == 0


def test_what_does_not_exist_is_not_found(uow: UnitOfWork, people: Neighbours) -> None:
    for attempt in (
        lambda: submitted(uow, people, citizen(), uuid4()),
        lambda: drafted(uow, people, citizen(), uuid4(), when="week"),
        lambda: mine(uow, citizen(), uuid4()),
        lambda: withdraw_answer(uow, citizen(), WithdrawAnswer(consultation_id=uuid4())),
        lambda: read_consultation(uow, ReadConsultation(consultation="' OR 1=1 --")),
    ):
        with pytest.raises(Fault) as refused:
            attempt()
        assert refused.value.code is FaultCode.NOT_FOUND
