"""What ideas tells: the life of dossiers, for those who wrote them, follow them, or follow their theme or district."""

from contracts.ideas import (
    AnswerPublished,
    AppealDecided,
    AttachmentHidden,
    CommentFact,
    CommentHidden,
    CommentPublished,
    CommentRestored,
    CommitmentChanged,
    DebateConcluded,
    DossierTakenOver,
    ExaminationAssigned,
    ExaminationOverdue,
    IdeaFact,
    IdeaHidden,
    IdeaMerged,
    IdeaOpened,
    IdeaRefused,
    IdeaRestored,
    IdeaSupported,
    IdeaUnmerged,
    OpinionAsked,
    OpinionGiven,
    StageAnswered,
    StageFact,
    StepRecorded,
    SupportsCarried,
)
from contracts.territory import DEBATE

from notifications.domain.stories import Audience, Parameters
from notifications.domain.words import WHOLE_CITY, Interest, Priority
from notifications.stories.identity import WORKING, duty
from notifications.stories.reporter import News, Reporter

DOSSIER = "dossier"


def deposited(report: Reporter, fact: IdeaFact) -> None:
    """The author will want to hear what becomes of it."""
    report.interested(fact.author_id, Interest.AUTHOR, fact.number)


def opened(report: Reporter, fact: IdeaOpened) -> None:
    """It is public: its title can be said, and those who follow its theme or district discover it.

    An author whose appeal was granted hears of that, and not twice.
    """
    deposited(report, fact)
    report.tx.subjects.learn(DOSSIER, fact.number, {"": fact.title})
    place = Audience(Interest.DISTRICT, fact.district or WHOLE_CITY)
    audiences = (_author(fact), Audience(Interest.THEME, fact.theme), place)
    closes = {"closes_on": fact.closes_on.isoformat()} if fact.closes_on else {}
    more: Parameters = {**closes, "district": fact.district, "debate": fact.kind == DEBATE}
    told = fact.author_id if fact.by_appeal else None
    report.tell(News("idea-opened", Priority.FOLLOW_UP, _about(fact), audiences, more, except_for=told))


def taken_over(report: Reporter, fact: DossierTakenOver) -> None:
    """It came from another platform: only its title is news to us."""
    report.tx.subjects.learn(DOSSIER, fact.number, {"": fact.title})


def refused(report: Reporter, fact: IdeaRefused) -> None:
    """Its author hears why."""
    deposited(report, fact)
    report.tell(News("idea-refused", Priority.FOLLOW_UP, _about(fact), (_author(fact),), {"reason": fact.reason}))


def hidden(report: Reporter, fact: IdeaHidden) -> None:
    """Its title is not said any more; its author hears why."""
    report.tx.subjects.hide(DOSSIER, fact.number, hidden=True)
    report.tell(News("idea-hidden", Priority.FOLLOW_UP, _about(fact), (_author(fact),), {"reason": fact.reason}))


def attachment_hidden(report: Reporter, fact: AttachmentHidden) -> None:
    """Its author hears why one photo or document is not shown any more."""
    report.tell(News("attachment-hidden", Priority.FOLLOW_UP, _about(fact), (_author(fact),), {"reason": fact.reason}))


def restored(report: Reporter, fact: IdeaRestored) -> None:
    """It is public again; an author whose appeal was granted hears of that, and not twice."""
    report.tx.subjects.hide(DOSSIER, fact.number, hidden=False)
    if not fact.by_appeal:
        report.tell(News("idea-restored", Priority.FOLLOW_UP, _about(fact), (_author(fact),)))


def expired(report: Reporter, fact: IdeaFact) -> None:
    """Its time is over."""
    debate: Parameters = {"debate": fact.kind == DEBATE}
    report.tell(News("idea-expired", Priority.FOLLOW_UP, _about(fact), _concerned(fact), debate))


