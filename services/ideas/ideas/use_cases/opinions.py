"""Opinions of services, feasibility, and notes between agents."""

from collections.abc import Iterator
from dataclasses import replace

from chassis.auth import Caller
from contracts import ideas as c
from contracts.errors import Fault, FieldError

from ideas.domain import opinions
from ideas.domain.dossier import Dossier
from ideas.domain.opinions import Opinion
from ideas.queries import dossier as pages
from ideas.repository import Transaction, UnitOfWork
from ideas.repository.dossiers import dossier_of
from ideas.translate import examination as views
from ideas.translate import facts
from ideas.use_cases import access
from ideas.use_cases.examining import held
from ideas.use_cases.grouping import not_settled
from ideas.use_cases.reading import view
from ideas.use_cases.writing import locked


def ask_opinions(uow: UnitOfWork, caller: Caller, request: c.AskOpinions) -> c.DossierView:
    """Ask several services; who was asked and has not answered is not asked again."""
    with uow() as tx:
        one = held(tx, caller, request.idea_id)
        _known(tx, request)
        for opinion in _asked(tx, one, request):
            one = tx.save(opinions.ask(one, tx.rules, tx.now, opinion))
            tx.opinions.save(opinion)
            more = {"service": opinion.service, "due_on": opinion.due_on}
            fact = c.OpinionAsked.model_validate(facts.of_dossier(one) | more)
            tx.events.append(c.OPINION_ASKED, fact, subject=one.number)
        return view(tx, caller, str(one.id))


def _known(tx: Transaction, request: c.AskOpinions) -> None:
    unknown = [n for n, code in enumerate(request.services) if code not in tx.rules.services]
    if unknown:
        detail = "There is no such service."
        raise Fault.invalid(*(FieldError(f"/services/{n}", "unknown-service", detail) for n in unknown))


def _asked(tx: Transaction, one: Dossier, request: c.AskOpinions) -> Iterator[Opinion]:
    if one.service is None:
        raise Fault.wrong_state("Assign the examination to a service first.", "not-assigned")
    for service in request.services:
        before = tx.opinions.find(one.id, service)
        if before is None or before.given_on is not None:
            due_on = opinions.due_on(tx.rules, tx.now, request.due_on)
            yield Opinion(one.id, service, one.service, request.question, tx.today, due_on)


def give_opinion(uow: UnitOfWork, caller: Caller, request: c.GiveOpinion) -> c.DossierView:
    """The opinion that the service was asked for."""
    with uow() as tx:
        one = locked(tx, request.idea_id)
        access.examiner(caller, request.service, tx.rules)
        asked = tx.opinions.find(one.id, request.service)
        if asked is None or asked.given_on is not None:
            raise Fault.wrong_state("No opinion of this service is awaited.", "opinion-not-awaited")
        given = replace(asked, given_on=tx.today, verdict=request.verdict.value, text=request.text)
        tx.save(opinions.give(one, tx.rules, tx.now, given))
        tx.opinions.save(given)
        more = {"service": given.service, "asked_by": given.asked_by, "verdict": given.verdict}
        fact = c.OpinionGiven.model_validate(facts.of_dossier(one) | more)
        tx.events.append(c.OPINION_GIVEN, fact, subject=one.number)
        return view(tx, caller, str(one.id))


def record_feasibility(uow: UnitOfWork, caller: Caller, request: c.RecordFeasibility) -> c.DossierView:
    """Whether it can be done, and what it would cost."""
    with uow() as tx:
        one = held(tx, caller, request.idea_id)
        not_settled(tx, one)
        said = {"cost": request.cost, "yearly_cost": request.yearly_cost}
        after = tx.save(opinions.judge(one, feasibility=request.feasibility.value, text=request.text, **said))
        more = {"position": after.steps, "state": after.state, "changed": False}
        fact = c.StepRecorded.model_validate(facts.of_dossier(after) | more)
        tx.events.append(c.STEP_RECORDED, fact, subject=one.number)
        return view(tx, caller, str(one.id))


def add_internal_note(uow: UnitOfWork, caller: Caller, request: c.AddInternalNote) -> c.InternalNotes:
    """A note that agents alone read: no step of the record, no event."""
    with uow() as tx:
        one = tx.dossiers.find(request.idea_id)
        if one is None:
            raise Fault.not_found("There is no such dossier.", "no-such-dossier")
        author = access.examiner(caller, request.service, tx.rules)
        note = {"id": request.note_id, "idea_id": one.id, "service": request.service, "author": author}
        tx.internal_notes.add(note | {"text": request.text, "written_at": tx.now})
        return views.internal_notes(one.number, tx.internal_notes.of_dossier(one.id))


def read_internal_notes(uow: UnitOfWork, caller: Caller, request: c.ReadInternalNotes) -> c.InternalNotes:
    """What agents wrote to each other."""
    caller.citizen()
    with uow() as tx:
        row = pages.find(tx.connection, request.dossier)
        if row is None:
            raise Fault.not_found("There is no such dossier.", "no-such-dossier")
        access.reader_of_files(caller, dossier_of(row), tx.rules)
        return views.internal_notes(row.number, tx.internal_notes.of_dossier(row.id))
