"""Projects on PostgreSQL: several ideas, one number; both sides of each link on the records; undone with a reason."""

from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import pytest
from chassis.auth import Caller
from contracts import ideas as c
from contracts.errors import Fault
from hypothesis import given
from hypothesis import strategies as st
from ideas.domain import project as domain
from ideas.domain.dossier import Dossier, Place, State
from ideas.domain.project import Project
from ideas.use_cases import examining, figures, grouping, projects, reading

from services.ideas.tests.conftest import ANYBODY, NOON, City, Clock, agent, citizen
from services.ideas.tests.unit.test_admissibility import decide
from services.ideas.tests.unit.test_campaigns import MANAGER, published

TITLE = "Une rue-jardin autour de l’hôpital"
DESCRIPTION = "Deux cents mètres de trottoir rouverts au sol, plantés d’arbres, avec des bancs et une fontaine."


@pytest.fixture
def ideas(city: City, clock: Clock) -> list[c.DossierView]:
    """Four admitted ideas of a campaign."""
    published(city)
    clock.forward(days=9)
    found = [city.opened(kind="budget_idea", title=f"Planter une rue-jardin, variante {n}") for n in range(4)]
    decide(city, *found)
    return found


def save(city: City, *ideas: c.DossierView, who: Caller = MANAGER, **more: Any) -> c.ProjectView:
    request = {"idea_id": ideas[0].id, "ideas": [one.id for one in ideas], "place": "75012"}
    request |= {"title": TITLE, "description": DESCRIPTION} | more
    return grouping.save_project(city.uow, who, c.SaveProject.model_validate(request))


def refused(city: City, *ideas: c.DossierView, **more: Any) -> set[tuple[str, str]]:
    with pytest.raises(Fault) as fault:
        save(city, *ideas, **more)
    return {(error.pointer, error.code) for error in fault.value.errors}


def steps(city: City, one: c.DossierView) -> list[c.StepView]:
    record = reading.read_record(city.uow, ANYBODY, c.ReadRecord(dossier=one.number))
    assert record.intact
    return list(record.steps)


def last(city: City, one: c.DossierView) -> tuple[str, dict[str, str | int]]:
    step = steps(city, one)[-1]
    return step.kind.value, step.facts


def waiting(city: City, **more: object) -> list[str]:
    request = c.ListUngrouped.model_validate({"year": 2027} | more)
    return [one.number for one in projects.list_ungrouped(city.uow, MANAGER, request).items]


def test_several_ideas_become_one_project_with_one_number(city: City, ideas: list[c.DossierView]) -> None:
    city.crowd(ideas[3].id, 3)
    first, second, third, alone = ideas
    made = save(city, first, third, second)

    assert (made.number, made.ideas, made.place, made.project_state) == (first.number, 3, "75012", "studied")
    assert [(one.number, one.leads) for one in made.made_of] == [
        (first.number, True),
        (second.number, False),
        (third.number, False),
    ]
    kind, facts = last(city, first)
    assert (kind, facts["with"]) == ("project_formed", f"{second.number} {third.number}")
    assert last(city, second) == last(city, third) == ("grouped", {"project": first.number})
    assert waiting(city) == waiting(city, ideas=[alone.id, first.id]) == [alone.number]
    assert waiting(city, district="75018") == waiting(city, year=2031) == []
    assert figures.read_desk_counts(city.uow, agent("campaign_manager")).to_group == 1
    assert figures.read_desk_counts(city.uow, agent("moderator")).to_group == 0
    link = reading.read_idea(city.uow, ANYBODY, c.ReadIdea(dossier=third.number)).project
    assert link == c.ProjectLink(number=first.number, title=TITLE, year=2027)


def test_making_it_again_changes_nothing_and_another_one_of_the_same_idea_is_refused(
    city: City, ideas: list[c.DossierView]
) -> None:
    made = save(city, ideas[0], ideas[1])
    before = len(steps(city, ideas[0]))

    assert save(city, ideas[0], ideas[1]) == made
    assert len(steps(city, ideas[0])) == before
    with pytest.raises(Fault, match="leads a project already"):
        save(city, ideas[0], ideas[2])


def test_an_idea_joins_and_leaves_with_a_reason_on_both_records(city: City, ideas: list[c.DossierView]) -> None:
    first, second, third, _ = ideas
    made = save(city, first, second)

    assert refused(city, first, third, version=made.version) == {("/text", "missing")}
    after = save(city, first, third, version=made.version, text="Le premier concerne une autre rue.")

    kind, facts = last(city, first)
    assert (kind, facts["joined"], facts["left"]) == ("project_changed", third.number, second.number)
    assert [last(city, one)[0] for one in (second, third)] == ["ungrouped", "grouped"]
    assert steps(city, second)[-1].text == "Le premier concerne une autre rue."
    with pytest.raises(Fault, match="since you read it"):
        save(city, first, version=made.version, text="Trop tard, quelqu’un est passé.")
    assert save(city, first, third, version=after.version).version == after.version


def test_everything_wrong_with_a_project_is_said_at_once(city: City, ideas: list[c.DossierView]) -> None:
    save(city, ideas[3])
    other = city.opened()
    unknown = uuid4()
    made_of = [other.id, ideas[3].id, ideas[1].id, unknown]

    assert refused(city, ideas[0], ideas=made_of, place="75013") == {
        ("/ideas/0", "other-campaign"),
        ("/ideas/1", "in-project"),
        ("/ideas/3", "no-such-dossier"),
        ("/ideas", "leader-missing"),
        ("/place", "no-envelope"),
    }
    assert refused(city, other) == {("/idea_id", "other-campaign")}
    waits = city.opened(kind="budget_idea")
    assert refused(city, ideas[0], waits) == {("/ideas/1", "not-admitted")}


