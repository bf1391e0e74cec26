"""Examination along the tree of services: passing on, opinions, feasibility, notes between agents, alerts."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from chassis.auth import Caller
from contracts import ideas as c
from contracts.errors import Fault
from ideas.use_cases import alerting, erasure, examining, figures, opinions, reading

from services.ideas.tests.conftest import ANYBODY, City, Clock, agent, citizen
from services.ideas.tests.unit.test_examination import assigned, examined

VOIRIE, PARKS, TOWN_HALL = "voirie", "espaces-verts", "mairie-12"
ABOVE = agent("examiner", "secretariat")
QUESTION = "La place est-elle suffisante pour les arbres et pour les bus ?"
SAID = "Oui, si les arrêts restent accessibles."


def passed(city: City, who: Caller, one: c.DossierView, service: str, reason: str | None = "wider-than-us") -> Any:
    request = c.AssignExamination(idea_id=one.id, service=service, reason=reason, text="À voir ensemble.")
    return examining.assign_examination(city.uow, who, request)


def ask(city: City, one: c.DossierView, *services: str, due_on: date | None = None) -> c.DossierView:
    request = c.AskOpinions(idea_id=one.id, services=services, question=QUESTION, due_on=due_on)
    return opinions.ask_opinions(city.uow, agent("examiner", VOIRIE), request)


def give(city: City, one: c.DossierView, service: str, who: Caller | None = None) -> c.DossierView:
    request = c.GiveOpinion(idea_id=one.id, service=service, verdict=c.Verdict.WITH_RESERVATIONS, text=SAID)
    return opinions.give_opinion(city.uow, who or agent("examiner", service), request)


def steps(city: City, one: c.DossierView) -> tuple[c.StepView, ...]:
    record = reading.read_record(city.uow, ANYBODY, c.ReadRecord(dossier=one.number))
    assert record.intact
    return record.steps


def awaited(city: City, who: Caller, show: c.ExaminationFilter) -> list[tuple[str, str | None, int | None]]:
    page = examining.list_examination(city.uow, who, c.ListExamination(show=show))
    return [(item.awaited, item.asked, item.days_left_to_act) for item in page.items]


def test_passing_on_needs_a_reason_and_the_record_says_which_way(city: City) -> None:
    one = assigned(city)
    with pytest.raises(Fault) as without:
        passed(city, agent("examiner", VOIRIE), one, PARKS, reason=None)
    assert [error.pointer for error in without.value.errors] == ["/reason"]
    for service, way in ((PARKS, "across"), ("secretariat", "up"), (VOIRIE, "down")):
        passed(city, ABOVE, one, service)
        last = steps(city, one)[-1]
        assert (last.kind, last.facts["to"], last.facts["direction"]) == (c.StepKind.PASSED_ON, service, way)
        assert last.reason == "wider-than-us"


def test_who_is_above_acts_for_those_beneath_and_others_do_not(city: City) -> None:
    one = assigned(city)
    with pytest.raises(Fault) as other:
        passed(city, agent("examiner", PARKS), one, PARKS)
    assert other.value.reason == "role-needed"
    assert awaited(city, ABOVE, c.ExaminationFilter.ASSIGNED) == [("answer", None, 90)]
    assert awaited(city, agent("examiner", PARKS), c.ExaminationFilter.ASSIGNED) == []
    assert passed(city, ABOVE, one, PARKS).service == PARKS


def test_opinions_are_asked_of_several_services_and_given_by_each(city: City, clock: Clock) -> None:
    one = assigned(city)
    asked = ask(city, one, PARKS, TOWN_HALL, due_on=date(2026, 9, 10))
    assert ask(city, one, PARKS).steps == asked.steps
    assert [(o.service, o.days_left) for o in asked.opinions] == [(PARKS, 9), (TOWN_HALL, 9)]
    assert awaited(city, agent("examiner", PARKS), c.ExaminationFilter.OPINIONS) == [("opinion", PARKS, 9)]
    assert awaited(city, agent("examiner", VOIRIE), c.ExaminationFilter.OPINIONS) == []
    clock.forward(days=11)
    with pytest.raises(Fault) as other:
        give(city, one, PARKS, agent("examiner", TOWN_HALL))
    assert other.value.reason == "role-needed"
    given = next(o for o in give(city, one, PARKS).opinions if o.service == PARKS)
    assert (given.verdict, given.text, str(given.given_on)) == (c.Verdict.WITH_RESERVATIONS, SAID, "2026-09-12")
    assert steps(city, one)[-1].facts == {"verdict": "with_reservations", "late_days": 2}
    with pytest.raises(Fault) as twice:
        give(city, one, PARKS)
    assert twice.value.reason == "opinion-not-awaited"
    assert awaited(city, agent("administrator"), c.ExaminationFilter.OVERDUE) == [("opinion", TOWN_HALL, -2)]
    assert figures.read_desk_counts(city.uow, agent("administrator")).opinions == 1
    public = {delay.measure: delay for delay in figures.read_transparency(city.uow).delays}
    assert (public["opinion"].done, public["opinion"].late_now, public["opinion"].average_hours) == (1, 1, 264)


def test_errors_of_a_question_are_all_named_at_once(city: City) -> None:
    one = assigned(city)
    with pytest.raises(Fault) as unknown:
        ask(city, one, "nobody", PARKS, "nowhere")
    assert [error.pointer for error in unknown.value.errors] == ["/services/0", "/services/2"]
    with pytest.raises(Fault) as past:
        ask(city, one, PARKS, due_on=date(2026, 8, 31))
    assert [error.pointer for error in past.value.errors] == ["/due_on"]
    with pytest.raises(Fault) as own:
        ask(city, one, VOIRIE)
    assert [error.code for error in own.value.errors] == ["own-opinion"]


def test_feasibility_and_cost_are_public_and_stay_with_the_dossier(city: City) -> None:
    one = assigned(city)
    request = c.RecordFeasibility(
        idea_id=one.id, feasibility=c.Feasibility.WITH_CHANGES, cost=380_000, yearly_cost=4_000, text=SAID
    )
    shown = opinions.record_feasibility(city.uow, agent("examiner", VOIRIE), request)
    assert (shown.feasibility, shown.cost, shown.yearly_cost) == (c.Feasibility.WITH_CHANGES, 380_000, 4_000)
    assert steps(city, one)[-1].facts == {"feasibility": "with_changes", "cost": 380_000, "yearly_cost": 4_000}


def test_notes_between_agents_are_read_by_agents_only_and_are_nowhere_else(city: City) -> None:
    one = assigned(city)
    secret = "Attention au chantier du tramway, pas encore annoncé."
    note = c.AddInternalNote(idea_id=one.id, note_id=uuid4(), service=VOIRIE, text=secret)
    writer = agent("examiner", VOIRIE)
    for _ in range(2):
        found = opinions.add_internal_note(city.uow, writer, note)
        assert [(one.service, one.text) for one in found.items] == [(VOIRIE, secret)]
    read = c.ReadInternalNotes(dossier=one.number)
    assert len(opinions.read_internal_notes(city.uow, agent("moderator", "75012"), read).items) == 1
    for somebody in (citizen(), agent("moderator", "75020")):
        with pytest.raises(Fault) as refused:
            opinions.read_internal_notes(city.uow, somebody, read)
        assert refused.value.status == 403
    public = reading.read_idea(city.uow, writer, c.ReadIdea(dossier=one.number)).model_dump_json()
    everything = public + repr(steps(city, one)) + repr(city.told())
    assert "tramway" not in everything
    assert [item.what for item in reading.export_mine(city.uow, writer).items] == ["internal-note"]
    with city.uow() as tx:
        assert writer.account is not None
        erasure.forget_citizen(tx, writer.account)
        assert tx.connection.scalar(sa.text("SELECT author FROM internal_notes")) is None


def test_what_is_late_is_told_once_per_date_to_the_services_that_owe_it(city: City, clock: Clock) -> None:
    early, one = city.opened(), assigned(city)
    city.crowd(early.id, 2)
    ask(city, one, PARKS, due_on=date(2026, 9, 5))
    assert alerting.alert_overdue(city.uow) == 0
    clock.forward(days=20)
    alerting.alert_overdue(city.uow)
    alerting.alert_overdue(city.uow)

    def told() -> list[tuple[str, list[str], str]]:
        facts = [payload for topic, payload in city.told() if topic == "examination_overdue.v1"]
        return sorted((fact["awaited"], fact["services"], fact["due_on"]) for fact in facts)

    first = [("opinion", [PARKS], "2026-09-05"), ("stage", ["mairie-12"], "2026-09-15")]
    assert [fact for fact in told() if fact[0] == "opinion" or fact[2] == "2026-09-15"] == sorted(
        [*first, ("stage", [VOIRIE], "2026-09-15")]
    )
    give(city, one, PARKS)
    ask(city, one, PARKS, due_on=date(2026, 9, 25))
    clock.forward(days=10)
    alerting.alert_overdue(city.uow)
    assert [fact[2] for fact in told() if fact[0] == "opinion"] == ["2026-09-05", "2026-09-25"]


def test_an_examination_nobody_was_given_is_nobody_s_in_particular(city: City, clock: Clock) -> None:
    one = examined(city)
    clock.forward(days=8)
    alerting.alert_overdue(city.uow)
    facts = [payload for topic, payload in city.told() if topic == "examination_overdue.v1"]
    assert [(fact["number"], fact["awaited"], fact["services"]) for fact in facts] == [
        (one.number, "assignment", ["mairie-12"])
    ]
