"""On the ballot and back on PostgreSQL: lists frozen once and handed over, each record with what the vote decided."""

from typing import Any
from uuid import UUID

import pytest
from contracts import ideas as c
from contracts.errors import Fault
from contracts.voting import DecisionKind, ProjectDecided, ProjectOutcome, ResultPublished, Verdict
from ideas.use_cases import ballots, outcomes, projects

from services.ideas.tests.conftest import City, Clock, agent
from services.ideas.tests.unit.test_admissibility import read
from services.ideas.tests.unit.test_campaigns import MANAGER
from services.ideas.tests.unit.test_commission import WHY, declare, judged, settle
from services.ideas.tests.unit.test_projects import ideas, last, save

__all__ = ["ideas"]
SHA = "a" * 64


@pytest.fixture
def retained(city: City, clock: Clock, ideas: list[c.DossierView]) -> list[c.DossierView]:
    """Two projects of a district, the first of two ideas, and one of the whole city; the choice has begun."""
    save(city, ideas[0], ideas[3])
    save(city, ideas[1])
    save(city, ideas[2], place=None)
    for one in ideas[:3]:
        judged(city, one)
    declare(city, ideas[0], ideas[1])
    for one in ideas[:3]:
        settle(city, one)
    clock.forward(days=180)
    return ideas


def freeze(city: City, who: Any = MANAGER) -> c.BallotFrozen:
    return ballots.freeze_ballot(city.uow, who, c.FreezeBallot(year=2027))


def handed_over(city: City) -> list[c.ProjectOnBallot]:
    return [
        c.ProjectOnBallot.model_validate(payload) for topic, payload in city.told() if topic == "project_on_ballot.v1"
    ]


def publish(city: City, *outcomes_: ProjectOutcome) -> None:
    payload = ResultPublished(
        election_id=UUID(int=7), slug="budget-2027-75012", campaign="budget-2027", perimeter="75012", ballots=3,
        rules_sha256=SHA, ballots_sha256=SHA, projects=outcomes_,
    )  # fmt: skip
    with city.uow() as tx:
        outcomes.result_published(tx, payload)


def outcome(one: c.DossierView, verdict: Verdict, rank: int, **more: Any) -> ProjectOutcome:
    return ProjectOutcome(candidate_id=one.number, dossier=one.number, rank=rank, verdict=verdict, **more)


def shown(city: City, one: c.DossierView) -> c.ProjectView:
    return projects.read_project(city.uow, c.ReadProject(project=one.number))


def test_the_lists_are_frozen_once_and_handed_over_whole(city: City, retained: list[c.DossierView]) -> None:
    frozen = freeze(city)

    assert [(one.place, one.projects) for one in frozen.lists] == [(None, 1), ("75012", 2)]
    told = handed_over(city)
    assert [(one.number, one.place, one.together, one.envelope, one.cost) for one in told] == [
        (retained[2].number, None, 1, 20_000_000, 420_000),
        (retained[0].number, "75012", 2, 3_800_000, 420_000),
        (retained[1].number, "75012", 2, 3_800_000, 420_000),
    ]
    assert told[1].incompatible == (retained[1].number,)
    assert {one.list_sha256 for one in told} == {one.sha256 for one in frozen.lists}
    assert told[1].opens_at.isoformat() == "2027-09-02T22:00:00+00:00"
    assert told[1].closes_at.isoformat() == "2027-09-26T22:00:00+00:00"
    for one in (retained[0], retained[3]):
        kind, facts = last(city, one)
        assert (kind, facts["cost"], facts["together"]) == ("on_ballot", 420_000, 2)
    assert (shown(city, retained[0]).project_state, shown(city, retained[0]).voted) == ("on_ballot", 420_000)
    assert freeze(city) == frozen
    assert len(handed_over(city)) == 3


def test_nothing_is_frozen_before_its_time_or_before_every_project_is_decided(
    city: City, clock: Clock, ideas: list[c.DossierView]
) -> None:
    save(city, ideas[0])
    with pytest.raises(Fault) as early:
        freeze(city)
    clock.forward(days=180)
    with pytest.raises(Fault) as undecided:
        freeze(city)

    assert (early.value.reason, undecided.value.reason) == ("ballot-too-early", "projects-undecided")
    assert ideas[0].number in undecided.value.detail
    with pytest.raises(Fault):
        freeze(city, agent("campaign_manager", "75012"))


