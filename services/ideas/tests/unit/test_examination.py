"""From examination to delivery, on PostgreSQL: who may do what, clocks, answers with reasons, follow-up."""

from datetime import date

import pytest
from contracts import ideas as c
from contracts.errors import Fault
from ideas.use_cases import examining, figures, reading

from services.ideas.tests.conftest import ANYBODY, City, Clock, agent

WHY = "Nous avons étudié l’idée avec le service et les habitants."


def examined(city: City) -> c.DossierView:
    one = city.opened()
    city.crowd(one.id, 5)
    return one


def assigned(city: City) -> c.DossierView:
    request = c.AssignExamination(idea_id=examined(city).id, service="voirie")
    return examining.assign_examination(city.uow, agent("examiner", "voirie"), request)


def answered(city: City, **changes: object) -> c.DossierView:
    content = {"idea_id": assigned(city).id, "outcome": "accepted", "text": WHY} | changes
    return examining.publish_answer(city.uow, agent("examiner", "voirie"), c.PublishAnswer.model_validate(content))


def show(city: City, what: c.ExaminationFilter, caller: object = None) -> list[tuple[str, str | None, int | None]]:
    who = caller or agent("administrator")
    page = examining.list_examination(city.uow, who, c.ListExamination(show=what))  # type: ignore[arg-type]
    assert page.total == len(page.items)
    return [(item.awaited, item.stage, item.days_left_to_act) for item in page.items]


def test_what_is_owed_at_a_stage_is_said_by_its_service(city: City, clock: Clock) -> None:
    one = city.opened()
    city.crowd(one.id, 2)
    assert show(city, c.ExaminationFilter.STAGES, agent("territorial_actor", "mairie-12")) == [("stage", "read", 14)]
    assert show(city, c.ExaminationFilter.STAGES, agent("territorial_actor", "mairie-20")) == []
    clock.forward(days=17)
    assert show(city, c.ExaminationFilter.OVERDUE) == [("stage", "read", -3)]
    said = c.AnswerStage(idea_id=one.id, stage="read", service="mairie-12", text="La mairie soutient le principe.")
    with pytest.raises(Fault) as other:
        examining.answer_stage(city.uow, agent("territorial_actor", "mairie-20"), said)
    assert other.value.reason == "role-needed"
    shown = examining.answer_stage(city.uow, agent("territorial_actor", "mairie-12"), said)
    assert str(shown.stages[0].answered_on) == "2026-09-18"
    record = reading.read_record(city.uow, ANYBODY, c.ReadRecord(dossier=one.number))
    assert record.steps[-1].facts == {"stage": "read", "late_days": 3}
    with pytest.raises(Fault) as twice:
        examining.answer_stage(city.uow, agent("territorial_actor", "mairie-12"), said)
    assert twice.value.reason == "stage-not-awaited"


def test_an_examination_is_assigned_passed_on_and_answered(city: City) -> None:
    one = examined(city)
    assert show(city, c.ExaminationFilter.TO_ASSIGN) == [("assignment", None, 7)]
    first = c.AssignExamination(idea_id=one.id, service="voirie")
    examining.assign_examination(city.uow, agent("administrator"), first)
    examining.assign_examination(city.uow, agent("administrator"), first)
    passed = c.AssignExamination(
        idea_id=one.id, service="espaces-verts", reason="not-our-field", text="C’est surtout une plantation."
    )
    examining.assign_examination(city.uow, agent("examiner", "voirie"), passed)
    assert show(city, c.ExaminationFilter.ASSIGNED, agent("examiner", "espaces-verts")) == [("answer", None, 90)]
    assert show(city, c.ExaminationFilter.ASSIGNED, agent("examiner", "voirie")) == []
    answer = c.PublishAnswer(idea_id=one.id, outcome="accepted", text=WHY, cost=1_200_000)
    with pytest.raises(Fault) as other:
        examining.publish_answer(city.uow, agent("examiner", "voirie"), answer)
    assert other.value.reason == "role-needed"
    shown = examining.publish_answer(city.uow, agent("examiner", "espaces-verts"), answer)
    assert shown.answer is not None
    assert (shown.state, shown.answer.text, shown.cost) == (c.State.ACCEPTED, WHY, 1_200_000)
    assert shown.stages[-1].answered_on is not None
    topics = [topic for topic, _ in city.told()]
    assert (topics.count("examination_assigned.v1"), topics.count("answer_published.v1")) == (2, 1)


