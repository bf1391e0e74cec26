"""Consultations open and close at their time, or earlier with a reason, on PostgreSQL."""

from datetime import timedelta
from uuid import uuid4

import pytest
from chassis.auth import Caller
from consultations.repository import UnitOfWork
from consultations.use_cases import clock as clockwork
from consultations.use_cases.desk import (
    close_consultation,
    create_consultation,
    publish_consultation,
    save_form,
)
from consultations.use_cases.reading import read_consultation
from contracts.consultations import (
    CloseConsultation,
    CreateConsultation,
    DeskConsultation,
    Form,
    PublishConsultation,
    ReadConsultation,
    SaveForm,
)
from contracts.errors import Fault, FaultCode

from services.consultations.tests.support import (
    NOON,
    Clock,
    Neighbours,
    agent,
    citizen,
    details,
    form,
    submitted,
    told,
)


def make(uow: UnitOfWork, by: Caller, content: Form | None = None, **changes: object) -> DeskConsultation:
    request = CreateConsultation(id=uuid4(), details=details(**changes), form=content or form())
    return create_consultation(uow, by, request)


def publish(uow: UnitOfWork, by: Caller, made: DeskConsultation) -> DeskConsultation:
    return publish_consultation(uow, by, PublishConsultation(consultation_id=made.id, revision=made.revision))


def pointers(fault: Fault) -> list[tuple[str, str]]:
    return [(error.pointer, error.code) for error in fault.errors]


def test_publishing_before_the_opening_announces_and_the_clock_opens(uow: UnitOfWork, clock: Clock) -> None:
    by = agent()
    made = make(uow, by, opens_at=NOON + timedelta(days=1))

    assert publish(uow, by, made).state == "scheduled"
    assert told(uow) == []
    clock.forward(days=1)
    clockwork.open_and_close(uow)
    clockwork.open_and_close(uow)
    assert told(uow) == [("consultation_opened.v1", str(made.id))]
    clock.forward(days=30)
    clockwork.open_and_close(uow)
    clockwork.open_and_close(uow)
    assert [topic for topic, _ in told(uow)] == ["consultation_opened.v1", "consultation_closed.v1"]


def test_a_late_job_tells_both_and_never_keeps_a_door_open(uow: UnitOfWork, clock: Clock, people: Neighbours) -> None:
    by = agent()
    made = publish(uow, by, make(uow, by, opens_at=NOON + timedelta(days=1)))
    clock.forward(days=21)

    with pytest.raises(Fault) as refused:
        submitted(uow, people, citizen(), made.id)
    assert (refused.value.code, refused.value.reason) == (FaultCode.WRONG_STATE, "closed")
    clockwork.open_and_close(uow)
    assert [topic for topic, _ in told(uow)] == ["consultation_opened.v1", "consultation_closed.v1"]


def test_publishing_after_the_opening_opens_at_once(uow: UnitOfWork) -> None:
    by = agent()

    published = publish(uow, by, make(uow, by))

    assert (published.state, published.changed, len(published.versions)) == ("open", False, 1)
    assert [topic for topic, _ in told(uow)] == ["consultation_opened.v1"]
    seen = read_consultation(uow, ReadConsultation(consultation=published.slug))
    assert (seen.version, seen.state, seen.minutes) == (1, "open", 2)
    assert read_consultation(uow, ReadConsultation(consultation=str(published.id))) == seen


def test_closing_early_says_why_and_ends_answers(uow: UnitOfWork, people: Neighbours, clock: Clock) -> None:
    by = agent()
    made = publish(uow, by, make(uow, by))
    submitted(uow, people, citizen(), made.id)
    clock.forward(days=2)
    request = CloseConsultation(consultation_id=made.id, reason="Le chantier est annulé par la préfecture.")

    closed = close_consultation(uow, by, request)

    assert (closed.state, closed.closing_reason) == ("closed", request.reason)
    assert read_consultation(uow, ReadConsultation(consultation=made.slug)).closing_reason == request.reason
    for attempt in (
        lambda: close_consultation(uow, by, request),
        lambda: submitted(uow, people, citizen(), made.id),
        lambda: save_form(uow, by, SaveForm(consultation_id=made.id, revision=closed.revision, form=form())),
    ):
        with pytest.raises(Fault) as refused:
            attempt()
        assert refused.value.code is FaultCode.WRONG_STATE
    clockwork.open_and_close(uow)
    assert [topic for topic, _ in told(uow)].count("consultation_closed.v1") == 1