def test_what_is_on_the_ballot_does_not_change(city: City, retained: list[c.DossierView]) -> None:
    freeze(city)

    with pytest.raises(Fault, match="decided"):
        judged(city, retained[0], cost=1)
    with pytest.raises(Fault) as late:
        settle(city, retained[0], "set_aside", reason="project-too-costly", text=WHY)
    with pytest.raises(Fault):
        declare(city, retained[0], retained[1], incompatible=False)
    assert late.value.reason == "project-settled"


def test_each_record_says_that_its_project_won_or_why_it_did_not(city: City, retained: list[c.DossierView]) -> None:
    freeze(city)
    won = outcome(retained[0], Verdict.WON, 1, available=3_800_000)
    lost = outcome(retained[1], Verdict.EXCLUDED, 2, available=3_380_000, excluded_by=retained[0].number)
    for _ in range(2):
        publish(city, won, lost)

    for one in (retained[0], retained[3]):
        dossier, step = read(city, one)
        assert (dossier.state, step.kind, step.actor) == ("accepted", "selected", "vote")
        assert step.facts == {"vote": "budget-2027-75012", "rank": 1, "verdict": "won", "available": 3_800_000}
    dossier, step = read(city, retained[1])
    assert (dossier.state, step.kind) == ("declined", "not_selected")
    assert step.facts["excluded_by"] == retained[0].number
    assert shown(city, retained[0]).project_state == "selected"
    assert shown(city, retained[1]).project_state == "not_selected"
    assert shown(city, retained[2]).project_state == "on_ballot"
    assert [topic for topic, _ in city.told()].count("answer_published.v1") == 1


def test_a_vote_that_is_not_about_projects_and_one_without_an_envelope_change_nothing(
    city: City, retained: list[c.DossierView]
) -> None:
    freeze(city)
    stranger = ProjectOutcome(candidate_id="bancs", dossier=None, rank=1, verdict=Verdict.WON)
    unknown = ProjectOutcome(candidate_id="x", dossier="PAR-2020-000001", rank=2, verdict=Verdict.WON)
    publish(city, stranger, unknown, outcome(retained[0], Verdict.RANKED, 3))

    assert shown(city, retained[0]).project_state == "on_ballot"


def test_people_may_decide_otherwise_and_the_record_keeps_both(city: City, retained: list[c.DossierView]) -> None:
    freeze(city)
    publish(city, outcome(retained[1], Verdict.TOO_EXPENSIVE, 2, available=100))
    reason = "Une subvention de la Région complète l’enveloppe."
    payload = ProjectDecided(
        election_id=UUID(int=7), slug="budget-2027-75012", campaign="budget-2027", perimeter="75012",
        candidate_id=retained[1].number, dossier=retained[1].number, kind=DecisionKind.AWARDED, reason={"fr": reason},
    )  # fmt: skip
    with city.uow() as tx:
        outcomes.project_decided(tx, payload, ("fr", "en"))

    dossier, step = read(city, retained[1])
    assert (dossier.state, step.kind, step.text) == ("accepted", "selected", reason)
    assert step.facts["decided"] == "awarded"


def test_a_result_from_elsewhere_is_entered_by_hand_once_the_calendar_is_there(
    city: City, clock: Clock, retained: list[c.DossierView]
) -> None:
    freeze(city)
    text = "Vote sur papier, procès-verbal du 28 septembre."
    request = c.EnterResult(idea_id=retained[2].id, outcome="selected", text=text)
    with pytest.raises(Fault) as early:
        outcomes.enter_result(city.uow, MANAGER, request)
    clock.forward(days=220)
    made = outcomes.enter_result(city.uow, MANAGER, request)

    assert early.value.reason == "results-too-early"
    assert (made.project_state, made.state) == ("selected", "accepted")
    assert outcomes.enter_result(city.uow, MANAGER, request) == made
