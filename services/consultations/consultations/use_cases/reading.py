"""Lists and pages of consultations."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from chassis.auth import Caller
from contracts.consultations import (
    ConsultationPage,
    ConsultationView,
    DeskPage,
    ListConsultations,
    ListDeskConsultations,
    ListMyAnswers,
    MyAnswerPage,
    ReadConsultation,
)
from contracts.consultations.answers import MyAnswerSummary
from contracts.consultations.consultation import ConsultationSummary
from contracts.errors import Fault

from consultations import queries
from consultations.cursors import cursor, moment_and_id
from consultations.domain.consultation import State
from consultations.queries import Listed, Mine, Window
from consultations.repository import UnitOfWork
from consultations.rights import places_of
from consultations.translate.views import summary, view

T = TypeVar("T")


def list_consultations(uow: UnitOfWork, request: ListConsultations) -> ConsultationPage:
    """One page of published consultations."""
    state = State(request.state) if request.state else None
    with uow() as tx:
        window = Window(tx.now, moment_and_id(request.after), request.limit + 1)
        found = queries.published(tx.connection, state, request.place, window)
        items, following = _cut([(one, one.mark) for one in found], request.limit)
        return ConsultationPage(items=tuple(_summary(one, tx.now) for one in items), next=following)


def read_consultation(uow: UnitOfWork, request: ReadConsultation) -> ConsultationView:
    """One published consultation with its questions."""
    with uow() as tx:
        consultation = tx.consultations.named(request.consultation)
        if consultation.state(tx.now) is State.DRAFT:
            raise Fault.not_found("There is no such consultation.", "no-consultation")
        newest = tx.forms.newest(consultation.id)
        return view(consultation, newest, tx.answers.count(consultation.id), tx.now)


def list_desk_consultations(uow: UnitOfWork, caller: Caller, request: ListDeskConsultations) -> DeskPage:
    """One page of the consultations that an agent manages."""
    places = places_of(caller)
    state = State(request.state) if request.state else None
    with uow() as tx:
        window = Window(tx.now, moment_and_id(request.after), request.limit + 1)
        found = queries.of_agent(tx.connection, places, state, window)
        items, following = _cut([(one, one.mark) for one in found], request.limit)
        return DeskPage(items=tuple(_summary(one, tx.now) for one in items), next=following)


def list_my_answers(uow: UnitOfWork, caller: Caller, request: ListMyAnswers) -> MyAnswerPage:
    """One page of what the caller has answered or begun."""
    account = caller.citizen()
    with uow() as tx:
        found = queries.mine(tx.connection, account, moment_and_id(request.after), request.limit + 1)
        items, following = _cut([(one, (one.at, one.consultation.id)) for one in found], request.limit)
        return MyAnswerPage(items=tuple(_mine(one, tx.now) for one in items), next=following)


def _cut(found: list[tuple[T, tuple[datetime, UUID]]], limit: int) -> tuple[list[T], str | None]:
    """What goes on the page, and the mark of its end if there is more."""
    kept = found[:limit]
    return [one for one, _ in kept], cursor(*kept[-1][1]) if len(found) > limit else None


def _summary(listed: Listed, now: datetime) -> ConsultationSummary:
    return summary(listed.consultation, listed.answers, now)


def _mine(mine: Mine, now: datetime) -> MyAnswerSummary:
    consultation = mine.consultation
    return MyAnswerSummary(
        consultation_id=consultation.id,
        slug=consultation.slug,
        title=dict(consultation.details.title),
        state=consultation.state(now).value,
        closes_at=consultation.details.closes_at,
        status="answered" if mine.answered else "draft",
        at=mine.at,
    )