def test_a_project_taken_apart_gives_its_ideas_back(city: City, ideas: list[c.DossierView]) -> None:
    save(city, ideas[0], ideas[1])
    request = c.DissolveProject(idea_id=ideas[0].id, text="Les deux idées sont trop différentes.")
    for _ in range(2):
        grouping.dissolve_project(city.uow, MANAGER, request)

    assert last(city, ideas[0])[0] == "project_dissolved"
    assert last(city, ideas[1]) == ("ungrouped", {"project": ideas[0].number})
    assert waiting(city) == [one.number for one in ideas]
    with pytest.raises(Fault, match="no such project"):
        projects.read_project(city.uow, c.ReadProject(project=ideas[0].number))
    assert save(city, ideas[1], ideas[0]).number == ideas[1].number


def test_services_examine_the_leading_idea_and_answer_through_the_project(
    city: City, ideas: list[c.DossierView]
) -> None:
    save(city, ideas[0], ideas[1])
    examiner = agent("examiner")
    to_assign = c.ListExamination(show=c.ExaminationFilter.TO_ASSIGN)
    listed = [one.number for one in examining.list_examination(city.uow, examiner, to_assign).items]
    assert sorted(listed) == [ideas[0].number, ideas[2].number, ideas[3].number]

    assign = c.AssignExamination(idea_id=ideas[0].id, service="espaces-verts")
    examining.assign_examination(city.uow, examiner, assign)
    answer = c.PublishAnswer.model_validate({"idea_id": ideas[0].id, "outcome": "accepted", "text": "Nous le ferons."})
    with pytest.raises(Fault) as fault:
        examining.publish_answer(city.uow, examiner, answer)
    assert fault.value.reason == "in-project"


def test_lists_are_filtered_counted_and_paged_and_the_map_has_points_only(
    city: City, ideas: list[c.DossierView]
) -> None:
    somewhere = city.opened(kind="budget_idea", place={"scope": "district", "district": "75012"}, theme="culture")
    decide(city, somewhere)
    for one in ideas[:3]:
        save(city, one)
    save(city, somewhere, place=None)

    def listed(**more: object) -> list[str]:
        request = c.ListProjects.model_validate({"year": 2027} | more)
        return [one.number for one in projects.list_projects(city.uow, request).items]

    assert listed() == [one.number for one in (*ideas[:3], somewhere)]
    assert listed(whole=True) == listed(themes=["culture"]) == [somewhere.number]
    assert listed(places=["75012"], states=["under_examination"]) == [one.number for one in ideas[:3]]
    assert listed(states=["delivered"]) == []
    page = projects.list_projects(city.uow, c.ListProjects(year=2027, limit=3))
    assert (page.total, len(page.items)) == (4, 3)
    assert listed(after=page.next) == [somewhere.number]
    shown = projects.map_projects(city.uow, c.MapProjects(year=2027)).items
    assert [one.number for one in shown] == [one.number for one in ideas[:3]]


def test_only_those_who_decide_on_admissibility_group(city: City, ideas: list[c.DossierView]) -> None:
    for stranger in (ANYBODY, citizen(), agent("moderator"), agent("campaign_manager", "75018")):
        with pytest.raises(Fault):
            save(city, ideas[0], who=stranger)
    with pytest.raises(Fault):
        projects.list_ungrouped(city.uow, citizen(), c.ListUngrouped(year=2027))
    assert save(city, ideas[0], who=agent("campaign_manager", "75012")).ideas == 1


def dossier(number: int) -> Dossier:
    return Dossier(
        id=UUID(int=number),
        number=f"PAR-2026-{number:06d}",
        kind="budget_idea",
        author=None,
        title="Une idée",
        text="",
        theme="nature",
        place=Place("city"),
        campaign="budget-2027",
        state=State.UNDER_EXAMINATION,
        state_since=NOON,
        deposited_at=NOON,
    )


GROUPS = st.lists(st.sets(st.integers(2, 9), max_size=6), min_size=2, max_size=6)


@given(groups=GROUPS)
def test_whatever_is_grouped_and_ungrouped_each_record_tells_its_own_story(groups: list[set[int]]) -> None:
    everything = {UUID(int=n): dossier(n) for n in range(1, 10)}

    def made(members: set[int], version: int) -> Project:
        ideas = tuple(UUID(int=n) for n in (1, *members))
        return domain.ordered(Project(UUID(int=1), 2027, "Titre", "Texte", "", ideas, version=version), everything)

    told: dict[UUID, list[str]] = {}
    project = made(groups[0], 1)
    for change in domain.form(project, everything):
        told.setdefault(change.dossier.id, []).extend(step.kind for step in change.steps)
    for members in groups[1:]:
        project, changes = domain.change(project, made(members, 1), everything, version=project.version, text="Voilà.")
        for change in changes:
            told.setdefault(change.dossier.id, []).extend(step.kind for step in change.steps)

    for idea, kinds in told.items():
        if idea != UUID(int=1):
            assert kinds[0] == "grouped"
            assert all(one != other for one, other in pairwise(kinds))
            assert (kinds[-1] == "grouped") == (idea in project.ideas)
