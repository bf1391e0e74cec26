"""What agents do with a consultation: make it, say what it is, write its form, publish, close."""

from dataclasses import replace

from chassis.auth import Caller
from contracts.consultations import (
    CloseConsultation,
    CreateConsultation,
    DeskConsultation,
    EditConsultation,
    PublishConsultation,
    ReadDeskConsultation,
    SaveForm,
)
from contracts.errors import Fault

from consultations.domain import consultation as domain
from consultations.domain.completeness import form_problems
from consultations.domain.consultation import Consultation, ConsultationId, Details
from consultations.domain.slugs import free_slug, slug_of
from consultations.domain.versions import unreadable_changes
from consultations.records import Workbench
from consultations.repository import Transaction, UnitOfWork
from consultations.rights import require_agent
from consultations.translate.faults import refuse_if_any
from consultations.translate.forms import form_from_wire
from consultations.translate.views import desk_view, details_from_wire
from consultations.use_cases.clock import close_one, open_one


def create_consultation(uow: UnitOfWork, caller: Caller, request: CreateConsultation) -> DeskConsultation:
    """Begin a consultation. Asked again with the same id: what was begun."""
    begun = Consultation(ConsultationId(request.id), "", details_from_wire(request.details))
    require_agent(caller, begun)
    with uow() as tx:
        _check_details(tx, begun.details)
        named = replace(begun, slug=_slug(tx, begun.details))
        if tx.consultations.add(named, by=caller.citizen(), at=tx.now):
            tx.forms.write(named.id, form_from_wire(request.form))
        return _desk(tx, _of_agent(caller, tx.consultations.get(named.id)))


def edit_consultation(uow: UnitOfWork, caller: Caller, request: EditConsultation) -> DeskConsultation:
    """Change what is said of a consultation, as far as its state allows."""
    details = details_from_wire(request.details)
    with uow() as tx:
        current = _of_agent(caller, tx.consultations.lock(request.consultation_id))
        _check_revision(current, request.revision)
        _check_details(tx, details)
        following = _of_agent(caller, domain.edit(current, details, tx.now))
        tx.consultations.save(following)
        return _desk(tx, following)


def save_form(uow: UnitOfWork, caller: Caller, request: SaveForm) -> DeskConsultation:
    """Write the next version of the form, complete or not."""
    with uow() as tx:
        current = _of_agent(caller, tx.consultations.lock(request.consultation_id))
        _check_revision(current, request.revision)
        following = domain.changed(current, tx.now)
        tx.forms.write(following.id, form_from_wire(request.form))
        tx.consultations.save(following)
        return _desk(tx, following)


def publish_consultation(uow: UnitOfWork, caller: Caller, request: PublishConsultation) -> DeskConsultation:
    """Publish the form that was last saved, and the consultation with it. Opens at once if its time has come."""
    with uow() as tx:
        current = _of_agent(caller, tx.consultations.lock(request.consultation_id))
        _check_revision(current, request.revision)
        following = domain.publish(current, tx.now)
        _check_form(_bench(tx, current))
        tx.forms.publish(following.id, tx.now)
        tx.consultations.save(following)
        if domain.opening_due(following, tx.now):
            following = open_one(tx, following)
        return _desk(tx, following)


def close_consultation(uow: UnitOfWork, caller: Caller, request: CloseConsultation) -> DeskConsultation:
    """Close before the time, with a public reason."""
    with uow() as tx:
        current = _of_agent(caller, tx.consultations.lock(request.consultation_id))
        return _desk(tx, close_one(tx, domain.close_early(current, request.reason, tx.now)))


def read_desk_consultation(uow: UnitOfWork, caller: Caller, request: ReadDeskConsultation) -> DeskConsultation:
    """Everything an agent needs to work on a consultation."""
    with uow() as tx:
        return _desk(tx, _of_agent(caller, tx.consultations.get(request.consultation_id)))


def _of_agent(caller: Caller, consultation: Consultation) -> Consultation:
    require_agent(caller, consultation)
    return consultation


def _check_revision(consultation: Consultation, seen: int) -> None:
    if consultation.revision != seen:
        raise Fault.precondition_failed("It was changed in the meantime: read it again.", "changed-meanwhile")


def _check_details(tx: Transaction, details: Details) -> None:
    refuse_if_any(domain.detail_problems(details, tx.rules.places, tx.rules.language), at="/details")


def _check_form(bench: Workbench) -> None:
    refuse_if_any(bench.problems, at="/form", reason="form-not-publishable")
    if bench.versions and bench.versions[-1].form == bench.form:
        raise Fault.wrong_state("Nothing has changed since it was published.", "nothing-to-publish")


def _slug(tx: Transaction, details: Details) -> str:
    title = details.title[tx.rules.language]
    return free_slug(title, tx.consultations.slugs_like(slug_of(title)))


def _bench(tx: Transaction, consultation: Consultation) -> Workbench:
    versions = tx.forms.versions(consultation.id)
    form = tx.forms.being_written(consultation.id) or versions[-1].form
    spoilt = unreadable_changes([version.form for version in versions], form)
    return Workbench(
        versions=versions,
        form=form,
        problems=(*form_problems(form, tx.rules.language), *spoilt),
        answers=tx.answers.count(consultation.id),
        drafts=tx.drafts.count(consultation.id),
    )


def _desk(tx: Transaction, consultation: Consultation) -> DeskConsultation:
    return desk_view(consultation, _bench(tx, consultation), tx.now)