def debate_concluded(report: Reporter, fact: DebateConcluded) -> None:
    """Those who follow it, and who opened it, can read what a service heard."""
    report.tell(News("debate-concluded", Priority.FOLLOW_UP, _about(fact), _concerned(fact), {"service": fact.service}))


def withdrawn(report: Reporter, fact: IdeaFact) -> None:
    """Its author took it back: those who follow it hear of it."""
    report.tell(News("idea-withdrawn", Priority.NEWS, _about(fact), (Audience(Interest.DOSSIER, fact.number),)))


def supported(report: Reporter, fact: IdeaSupported) -> None:
    """The author hears of a third, two thirds, and all of the threshold."""
    if fact.progress is not None:
        counts: Parameters = {"progress": fact.progress, "supports": fact.supports, "threshold": fact.threshold}
        report.tell(News("idea-progress", Priority.NEWS, _about(fact), (_author(fact),), counts))


def merged(report: Reporter, fact: IdeaMerged) -> None:
    """It was joined to another: its supporters have until a day to step out."""
    into: Parameters = {"into": fact.into, "title": fact.into_title, "until": fact.leave_until.isoformat()}
    report.tell(News("idea-merged", Priority.ACTION, _about(fact), _concerned(fact), into, crowd=fact.merge_id))


def unmerged(report: Reporter, fact: IdeaUnmerged) -> None:
    """It stands alone again: those who were told that it was joined hear of it."""
    more: Parameters = {"into": fact.into, "carried": fact.carried}
    report.tell(News("idea-unmerged", Priority.FOLLOW_UP, _about(fact), _concerned(fact), more, crowd=fact.merge_id))


def supports_carried(report: Reporter, fact: SupportsCarried) -> None:
    """The supporters of what was joined to it count for it."""
    more: Parameters = {"joined": fact.joined, "supports": fact.supports}
    report.tell(News("supports-carried", Priority.NEWS, _about(fact), _concerned(fact), more))


def stage_reached(report: Reporter, fact: StageFact) -> None:
    """The administration owes something now."""
    due: Parameters = {"due_on": fact.due_on.isoformat()} if fact.due_on else {}
    counts: Parameters = {"stage": fact.stage, "supports": fact.supports, **due}
    report.tell(News("stage-reached", Priority.FOLLOW_UP, _about(fact), _concerned(fact), counts))


def stage_lost(report: Reporter, fact: StageFact) -> None:
    """Supports were found invalid and the count is below the stage again."""
    counts: Parameters = {"stage": fact.stage, "supports": fact.supports}
    report.tell(News("stage-lost", Priority.FOLLOW_UP, _about(fact), _concerned(fact), counts))


def stage_answered(report: Reporter, fact: StageAnswered) -> None:
    """What was owed at a stage was said."""
    report.tell(News("stage-answered", Priority.FOLLOW_UP, _about(fact), _concerned(fact), {"stage": fact.stage}))


def examination_assigned(report: Reporter, fact: ExaminationAssigned) -> None:
    """A service examines it: its agents hear of it, too."""
    when = {"due_on": fact.due_on.isoformat(), "service": fact.service}
    everybody = (*_concerned(fact), *_agents(fact.service))
    report.tell(News("examination-assigned", Priority.NEWS, _about(fact), everybody, when))


def opinion_asked(report: Reporter, fact: OpinionAsked) -> None:
    """The agents of a service have an opinion to give."""
    when = {"due_on": fact.due_on.isoformat()}
    report.tell(News("opinion-asked", Priority.ACTION, _about(fact), _agents(fact.service), when))


def opinion_given(report: Reporter, fact: OpinionGiven) -> None:
    """The agents of the service that asked can read it."""
    more = {"service": fact.service, "verdict": fact.verdict.value}
    report.tell(News("opinion-given", Priority.FOLLOW_UP, _about(fact), _agents(fact.asked_by), more))


