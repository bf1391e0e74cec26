"""The life of an election: drafted, announced with hashed rules, opened and closed by the calendar."""

import hashlib
from datetime import timedelta
from uuid import uuid4

import pytest
from chassis.auth import Caller
from contracts.errors import Fault, FaultCode
from contracts.voting import (
    CancelElection,
    CloseElection,
    ElectionRef,
    GetRules,
    ListElections,
    ListManagedElections,
    OpenElection,
    ReviseElection,
    State,
)
from voting import queries
from voting.use_cases import closing, preparing

from services.voting.tests.world import NOW, World, citizen, draft, manager

WHY = "Le calendrier de la campagne change pour tout le monde."


def refused(fault: Fault) -> list[tuple[str, str]]:
    return [(error.pointer, error.code) for error in fault.errors]


def revised(**changes: object) -> ReviseElection:
    return ReviseElection.model_validate(draft(**changes).model_dump() | {"notice": changes.get("notice")})


def test_drafting_twice_makes_one_election_and_never_changes_it(world: World) -> None:
    request = draft()

    views = [preparing.draft_election(world.resources, world.manager, request) for _ in range(3)]
    with pytest.raises(Fault) as other:
        preparing.draft_election(world.resources, world.manager, draft(id=request.id, envelope=1))

    assert views[0] == views[1] == views[2]
    assert other.value.reason == "identifier-taken"
    assert len(world.rows("SELECT 1 FROM elections")) == 1


def test_only_a_manager_of_the_perimeter_prepares_an_election(world: World) -> None:
    for caller, code in (
        (Caller(), FaultCode.UNAUTHENTICATED),
        (citizen(), FaultCode.FORBIDDEN),
        (manager("75012"), FaultCode.FORBIDDEN),
    ):
        with pytest.raises(Fault) as fault:
            preparing.draft_election(world.resources, caller, draft())
        assert fault.value.code is code

    assert preparing.draft_election(world.resources, manager("75012"), draft(perimeter="75012")).perimeter == "75012"


def test_everything_wrong_with_a_draft_is_said_at_once(world: World) -> None:
    request = draft(
        title={"en": "Only English"},
        closes_at=NOW - timedelta(hours=2),
        perimeter="nowhere",
        method={"kind": "majority_judgment", "blanks": "worst", "minimum_grade": "sublime"},
        candidates=[{"id": "a", "title": {"fr": "Une idée"}}, {"id": "a", "title": {"en": "An idea"}}],
    )

    with pytest.raises(Fault) as fault:
        preparing.draft_election(world.resources, world.manager, request)

    assert set(refused(fault.value)) == {
        ("/closes_at", "closes-before-opening"),
        ("/title/fr", "missing"),
        ("/candidates/1/title/fr", "missing"),
        ("/candidates/1/id", "duplicate"),
        ("/method/minimum_grade", "unknown-grade"),
        ("/perimeter", "unknown-perimeter"),
    }


def test_rules_of_points_that_contradict_themselves_are_refused(world: World) -> None:
    with pytest.raises(Fault) as fault:
        preparing.draft_election(
            world.resources,
            world.manager,
            draft(
                method={"kind": "points", "points": 3, "max_per_project": 4},
                equal_shares={"use": "rule"},
                secrecy="sealed",
                sealed={"trustees": ["Alix", "Basile"], "threshold": 2},
                eligibility_action="vote_sealed",
            ),
        )

    assert set(refused(fault.value)) == {
        ("/method/max_per_project", "more-than-points"),
        ("/method/kind", "method-needs-open-ballots"),
        ("/equal_shares", "needs-approval"),
        ("/equal_shares", "needs-open-ballots"),
    }


KNAPSACK = {"kind": "knapsack"}


def test_a_ranking_has_no_more_places_than_projects(world: World) -> None:
    made = preparing.draft_election(world.resources, world.manager, draft(method={"kind": "ranking", "max_ranks": 5}))
    with pytest.raises(Fault) as fault:
        preparing.open_election(world.resources, world.manager, OpenElection(id=made.id))

    assert refused(fault.value) == [("/method/max_ranks", "too-many-choices")]


