"""A commission's list becomes a draft election once it is whole; what managers have prepared is filled, not doubled."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any
from uuid import UUID

from contracts.ideas import ProjectOnBallot
from contracts.voting import OpenElection, State
from voting import queries
from voting.use_cases import listing, preparing

from services.voting.tests.world import NOW, World, draft

CAMPAIGN = "budget-2027"


def fact(n: int, *, together: int = 3, place: str | None = "75012", **changes: Any) -> ProjectOnBallot:
    values = {
        "idea_id": UUID(int=n),
        "number": f"PAR-2026-{n:06d}",
        "campaign": CAMPAIGN,
        "year": 2027,
        "place": place,
        "envelope": 3_800_000,
        "opens_at": datetime(2099, 9, 2, 22, tzinfo=UTC),
        "closes_at": datetime(2099, 9, 26, 22, tzinfo=UTC),
        "title": f"Une rue-jardin, numéro {n}",
        "summary": "Des arbres et des bancs.",
        "cost": 400_000 + n,
        "theme": "nature",
        "district": place,
        "incompatible": (),
        "together": together,
        "list_sha256": "5f" * 32,
    }
    return ProjectOnBallot.model_validate(values | changes)


def hear(world: World, *facts: ProjectOnBallot) -> None:
    for one in facts:
        with world.resources.uow() as tx:
            listing.project_on_ballot(world.resources, tx, one)


def read(world: World, slug: str) -> Any:
    with world.resources.uow() as tx:
        election = tx.elections.named(slug)
        assert election is not None
        return queries.election_view(tx, election.rules.election_id)


def test_the_last_project_of_a_list_makes_its_election(world: World) -> None:
    one, two, three = fact(1, incompatible=["PAR-2026-000003"]), fact(2), fact(3, incompatible=["PAR-2026-000001"])
    hear(world, three, one)
    assert not world.rows("SELECT 1 FROM elections")
    hear(world, two, one)

    made = read(world, "budget-2027-75012")
    assert (made.state, made.campaign, made.perimeter) == (State.DRAFT, CAMPAIGN, "75012")
    assert made.title == {
        "fr": "Budget participatif 2027 : 12e arrondissement",
        "en": "Participatory budget 2027: 12th arrondissement",
    }
    assert [(item.id, item.dossier, item.cost) for item in made.candidates] == [
        (f.number, f.number, f.cost) for f in (one, two, three)
    ]
    assert made.candidates[0].category == "Nature en ville"
    assert (made.envelope, made.exclusions) == (3_800_000, (("PAR-2026-000001", "PAR-2026-000003"),))
    assert (made.opens_at, made.closes_at) == (one.opens_at, one.closes_at)
    assert made.method.kind == "majority_judgment"
    opened = preparing.open_election(world.resources, world.manager, OpenElection(id=made.id))
    assert opened.rules[0].sha256


def test_the_whole_city_and_each_district_have_their_own(world: World) -> None:
    hear(world, *(fact(n, together=2) for n in (1, 2)))
    hear(world, *(fact(n, together=2, place=None) for n in (3, 4)))

    assert [item.id for item in read(world, "budget-2027").candidates] == ["PAR-2026-000003", "PAR-2026-000004"]
    assert len(read(world, "budget-2027-75012").candidates) == 2


def test_a_draft_that_managers_prepared_is_filled_and_keeps_their_choices(world: World) -> None:
    prepared = draft(slug="mon-vote", campaign=CAMPAIGN, perimeter="75012", envelope=5, candidates=[])
    preparing.draft_election(world.resources, world.manager, prepared)
    hear(world, *(fact(n, together=2) for n in (1, 2)))

    made = read(world, "mon-vote")
    assert len(world.rows("SELECT 1 FROM elections")) == 1
    assert (made.envelope, len(made.candidates)) == (3_800_000, 2)
    assert (made.opens_at, made.method) == (prepared.opens_at.replace(microsecond=0), prepared.method)


def test_a_vote_that_is_open_is_not_touched_when_its_list_comes_again(world: World) -> None:
    facts = [fact(n, together=2) for n in (1, 2)]
    hear(world, *facts)
    made = read(world, "budget-2027-75012")
    preparing.open_election(world.resources, world.manager, OpenElection(id=made.id))
    before = read(world, "budget-2027-75012")
    hear(world, *facts)

    assert read(world, "budget-2027-75012") == before
    assert len(world.rows("SELECT 1 FROM elections")) == 1


def test_an_address_that_is_taken_is_given_a_word_more(world: World) -> None:
    preparing.draft_election(world.resources, world.manager, draft(slug="budget-2027-75012"))
    hear(world, *(fact(n, together=2) for n in (1, 2)))

    assert read(world, "budget-2027-75012-liste").campaign == CAMPAIGN


def test_projects_that_come_at_the_same_moment_make_their_election(world: World) -> None:
    def settled(second: Future[None]) -> bool:
        """Whether the second has come as far as it can: it is through, or waits for the first."""
        waiting = world.rows("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return second.done() or bool(waiting)

    with ThreadPoolExecutor(1) as pool:
        with world.resources.uow() as tx:
            listing.project_on_ballot(world.resources, tx, fact(1, together=2))
            second = pool.submit(hear, world, fact(2, together=2))
            end = monotonic() + 20
            while not settled(second):
                assert monotonic() < end
        second.result()

    assert len(read(world, "budget-2027-75012").candidates) == 2


def test_a_list_whose_vote_is_over_becomes_nothing(world: World) -> None:
    over: dict[str, Any] = {"opens_at": NOW - timedelta(days=30), "closes_at": NOW - timedelta(seconds=1)}
    hear(world, *(fact(n, together=2, **over) for n in (1, 2)))

    assert not world.rows("SELECT 1 FROM elections")
