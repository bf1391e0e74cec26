"""A whole participatory budget, from the deposit to the delivery, through ideas, voting and notifications.

Their own databases, their own clocks; what one tells is handed to the next as the bus would, in the form of the wire.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from contracts import ideas as c
from contracts.voting import ElectionRef, ElectionView, OpenElection, ResultPublished, ReviseElection
from ideas.use_cases import ballots, delivering, outcomes, projects, reading
from voting import queries
from voting.use_cases import closing, listing, preparing

from services.ideas.tests.conftest import (
    ANYBODY,
    City,
    Clock,
    citizen,
    city,
    clock,
    database,
    rules,
    territory,
    uow,
)
from services.ideas.tests.unit.test_admissibility import decide
from services.ideas.tests.unit.test_campaigns import MANAGER, published
from services.ideas.tests.unit.test_commission import EXAMINER, declare, judged, settle
from services.ideas.tests.unit.test_projects import save
from services.voting.tests.conftest import world
from services.voting.tests.world import NOW, World
from services.voting.tests.world import citizen as voter

__all__ = ["city", "clock", "database", "rules", "territory", "uow", "world"]
NEWS: tuple[dict[str, Any], ...] = (
    {"state": "planned", "due_on": "2028-06-30", "text": "Le chantier se fera pendant l’été."},
    {"state": "under_way", "progress": 40, "committed": 410_000, "text": "Le sol est rouvert."},
    {"state": "delivered", "spent": 405_000, "text": "La cour est ouverte à toutes et tous."},
)
GOOD, POOR = "coup-de-coeur", "pas-convaincu"


@pytest.fixture
def deposited(city: City, clock: Clock) -> list[c.DossierView]:
    """Four ideas of citizens, deposited and published in the phase of the deposits."""
    published(city)
    clock.forward(days=9)
    return [city.opened(citizen(), kind="budget_idea", title=f"Ouvrir la cour de l’école, {n}") for n in range(4)]


def hand_over(city: City, world: World) -> None:
    """What ideas told of the ballots reaches voting."""
    for topic, payload in city.told():
        if topic == "project_on_ballot.v1":
            fact = c.ProjectOnBallot.model_validate(payload)
            with world.resources.uow() as tx:
                listing.project_on_ballot(world.resources, tx, fact)


def open_now(world: World) -> ElectionView:
    """The manager opens the election that was drafted, today instead of in September."""
    with world.resources.uow() as tx:
        drafted = tx.elections.named("budget-2027-75012")
        assert drafted is not None
        one = queries.election_view(tx, drafted.rules.election_id)
    today = {"opens_at": NOW.replace(hour=0, minute=0), "closes_at": NOW + timedelta(days=30)}
    kept = {name: getattr(one, name) for name in ReviseElection.model_fields if hasattr(one, name)}
    preparing.revise_election(world.resources, world.manager, ReviseElection.model_validate(kept | today))
    preparing.open_election(world.resources, world.manager, OpenElection(id=one.id))
    closing.follow_calendar(world.resources)
    return queries.get_election(world.resources, voter(), ElectionRef(election=one.slug))


def bring_back(city: City, world: World, election_id: UUID) -> None:
    """What voting told of the result reaches ideas."""
    world.count(election_id)
    (payload,) = world.events("result_published.v1")
    with city.uow() as tx:
        outcomes.result_published(tx, ResultPublished.model_validate(payload))


def story(city: City, one: c.DossierView) -> list[str]:
    record = reading.read_record(city.uow, ANYBODY, c.ReadRecord(dossier=one.number))
    assert record.intact
    return [step.kind.value for step in record.steps]


def test_a_campaign_goes_from_the_deposit_to_the_delivery(
    city: City, clock: Clock, deposited: list[c.DossierView], world: World
) -> None:
    leader, member, rival, private = deposited
    decide(city, leader, member, rival)
    decide(city, private, decision="refuse", reason="budget-private", text="Cette cour est à une copropriété.")
    save(city, leader, member)
    save(city, rival)
    for one in (leader, rival):
        judged(city, one, cost=420_000)
    declare(city, leader, rival)
    for one in (leader, rival):
        settle(city, one)
    clock.forward(days=180)
    ballots.freeze_ballot(city.uow, MANAGER, c.FreezeBallot(year=2027))

    hand_over(city, world)
    election = open_now(world)
    assert [one.dossier for one in election.candidates] == [leader.number, rival.number]
    assert election.exclusions == ((leader.number, rival.number),)
    for n in range(3):
        grades: dict[str, Any] = {leader.number: GOOD, rival.number: GOOD if n == 0 else POOR}
        world.vote(voter(), election, **grades)
    bring_back(city, world, election.id)

    clock.forward(days=220)
    for version, told in enumerate(NEWS):
        request = {"idea_id": leader.id, "version": version} | told
        delivering.record_works(city.uow, EXAMINER, c.RecordWorks.model_validate(request))

    done = projects.read_project(city.uow, c.ReadProject(project=leader.number))
    assert (done.project_state, done.state, done.voted) == ("selected", "delivered", 420_000)
    whole = ["retained", "on_ballot", "selected", "planned", "under_way", "delivered"]
    assert story(city, leader)[-len(whole) :] == whole
    assert story(city, member) == ["deposited", "opened", "admitted", "grouped", *whole]
    assert story(city, rival)[-3:] == ["retained", "on_ballot", "not_selected"]
    assert story(city, private)[-1] == "not_admitted"
    lost = reading.read_record(city.uow, ANYBODY, c.ReadRecord(dossier=rival.number)).steps[-1]
    assert (lost.facts["verdict"], lost.facts["excluded_by"]) == ("excluded", leader.number)
    assert [topic for topic, _ in city.told()].count("project_delivered.v1") == 1
