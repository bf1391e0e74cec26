"""Consultations, drafts and answers as they leave the service."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from contracts.consultations import answers as wire_answers
from contracts.consultations import consultation as wire
from contracts.consultations import desk as wire_desk
from contracts.consultations.form import Version

from consultations.domain.consultation import Audience, Consultation, Details, ResultsPolicy
from consultations.domain.form import Texts, minutes
from consultations.domain.problems import Problem
from consultations.records import Answer, Draft, FormVersion, Workbench
from consultations.translate.forms import form_to_wire


def details_from_wire(details: wire.Details) -> Details:
    """The domain's details."""
    return Details(
        title=details.title,
        summary=details.summary,
        description=details.description,
        organiser=details.organiser,
        outcome=details.outcome,
        places=details.places,
        opens_at=details.opens_at,
        closes_at=details.closes_at,
        results=ResultsPolicy(details.results),
        audience=Audience(details.audience.level, details.audience.residents),
    )


def details_to_wire(details: Details) -> wire.Details:
    """The contract's details."""
    return wire.Details(
        title=_texts(details.title),
        summary=_texts(details.summary),
        description=_texts(details.description),
        organiser=_texts(details.organiser),
        outcome=_texts(details.outcome),
        places=details.places,
        opens_at=details.opens_at,
        closes_at=details.closes_at,
        results=details.results.value,
        audience=_audience(details.audience),
    )


def _texts(texts: Texts) -> dict[str, str]:
    return dict(texts)


def _audience(audience: Audience) -> wire.Audience:
    return wire.Audience(level=audience.level, residents=audience.residents)


def summary(consultation: Consultation, answers: int, now: datetime) -> wire.ConsultationSummary:
    """The consultation in a list."""
    details = consultation.details
    return wire.ConsultationSummary(
        id=consultation.id,
        slug=consultation.slug,
        title=_texts(details.title),
        summary=_texts(details.summary),
        organiser=_texts(details.organiser),
        places=details.places,
        state=consultation.state(now).value,
        opens_at=details.opens_at,
        closes_at=details.closes_at,
        answers=answers,
        results_public=consultation.results_public(now),
    )


def view(consultation: Consultation, version: FormVersion, answers: int, now: datetime) -> wire.ConsultationView:
    """The consultation with its questions."""
    details = consultation.details
    return wire.ConsultationView(
        **dict(summary(consultation, answers, now)),
        description=_texts(details.description),
        outcome=_texts(details.outcome),
        results=details.results.value,
        audience=_audience(details.audience),
        closing_reason=consultation.closing_reason,
        version=version.number,
        form=form_to_wire(version.form),
        minutes=minutes(version.form),
    )


def desk_view(consultation: Consultation, bench: Workbench, now: datetime) -> wire_desk.DeskConsultation:
    """The consultation at the desk."""
    return wire_desk.DeskConsultation(
        id=consultation.id,
        slug=consultation.slug,
        state=consultation.state(now).value,
        revision=consultation.revision,
        details=details_to_wire(consultation.details),
        versions=tuple(Version(number=one.number, form=form_to_wire(one.form)) for one in bench.versions),
        form=form_to_wire(bench.form),
        changed=not bench.versions or bench.versions[-1].form != bench.form,
        problems=tuple(
            wire_desk.FormProblem(pointer=one.pointer, code=one.code, detail=one.detail) for one in bench.problems
        ),
        answers=bench.answers,
        drafts=bench.drafts,
        closing_reason=consultation.closing_reason,
    )


def answer_view(answer: Answer) -> wire_answers.AnswerView:
    """An answer with its receipt."""
    return wire_answers.AnswerView(
        consultation_id=answer.consultation_id,
        version=answer.version,
        values=dict(answer.values),
        receipt=answer.receipt,
        fingerprint=answer.fingerprint,
        submitted_at=answer.submitted_at,
        revised_at=answer.revised_at,
    )


def draft_view(draft: Draft, problems: Sequence[Problem]) -> wire_answers.DraftView:
    """A draft with what is wrong with it."""
    return wire_answers.DraftView(
        version=draft.version,
        values=dict(draft.values),
        saved_at=draft.saved_at,
        problems=tuple(map(_problem, problems)),
    )


def _problem(problem: Problem) -> wire_answers.Problem:
    limits: Mapping[str, int] = problem.limits
    return wire_answers.Problem(
        question=problem.pointer.removeprefix("/"), code=problem.code, detail=problem.detail, limits=dict(limits)
    )
