"""``/bureau/etude/…`` and ``/bureau/dossiers/<number>``: assign, pass on, ask opinions, answer, promise, follow up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from contracts.errors import Fault, FaultCode
from contracts.ideas import (
    ADD_INTERNAL_NOTE,
    ANSWER_STAGE,
    APPROVE_IDEA,
    ASK_OPINIONS,
    ASSIGN_EXAMINATION,
    FOLLOW_COMMITMENT,
    GIVE_OPINION,
    HIDE_IDEA,
    LIST_EXAMINATION,
    MAKE_COMMITMENT,
    PUBLISH_ANSWER,
    READ_INTERNAL_NOTES,
    READ_RECORD,
    RECORD_FEASIBILITY,
    RECORD_PROGRESS,
    REFUSE_IDEA,
    RESTORE_IDEA,
    AttachmentView,
    DossierView,
    ExaminationFilter,
    ExaminationPage,
    InternalNotes,
    ListExamination,
    ReadInternalNotes,
    ReadRecord,
    State,
    WorkQueue,
)
from contracts.registry import Call

from gateway.forms import desk as forms
from gateway.forms import examination as examining
from gateway.forms.attachments import HideFileForm, ShowFileForm
from gateway.i18n import N_
from gateway.site.answers import Answer, Redirect
from gateway.site.desk import desk_page
from gateway.site.ideas import queue
from gateway.site.ideas.dossier import read
from gateway.site.ideas.labels import Labels
from gateway.site.names import names
from gateway.site.routes import SiteRoute, Who, get, post
from gateway.site.visit import Visit, local_path

QUEUES = {
    "etapes": (ExaminationFilter.STAGES, N_("A word is owed")),
    "affecter": (ExaminationFilter.TO_ASSIGN, N_("To assign")),
    "affectes": (ExaminationFilter.ASSIGNED, N_("Being examined")),
    "avis": (ExaminationFilter.OPINIONS, N_("Opinions awaited")),
    "retard": (ExaminationFilter.OVERDUE, N_("Late")),
    "suivi": (ExaminationFilter.FOLLOW_UP, N_("To follow up")),
}
MODERATED = frozenset(State) - {State.SUBMITTED}
"""A single file of it can be hidden."""
PUBLISHED = frozenset(State) - {State.SUBMITTED, State.REFUSED, State.HIDDEN}
ANSWERED = frozenset({State.ACCEPTED, State.PLANNED, State.UNDER_WAY, State.DELIVERED})


@dataclass(frozen=True, slots=True)
class Act:
    """Something an agent can do to a dossier: when it is offered, what it asks, what it calls."""

    label: str
    call: Call[Any, Any]
    form: type[forms.DeskForm]
    states: frozenset[State]
    tone: str = "second"
    if_: Callable[[DossierView], object] = lambda _dossier: True
    """What else must hold for it to be offered."""


EXAMINED = frozenset({State.UNDER_EXAMINATION})
IN_HAND = frozenset({State.UNDER_EXAMINATION, State.OPEN})


def _stage_due(dossier: DossierView) -> str:
    return next((one.code for one in dossier.stages if one.reached_on and not one.answered_on), "")


def _assigned(dossier: DossierView) -> bool:
    return dossier.service is not None


def _answers(dossier: DossierView) -> bool:
    """Whether the services answer it: what is part of a project is decided with the project."""
    return dossier.service is not None and dossier.project is None


def _alone(dossier: DossierView) -> bool:
    return dossier.project is None


def _opinion_due(dossier: DossierView) -> bool:
    return any(one.given_on is None for one in dossier.opinions)


def _promised(dossier: DossierView) -> bool:
    return any(one.closed_on is None for one in dossier.commitments)


def _on(*states: State) -> frozenset[State]:
    return frozenset(states)


ACTS = {
    "publier": Act(N_("Publish"), APPROVE_IDEA, forms.PublishForm, _on(State.SUBMITTED), ""),
    "refuser": Act(N_("Refuse with a reason"), REFUSE_IDEA, forms.RefuseForm, _on(State.SUBMITTED), "danger"),
    "etape": Act(N_("Say what was owed"), ANSWER_STAGE, forms.StageForm, _on(State.OPEN), if_=_stage_due),
    "avis": Act(N_("Give the opinion"), GIVE_OPINION, examining.GiveOpinionForm, EXAMINED, "", _opinion_due),
    "repondre": Act(N_("Publish the answer"), PUBLISH_ANSWER, examining.AnswerForm, EXAMINED, "", _answers),
    "demander": Act(N_("Ask for opinions"), ASK_OPINIONS, examining.AskOpinionForm, EXAMINED, if_=_assigned),
    "etudier": Act(
        N_("Say whether it can be done"), RECORD_FEASIBILITY, examining.FeasibilityForm, EXAMINED, if_=_assigned
    ),
    "affecter": Act(N_("Assign or pass on"), ASSIGN_EXAMINATION, examining.AssignForm, IN_HAND),
    "tenir": Act(N_("Follow a promise"), FOLLOW_COMMITMENT, examining.FollowPromiseForm, ANSWERED, "", _promised),
    "suivre": Act(N_("Tell what became of it"), RECORD_PROGRESS, forms.ProgressForm, ANSWERED, if_=_alone),
    "promettre": Act(N_("Make a promise"), MAKE_COMMITMENT, examining.PromiseForm, ANSWERED - {State.DELIVERED}),
    "noter": Act(N_("Write a note to agents"), ADD_INTERNAL_NOTE, examining.NoteForm, frozenset(State)),
    "masquer": Act(N_("Hide the content"), HIDE_IDEA, forms.HideForm, PUBLISHED, "danger"),
    "reafficher": Act(N_("Show it again"), RESTORE_IDEA, forms.RestoreForm, _on(State.HIDDEN)),
}


def show_queue(visit: Visit) -> Answer:
    """One part of the work, most urgent first."""
    return _queue(visit, _work(visit), forms.ManyForm.blank(visit), queue.Chosen())


def _work(visit: Visit) -> ExaminationPage:
    if visit.url["queue"] not in QUEUES:
        raise Fault.not_found()
    service = visit.query("service")
    asked = ListExamination(
        show=QUEUES[visit.url["queue"]][0],
        service=service if visit.territory.service(service) else None,
        late_days=queue.age(visit),
        **queue.filters(visit),
    )
    return visit.call(LIST_EXAMINATION, asked)


def _queue(visit: Visit, found: ExaminationPage, many: forms.ManyForm, chosen: queue.Chosen) -> Answer:
    part, title = QUEUES[visit.url["queue"]]
    many.purpose = "pass"
    many.offer()
    return desk_page(
        visit,
        "desk/examination.html",
        status=many.status,
        title=title,
        found=found,
        many=many,
        chosen=chosen,
        assigning=part in {ExaminationFilter.TO_ASSIGN, ExaminationFilter.ASSIGNED},
        ages=queue.AGES,
        names=names(visit, [item.taken_by for item in found.items]),
        labels=Labels(visit),
    )


def decide_chosen(visit: Visit) -> Answer:
    """Do the same with everything that is ticked, and show what became of each."""
    titles = {str(item.id): item.title or item.number for item in _work(visit).items}
    form = forms.ManyForm.sent(visit)
    chosen = queue.decide(visit, WorkQueue.EXAMINATION, form, titles)
    return _queue(visit, _work(visit), form if form.errors else forms.ManyForm.blank(visit), chosen)


def show_dossier(visit: Visit) -> Answer:
    """A dossier at the desk: what it says, what happened, what can be done now."""
    return _dossier(visit, read(visit), {})


def show_with_file(visit: Visit, dossier: DossierView, file: str, form: forms.DeskForm) -> Answer:
    """The same, with what is wrong with a decision about one of its files."""
    return _dossier(visit, dossier, {file: form})


def every_file(dossier: DossierView) -> list[AttachmentView]:
    """Its files, those of its notes and of the news of its works."""
    beside = [one.attachments for one in dossier.addenda] + [one.attachments for one in dossier.news_pictures]
    return [*dossier.attachments, *(file for files in beside for file in files)]


def _file_forms(visit: Visit, dossier: DossierView, sent: dict[str, forms.DeskForm]) -> dict[str, forms.DeskForm]:
    """For each file, the form that hides it or shows it again."""
    found = {
        str(one.id): sent.get(str(one.id)) or (ShowFileForm if one.hidden else HideFileForm).blank(visit)
        for one in every_file(dossier)
    }
    for form in found.values():
        form.offer()
    return found


def _dossier(visit: Visit, dossier: DossierView, sent: dict[str, forms.DeskForm]) -> Answer:
    offered = {name: act for name, act in ACTS.items() if dossier.state in act.states and act.if_(dossier)}
    shown = {name: sent.get(name) or act.form.blank(visit) for name, act in offered.items()}
    for form in shown.values():
        form.offer()
        form.about(dossier)
    return desk_page(
        visit,
        "desk/dossier.html",
        status=max((form.status for form in sent.values()), default=200),
        dossier=dossier,
        record=visit.call(READ_RECORD, ReadRecord(dossier=dossier.number)),
        notes=_notes(visit, dossier),
        names=names(visit, [dossier.author]),
        labels=Labels(visit),
        acts=offered,
        forms=shown,
        file_forms=_file_forms(visit, dossier, sent) if dossier.state in MODERATED else {},
        stage=_stage_due(dossier),
        done=visit.query("fait"),
    )


def _notes(visit: Visit, dossier: DossierView) -> InternalNotes | None:
    """What agents wrote to each other; ``None`` for an agent who may not read it."""
    try:
        return visit.call(READ_INTERNAL_NOTES, ReadInternalNotes(dossier=dossier.number))
    except Fault as fault:
        if fault.code is FaultCode.FORBIDDEN:
            return None
        raise


def act_on(visit: Visit) -> Answer:
    """Do it; the record keeps the service, the reason and the text, never the agent's name."""
    name = visit.url["act"]
    if name not in ACTS:
        raise Fault.not_found()
    dossier, act = read(visit), ACTS[name]
    form = act.form.sent(visit)
    more = {"stage": _stage_due(dossier)} if name == "etape" else {}
    if form.submit(act.call, idea_id=dossier.id, **more) is None:
        return _dossier(visit, dossier, {name: form})
    return Redirect(local_path(visit.field("next"), f"/bureau/dossiers/{dossier.number}?fait={name}"))


ROUTES: tuple[SiteRoute, ...] = (
    get("/bureau/etude/{queue}", show_queue, who=Who.AGENT),
    post("/bureau/etude/{queue}", decide_chosen, who=Who.AGENT),
    get("/bureau/dossiers/{number}", show_dossier, who=Who.AGENT),
    post("/bureau/dossiers/{number}/{act}", act_on, who=Who.AGENT),
)