def test_a_knapsack_needs_an_envelope_that_any_of_its_projects_fits_into(world: World) -> None:
    with pytest.raises(Fault) as without:
        preparing.draft_election(world.resources, world.manager, draft(method=KNAPSACK, envelope=None))
    small = preparing.draft_election(world.resources, world.manager, draft(method=KNAPSACK, envelope=350))
    with pytest.raises(Fault) as too_small:
        preparing.open_election(world.resources, world.manager, OpenElection(id=small.id))

    assert refused(without.value) == [("/envelope", "missing")]
    assert refused(too_small.value) == [("/candidates/0/cost", "costs-too-much")]


def test_what_ballots_of_a_knapsack_rest_on_no_longer_changes(world: World) -> None:
    election = world.open(method=KNAPSACK)
    cheaper = [one.model_dump() | {"cost": 1} for one in draft().candidates]
    changes = {"id": election.id, "slug": election.slug, "method": KNAPSACK, "notice": WHY}
    same = {"opens_at": election.opens_at, "closes_at": election.closes_at}

    revision = revised(**changes, **same, envelope=100, candidates=cheaper)
    with pytest.raises(Fault) as fault:
        preparing.revise_election(world.resources, world.manager, revision)

    assert set(refused(fault.value)) == {("/envelope", "rules-frozen"), ("/candidates", "rules-frozen")}


def test_a_sealed_vote_names_its_trustees(world: World) -> None:
    with pytest.raises(Fault) as fault:
        preparing.draft_election(world.resources, world.manager, draft(secrecy="sealed"))

    assert refused(fault.value) == [("/sealed", "missing")]


def test_an_address_is_taken_once(world: World) -> None:
    preparing.draft_election(world.resources, world.manager, draft(slug="budget"))

    with pytest.raises(Fault) as fault:
        preparing.draft_election(world.resources, world.manager, draft(slug="budget"))

    assert refused(fault.value) == [("/slug", "slug-taken")]


def test_announcing_freezes_and_publishes_rules_that_anybody_can_hash(world: World) -> None:
    drafted = preparing.draft_election(
        world.resources, world.manager, draft(opens_at=NOW + timedelta(days=1), closes_at=NOW + timedelta(days=2))
    )

    opened = [preparing.open_election(world.resources, world.manager, OpenElection(id=drafted.id)) for _ in range(2)]
    document = queries.get_rules(world.resources, Caller(), GetRules(election=drafted.slug))

    assert opened[0] == opened[1]
    assert opened[0].state is State.ANNOUNCED
    assert hashlib.sha256(document.canonical.encode()).hexdigest() == document.sha256 == opened[0].rules[0].sha256
    (told,) = world.events("election_announced.v1")
    assert told["rules_sha256"] == document.sha256


def test_an_incomplete_draft_is_not_announced(world: World) -> None:
    drafted = preparing.draft_election(
        world.resources,
        world.manager,
        draft(
            opens_at=NOW - timedelta(days=2),
            closes_at=NOW - timedelta(days=1),
            candidates=[{"id": "a", "title": {"fr": "Une idée"}}],
        ),
    )

    with pytest.raises(Fault) as fault:
        preparing.open_election(world.resources, world.manager, OpenElection(id=drafted.id))

    assert set(refused(fault.value)) == {
        ("/candidates", "too-few-projects"),
        ("/candidates/0/cost", "missing"),
        ("/closes_at", "closing-in-the-past"),
        ("/method/max_choices", "too-many-choices"),
    }


def test_the_calendar_opens_closes_and_publishes(world: World) -> None:
    opened = world.open()
    later = world.open(opens_at=NOW + timedelta(days=1))

    def states() -> list[State]:
        asked = (ElectionRef(election=str(one.id)) for one in (opened, later))
        return [queries.get_election(world.resources, Caller(), one).state for one in asked]

    assert states() == [State.OPEN, State.ANNOUNCED]
    world.count(opened.id)
    closing.follow_calendar(world.resources)
    assert states() == [State.PUBLISHED, State.ANNOUNCED]
    assert len(world.events("election_opened.v1")) == len(world.events("election_closed.v1")) == 1
    assert len(world.events("result_published.v1")) == 1