def test_an_answer_needs_a_service_and_declining_needs_a_reason(city: City) -> None:
    with pytest.raises(Fault) as unassigned:
        examining.publish_answer(
            city.uow, agent("administrator"), c.PublishAnswer(idea_id=examined(city).id, outcome="accepted", text=WHY)
        )
    assert unassigned.value.reason == "not-assigned"
    with pytest.raises(Fault) as no_reason:
        answered(city, outcome="declined")
    assert [error.pointer for error in no_reason.value.errors] == ["/reason"]
    declined = answered(city, outcome="declined", reason="not-competent")
    assert (declined.state, declined.reason) == (c.State.DECLINED, "not-competent")


def test_follow_up_goes_forward_and_never_back(city: City) -> None:
    one = answered(city)
    voirie = agent("examiner", "voirie")

    def tell(state: str | None, **more: object) -> c.DossierView:
        content = {"idea_id": one.id, "state": state, "text": WHY} | more
        return examining.record_progress(city.uow, voirie, c.RecordProgress.model_validate(content))

    assert tell("planned", on=date(2027, 3, 1)).state is c.State.PLANNED
    assert tell(None).state is c.State.PLANNED
    assert tell("under_way").state is c.State.UNDER_WAY
    assert show(city, c.ExaminationFilter.FOLLOW_UP) == [("follow-up", None, None)]
    with pytest.raises(Fault) as back:
        tell("planned")
    assert back.value.reason == "wrong-state"
    with pytest.raises(Fault) as no_reason:
        tell("abandoned")
    assert [error.pointer for error in no_reason.value.errors] == ["/reason"]
    assert tell("delivered", cost=380_000).cost == 380_000
    told = [(p["state"], p["changed"]) for topic, p in city.told() if topic == "step_recorded.v1"]
    assert told == [("planned", True), ("planned", False), ("under_way", True), ("delivered", True)]


def test_a_suggestion_is_examined_without_any_support(city: City) -> None:
    one = city.submitted(kind="suggestion")
    request = c.AssignExamination(idea_id=one.id, service="voirie")
    shown = examining.assign_examination(city.uow, agent("administrator"), request)
    assert shown.examination is not None
    assert (shown.state, str(shown.examination.due_on)) == (c.State.UNDER_EXAMINATION, "2026-11-30")


def test_the_desk_and_the_public_see_how_much_waits_and_how_promises_were_kept(city: City, clock: Clock) -> None:
    clock.forward(hours=-30)
    city.submitted()
    examined(city)
    clock.forward(hours=30)
    one = city.submitted()
    clock.forward(hours=26)
    counts = figures.read_desk_counts(city.uow, agent("administrator"))
    assert (counts.to_moderate, counts.stages, counts.to_assign, counts.overdue) == (2, 2, 1, 0)
    assert figures.read_desk_counts(city.uow, agent("moderator", "75020")).to_moderate == 0
    assert figures.read_desk_counts(city.uow, agent("moderator", "75012")).to_assign == 0
    from ideas.use_cases import moderating  # noqa: PLC0415

    refusal = c.RefuseIdea(idea_id=one.id, reason="unclear", text="Dites où et quoi, s’il vous plaît.")
    moderating.refuse_idea(city.uow, city.moderator, refusal)
    public = figures.read_transparency(city.uow)
    delays = {delay.measure: delay for delay in public.delays}
    assert (delays["moderation"].average_hours, delays["moderation"].late_now) == (13, 1)
    assert (delays["answer"].promised_hours, delays["answer"].done) == (90 * 24, 0)
    assert [(reason.reason, reason.refused) for reason in public.reasons] == [("unclear", 1)]
    assert public.head is not None
