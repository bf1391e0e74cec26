"""The commission on PostgreSQL: on the ballot or set aside with a reason, once services have said what they owe."""

from typing import Any

import pytest
from contracts import ideas as c
from contracts.errors import Fault
from ideas.use_cases import examining, opinions, projects, settling

from services.ideas.tests.conftest import ANYBODY, City, agent, citizen
from services.ideas.tests.unit.test_admissibility import read
from services.ideas.tests.unit.test_campaigns import MANAGER
from services.ideas.tests.unit.test_projects import ideas, last, refused, save

__all__ = ["ideas"]
EXAMINER = agent("examiner")
WHY = "L’étude montre que les réseaux passent dessous."


def judged(city: City, one: c.DossierView, *, cost: int | None = 420_000, feasibility: str = "feasible") -> None:
    assign = c.AssignExamination(idea_id=one.id, service="espaces-verts")
    examining.assign_examination(city.uow, EXAMINER, assign)
    said = {"idea_id": one.id, "feasibility": feasibility, "cost": cost, "text": "Possible côté impair."}
    opinions.record_feasibility(city.uow, EXAMINER, c.RecordFeasibility.model_validate(said))


def settle(city: City, one: c.DossierView, decision: str = "retain", who: Any = MANAGER, **more: Any) -> c.ProjectView:
    request = c.SettleProject.model_validate({"idea_id": one.id, "decision": decision} | more)
    return settling.settle_project(city.uow, who, request)


def declare(city: City, one: c.DossierView, other: c.DossierView, *, incompatible: bool = True) -> c.ProjectView:
    request = {"idea_id": one.id, "other": other.id, "incompatible": incompatible, "text": "Le même terrain."}
    return settling.declare_incompatible(city.uow, MANAGER, c.DeclareIncompatible.model_validate(request))


def reason_of(city: City, one: c.DossierView) -> str | None:
    with pytest.raises(Fault) as fault:
        settle(city, one)
    return fault.value.reason


def test_a_project_is_put_to_the_vote_once_services_said_what_it_costs(city: City, ideas: list[c.DossierView]) -> None:
    save(city, ideas[0], ideas[1])
    assert reason_of(city, ideas[0]) == "not-judged"
    judged(city, ideas[0], cost=None)
    assert reason_of(city, ideas[0]) == "no-cost"
    judged(city, ideas[0], cost=3_800_001)
    assert reason_of(city, ideas[0]) == "over-envelope"
    judged(city, ideas[0], feasibility="not_feasible")
    assert reason_of(city, ideas[0]) == "not-feasible"
    judged(city, ideas[0], feasibility="with_changes")

    made = settle(city, ideas[0])
    assert (made.project_state, made.cost) == ("retained", 420_000)
    assert settle(city, ideas[0]) == made
    for one in ideas[:2]:
        assert last(city, one) == ("retained", {"cost": 420_000, "due_on": "2027-10-06"})
        clock = read(city, one)[0].clock
        assert clock is not None
        assert clock.due_on.isoformat() == "2027-10-06"
    awaited = examining.list_examination(city.uow, EXAMINER, c.ListExamination(show=c.ExaminationFilter.ASSIGNED))
    assert awaited.items == ()
    assert [topic for topic, _ in city.told()][-2:] == ["step_recorded.v1", "step_recorded.v1"]


def test_a_project_is_set_aside_for_a_reason_that_every_author_reads(city: City, ideas: list[c.DossierView]) -> None:
    save(city, ideas[0], ideas[1])
    with pytest.raises(Fault) as silent:
        settle(city, ideas[0], "set_aside", reason="budget-private")
    assert {error.pointer for error in silent.value.errors} == {"/reason", "/text"}

    judged(city, ideas[0])
    settle(city, ideas[0])
    made = settle(city, ideas[0], "set_aside", reason="project-not-feasible", text=WHY)

    assert (made.project_state, made.state, made.reason) == ("set_aside", "declined", "project-not-feasible")
    for one in ideas[:2]:
        shown, step = read(city, one)
        assert (shown.state, shown.reason, shown.last_word) == ("declined", "project-not-feasible", WHY)
        assert (step.kind, step.text) == ("set_aside", WHY)
    assert [topic for topic, _ in city.told()][-2:] == ["answer_published.v1"] * 2
    assert reason_of(city, ideas[0]) == "project-settled"
    with pytest.raises(Fault) as changed:
        save(city, ideas[0], ideas[1], version=made.version, text="Encore une fois.")
    assert {error.code for error in changed.value.errors} == {"not-admitted"}


def test_projects_of_one_envelope_exclude_one_another_on_both_records(city: City, ideas: list[c.DossierView]) -> None:
    for one in ideas[:2]:
        save(city, one)
    save(city, ideas[2], place=None)

    for _ in range(2):
        (found,) = declare(city, ideas[0], ideas[1]).incompatible
        assert (found.number, found.text) == (ideas[1].number, "Le même terrain.")
    assert last(city, ideas[0]) == ("incompatible", {"other": ideas[1].number})
    assert last(city, ideas[1]) == ("incompatible", {"other": ideas[0].number})
    shown = projects.read_project(city.uow, c.ReadProject(project=ideas[1].number))
    assert [one.number for one in shown.incompatible] == [ideas[0].number]

    for other in (ideas[0], ideas[2]):
        with pytest.raises(Fault) as wrong:
            declare(city, ideas[0], other)
        assert {error.pointer for error in wrong.value.errors} == {"/other"}
    assert declare(city, ideas[0], ideas[1], incompatible=False).incompatible == ()
    assert last(city, ideas[1])[0] == "compatible"


def test_the_equity_label_is_that_of_a_neighbourhood_where_the_project_is(
    city: City, ideas: list[c.DossierView]
) -> None:
    assert refused(city, ideas[0], equity="nulle-part") == {("/equity", "unknown-neighbourhood")}
    assert refused(city, ideas[0], equity="goutte-d-or") == {("/equity", "neighbourhood-elsewhere")}
    save(city, ideas[0])
    made = save(city, ideas[1], place=None, equity="goutte-d-or")

    assert made.equity == "goutte-d-or"
    assert last(city, ideas[1])[1]["equity"] == "goutte-d-or"
    listed = projects.list_projects(city.uow, c.ListProjects(year=2027, equity=True)).items
    assert [one.number for one in listed] == [ideas[1].number]


def test_campaign_managers_of_the_place_decide_and_nobody_else(city: City, ideas: list[c.DossierView]) -> None:
    save(city, ideas[0])
    judged(city, ideas[0])
    for stranger in (ANYBODY, citizen(), EXAMINER, agent("campaign_manager", "75018")):
        with pytest.raises(Fault, match=r"role|sign|unauth"):
            settle(city, ideas[0], who=stranger)
    assert settle(city, ideas[0], who=agent("campaign_manager", "75012")).project_state == "retained"
    with pytest.raises(Fault, match="no such project"):
        settle(city, ideas[3])
