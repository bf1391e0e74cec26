"""Examination: what services owe, the assignment, the answer with its reason, and what becomes of it."""

from typing import Any
from uuid import UUID

from chassis.auth import Caller
from contracts import ideas as c
from contracts.errors import Fault, FieldError

from ideas.domain import examination
from ideas.domain.dossier import Change, Dossier, State
from ideas.queries import work
from ideas.repository import Transaction, UnitOfWork
from ideas.translate import facts, queues
from ideas.use_cases import access
from ideas.use_cases.commitments import drop_all, promise
from ideas.use_cases.reading import view
from ideas.use_cases.writing import locked


def list_examination(uow: UnitOfWork, caller: Caller, request: c.ListExamination) -> c.ExaminationPage:
    """What the caller's services have to do, most urgent first."""
    with uow() as tx:
        perimeter = access.perimeter(caller, access.EXAMINERS, tx.rules)
        seen = work.Seen(caller.account, tx.today, perimeter)
        rows, after = work.list_work(tx.connection, request, seen, tx.rules)
        total = work.total(tx.connection, request, seen, tx.rules)
        items = tuple(queues.examination_item(row, tx.rules, tx.now) for row in rows)
        return c.ExaminationPage(items=items, next=after, total=total)


def assign_examination(uow: UnitOfWork, caller: Caller, request: c.AssignExamination) -> c.DossierView:
    """A service examines it from now on. Who holds it, or is above who holds it, may pass it on."""
    with uow() as tx:
        one = locked(tx, request.idea_id)
        _may_assign(tx, caller, one, request.service)
        said = {"service": request.service, "text": request.text}
        change = examination.assign(one, tx.kind(one), tx.rules, tx.now, reason=request.reason, **said)
        after = tx.save(change)
        if change.steps:
            more = {"service": after.service, "due_on": after.answer_due_on}
            fact = c.ExaminationAssigned.model_validate(facts.of_dossier(after) | more)
            tx.events.append(c.EXAMINATION_ASSIGNED, fact, subject=one.number)
        return view(tx, caller, str(one.id))


def _may_assign(tx: Transaction, caller: Caller, one: Dossier, service: str) -> None:
    if service not in tx.rules.services:
        raise Fault.invalid(FieldError("/service", "unknown-service", "There is no such service."))
    access.examiner(caller, one.service or service, tx.rules)


def answer_stage(uow: UnitOfWork, caller: Caller, request: c.AnswerStage) -> c.DossierView:
    """Say what was owed at a stage."""
    with uow() as tx:
        one = locked(tx, request.idea_id)
        access.examiner(caller, request.service, tx.rules)
        due_on = tx.stages.due_on(one.id, request.stage)
        if due_on is None:
            raise Fault.wrong_state("Nothing is owed at this stage now.", "stage-not-awaited")
        said = {"stage": request.stage, "service": request.service}
        tx.save(examination.answer_stage(one, tx.rules, tx.now, due_on=due_on, text=request.text, **said))
        tx.stages.answered(one.id, request.stage, tx.today)
        fact = c.StageAnswered.model_validate(facts.of_dossier(one) | said)
        tx.events.append(c.STAGE_ANSWERED, fact, subject=one.number)
        return view(tx, caller, str(one.id))


def publish_answer(uow: UnitOfWork, caller: Caller, request: c.PublishAnswer) -> c.DossierView:
    """The public answer, by the service that examined."""
    with uow() as tx:
        one = held(tx, caller, request.idea_id)
        not_in_project(tx, one)
        change = examination.answer(
            one,
            tx.rules,
            tx.now,
            outcome=State(request.outcome),
            reason=request.reason,
            text=request.text,
            cost=request.cost,
        )
        after = tx.save(change)
        _close_last_stage(tx, after)
        _promised(tx, after, request)
        more = {"outcome": after.state, "reason": after.reason, "service": after.service}
        fact = c.AnswerPublished.model_validate(facts.of_dossier(after) | more)
        tx.events.append(c.ANSWER_PUBLISHED, fact, subject=one.number)
        return view(tx, caller, str(one.id))


def _promised(tx: Transaction, one: Dossier, request: c.PublishAnswer) -> None:
    """What a favourable answer turns into."""
    if request.commitments and one.state is not State.ACCEPTED:
        detail = "Only a favourable answer promises something."
        raise Fault.invalid(FieldError("/commitments", "nothing-to-promise", detail))
    for given in request.commitments:
        one = promise(tx, one, given)


def held(tx: Transaction, caller: Caller, idea_id: UUID) -> Dossier:
    """The dossier, locked, for an agent of the service that has it in charge, or of one above."""
    one = locked(tx, idea_id)
    if one.service is None:
        access.agent(caller, access.EXAMINERS, ("*",))
    else:
        access.examiner(caller, one.service, tx.rules)
    return one


def not_in_project(tx: Transaction, one: Dossier) -> None:
    """Raises *wrong state* if a project of the participatory budget decides on the dossier."""
    if tx.projects.of_ideas([one.id]):
        raise Fault.wrong_state("It is part of a project: decide on the project.", "in-project")


def _close_last_stage(tx: Transaction, one: Dossier) -> None:
    stages = tx.kind(one).stages
    if stages:
        tx.stages.answered(one.id, stages[-1].code, tx.today)


def record_progress(uow: UnitOfWork, caller: Caller, request: c.RecordProgress) -> c.DossierView:
    """What became of an accepted dossier."""
    with uow() as tx:
        one = held(tx, caller, request.idea_id)
        not_in_project(tx, one)
        change = _progress(tx, one, request)
        after = tx.save(change)
        if after.state is State.ABANDONED:
            after = drop_all(tx, after, reason=request.reason, text=request.text)
        more: dict[str, Any] = {"position": after.steps, "state": after.state, "changed": after.state is not one.state}
        fact = c.StepRecorded.model_validate(facts.of_dossier(after) | more)
        tx.events.append(c.STEP_RECORDED, fact, subject=one.number)
        return view(tx, caller, str(one.id))


def _progress(tx: Transaction, one: Dossier, request: c.RecordProgress) -> Change:
    return examination.progress(
        one,
        tx.rules,
        tx.now,
        state=State(request.state) if request.state else None,
        on=request.on,
        reason=request.reason,
        text=request.text,
        cost=request.cost,
    )
