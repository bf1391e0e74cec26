"""Admissibility on PostgreSQL: many ideas at once, each with its step; refusals with a reason; never decided twice."""

import pytest
from contracts import ideas as c
from contracts.errors import Fault
from ideas.use_cases import admitting, reading

from services.ideas.tests.conftest import ANYBODY, City, Clock, agent, citizen
from services.ideas.tests.unit.test_campaigns import MANAGER, published

TEXT = "Ce sont des dépenses de chaque année."


@pytest.fixture
def ideas(city: City, clock: Clock) -> list[c.DossierView]:
    """Three open ideas of a campaign."""
    published(city)
    clock.forward(days=9)
    return [city.opened(kind="budget_idea") for _ in range(3)]


def decide(city: City, *ideas: c.DossierView, who: object = MANAGER, **more: object) -> c.AdmissibilityDecided:
    request = {"idea_ids": [one.id for one in ideas], "decision": "admit"} | more
    return admitting.decide_admissibility(city.uow, who, c.DecideAdmissibility.model_validate(request))  # type: ignore[arg-type]


def read(city: City, one: c.DossierView) -> tuple[c.DossierView, c.StepView]:
    shown = reading.read_idea(city.uow, ANYBODY, c.ReadIdea(dossier=one.number))
    return shown, reading.read_record(city.uow, ANYBODY, c.ReadRecord(dossier=one.number)).steps[-1]


def test_many_ideas_are_admitted_at_once_and_each_record_says_so(city: City, ideas: list[c.DossierView]) -> None:
    assert set(decide(city, *ideas).decided) == {one.id for one in ideas}

    for one in ideas:
        shown, step = read(city, one)
        assert (shown.state, step.kind) == (c.State.UNDER_EXAMINATION, c.StepKind.ADMITTED)
        assert step.facts["due_on"] == "2027-02-28"
        assert shown.clock is not None
        assert shown.clock.due_on.isoformat() == "2027-02-28"
    assert [topic for topic, _ in city.told()].count("step_recorded.v1") == 3


def test_a_refusal_has_a_reason_and_public_words(city: City, ideas: list[c.DossierView]) -> None:
    with pytest.raises(Fault) as silent:
        decide(city, ideas[0], decision="refuse", reason="no-such-reason")
    decide(city, ideas[0], decision="refuse", reason="budget-not-investment", text=TEXT)
    shown, step = read(city, ideas[0])

    assert {error.pointer for error in silent.value.errors} == {"/reason", "/text"}
    assert (shown.state, shown.reason) == (c.State.DECLINED, "budget-not-investment")
    assert (step.kind, step.text) == (c.StepKind.NOT_ADMITTED, TEXT)


def test_what_was_decided_is_left_as_it_is(city: City, ideas: list[c.DossierView]) -> None:
    decide(city, ideas[0])
    plain = city.opened()
    again = decide(city, *ideas, plain, decision="refuse", reason="budget-private", text=TEXT)

    assert set(again.decided) == {ideas[1].id, ideas[2].id}
    assert set(again.left) == {ideas[0].id, plain.id}
    assert read(city, ideas[0])[0].state is c.State.UNDER_EXAMINATION
    assert read(city, plain)[0].state is c.State.OPEN


def test_only_those_whose_place_it_is_decide_and_only_until_the_review_is_over(
    city: City, clock: Clock, ideas: list[c.DossierView]
) -> None:
    for stranger in (citizen(), agent("moderator"), agent("campaign_manager", "75018")):
        with pytest.raises(Fault, match="role"):
            decide(city, ideas[0], who=stranger)
    assert decide(city, ideas[0], who=agent("campaign_manager", "75012")).left == ()
    clock.forward(days=200)
    with pytest.raises(Fault) as late:
        decide(city, ideas[1])
    assert late.value.reason == "review-over"