def examination_overdue(report: Reporter, fact: ExaminationOverdue) -> None:
    """The agents who owe something that is late are reminded; those of the whole city when nobody is named."""
    late: Parameters = {"awaited": fact.awaited, "due_on": fact.due_on.isoformat()}
    agents = tuple(one for service in fact.services or (WHOLE_CITY,) for one in _agents(service))
    report.tell(News("examination-overdue", Priority.ACTION, _about(fact), agents, late))


def commitment_changed(report: Reporter, fact: CommitmentChanged) -> None:
    """Something was promised, done, put off or given up."""
    more: Parameters = {"outcome": fact.outcome, "due_on": fact.due_on.isoformat(), "reason": fact.reason}
    report.tell(News("commitment-changed", Priority.FOLLOW_UP, _about(fact), _concerned(fact), more))


def answer_published(report: Reporter, fact: AnswerPublished) -> None:
    """The administration answered."""
    answer = {"outcome": fact.outcome.value, "reason": fact.reason}
    report.tell(News("answer-published", Priority.FOLLOW_UP, _about(fact), _concerned(fact), answer))


def step_recorded(report: Reporter, fact: StepRecorded) -> None:
    """What became of it."""
    step: Parameters = {"state": fact.state.value, "changed": fact.changed}
    report.tell(News("step-recorded", Priority.NEWS, _about(fact), _concerned(fact), step))


def comment_published(report: Reporter, fact: CommentPublished) -> None:
    """Those who are answered hear of it; those who follow the dossier only if the administration speaks."""
    report.interested(fact.author_id, Interest.AUTHOR, _comment_key(fact.comment_id))
    answered = (Audience(Interest.AUTHOR, _comment_key(fact.parent_id)),) if fact.parent_id else ()
    official = (Audience(Interest.DOSSIER, fact.number),) if fact.service else ()
    news = News(
        "official-comment" if fact.service else "comment-published",
        Priority.FOLLOW_UP if fact.service else Priority.NEWS,
        _about(fact),
        (*answered, Audience(Interest.AUTHOR, fact.number), *official),
        {"reply": fact.parent_id is not None},
        except_for=fact.author_id,
    )
    report.tell(news)


def comment_hidden(report: Reporter, fact: CommentHidden) -> None:
    """Who wrote it hears why."""
    _tell_writer(report, fact, "comment-hidden", {"reason": fact.reason})


def comment_restored(report: Reporter, fact: CommentRestored) -> None:
    """Who wrote it hears that it is shown again, unless their appeal was granted: they hear of that."""
    if not fact.by_appeal:
        _tell_writer(report, fact, "comment-restored", {})


def appeal_decided(report: Reporter, fact: AppealDecided) -> None:
    """Whoever appealed hears what another moderator decided."""
    key = _comment_key(fact.comment_id) if fact.comment_id else fact.number
    comment = str(fact.comment_id) if fact.comment_id else None
    ended: Parameters = {"outcome": fact.outcome.value, "reason": fact.reason, "comment": comment}
    report.tell(News("appeal-decided", Priority.FOLLOW_UP, _about(fact), (Audience(Interest.AUTHOR, key),), ended))


def _tell_writer(report: Reporter, fact: CommentFact, kind: str, more: Parameters) -> None:
    writer = (Audience(Interest.AUTHOR, _comment_key(fact.comment_id)),)
    report.tell(News(kind, Priority.FOLLOW_UP, _about(fact), writer, more))


def _about(fact: IdeaFact | CommentFact) -> tuple[str, str]:
    return DOSSIER, fact.number


def _author(fact: IdeaFact) -> Audience:
    return Audience(Interest.AUTHOR, fact.number)


def _concerned(fact: IdeaFact) -> tuple[Audience, ...]:
    return (_author(fact), Audience(Interest.DOSSIER, fact.number))


def _agents(service: str) -> tuple[Audience, ...]:
    return tuple(Audience(Interest.SERVICE, duty(role, service)) for role in WORKING)


def _comment_key(comment: object) -> str:
    return f"comment-{comment}"