def test_published_rules_change_only_in_public_and_never_under_cast_ballots(world: World) -> None:
    election = world.open()
    changes = {"id": election.id, "slug": election.slug, "opens_at": election.opens_at}

    with pytest.raises(Fault) as silent:
        preparing.revise_election(world.resources, world.manager, revised(**changes, envelope=700))
    method = {"kind": "approval", "max_choices": 4}
    with pytest.raises(Fault) as touched:
        preparing.revise_election(world.resources, world.manager, revised(**changes, method=method, notice=WHY))
    view = preparing.revise_election(world.resources, world.manager, revised(**changes, envelope=700, notice=WHY))

    assert refused(silent.value) == [("/notice", "missing")]
    assert refused(touched.value) == [("/method", "rules-frozen")]
    assert [(one.version, one.notice) for one in view.rules] == [(1, ""), (2, WHY)]
    assert view.envelope == 700
    (told,) = world.events("election_rules_changed.v1")
    assert told["version"] == 2
    first = queries.get_rules(world.resources, Caller(), GetRules(election=election.slug, version=1))
    assert '"envelope":600' in first.canonical


def test_a_draft_is_seen_by_its_managers_only(world: World) -> None:
    drafted = preparing.draft_election(world.resources, world.manager, draft())
    asked = ElectionRef(election=drafted.slug)

    assert queries.get_election(world.resources, world.manager, asked).state is State.DRAFT
    for caller in (Caller(), citizen(), manager("75012")):
        with pytest.raises(Fault) as fault:
            queries.get_election(world.resources, caller, asked)
        assert fault.value.code is FaultCode.NOT_FOUND
    assert queries.list_elections(world.resources, Caller(), ListElections()).items == ()
    managed = queries.list_managed_elections(world.resources, world.manager, ListManagedElections())
    assert [one.slug for one in managed.items] == [drafted.slug]


def test_closing_and_cancelling_need_a_reason_and_can_be_repeated(world: World) -> None:
    closed, cancelled = world.open(), world.open()
    world.vote(citizen(), cancelled, "shade")

    for _ in range(2):
        view = preparing.close_election(world.resources, world.manager, CloseElection(id=closed.id, reason=WHY))
        other = preparing.cancel_election(world.resources, world.manager, CancelElection(id=cancelled.id, reason=WHY))

    assert (view.state, view.ended_because) == (State.CLOSED, WHY)
    assert (other.state, other.ended_because) == (State.CANCELLED, WHY)
    assert world.rows("SELECT 1 FROM box") == []
    with pytest.raises(Fault) as late:
        preparing.close_election(world.resources, world.manager, CloseElection(id=cancelled.id, reason=WHY))
    assert late.value.reason == "vote-not-open"


def test_unknown_elections_are_not_found(world: World) -> None:
    for act in (
        lambda: preparing.open_election(world.resources, world.manager, OpenElection(id=uuid4())),
        lambda: queries.get_election(world.resources, Caller(), ElectionRef(election="nothing-here")),
        lambda: queries.get_rules(world.resources, Caller(), GetRules(election=world.open().slug, version=9)),
    ):
        with pytest.raises(Fault) as fault:
            act()
        assert fault.value.code is FaultCode.NOT_FOUND


def test_lists_are_read_page_by_page(world: World) -> None:
    slugs = [world.open(closes_at=NOW + timedelta(days=day)).slug for day in (5, 3, 4)]

    first = queries.list_elections(world.resources, Caller(), ListElections(limit=2, campaign="budget-2026"))
    second = queries.list_elections(world.resources, Caller(), ListElections(limit=2, after=first.next))
    with pytest.raises(Fault) as fault:
        queries.list_elections(world.resources, Caller(), ListElections(after="éé"))

    assert [one.slug for one in (*first.items, *second.items)] == [slugs[0], slugs[2], slugs[1]]
    assert second.next is None
    assert refused(fault.value) == [("/after", "unknown-cursor")]
