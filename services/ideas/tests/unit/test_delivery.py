"""Works on PostgreSQL: dates, progress and money on every record with a reason; delivered once, told once."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from contracts import ideas as c
from contracts.errors import Fault
from contracts.voting import Verdict
from hypothesis import given
from hypothesis import strategies as st
from ideas.domain import delivery
from ideas.domain.delivery import News, Works
from ideas.domain.dossier import State
from ideas.domain.problems import DomainError
from ideas.domain.project import Project, Standing
from ideas.domain.rules import Rules
from ideas.use_cases import delivering, projects

from services.ideas.tests.conftest import NOON, City, Clock, agent, citizen
from services.ideas.tests.unit.test_admissibility import read
from services.ideas.tests.unit.test_ballot import freeze, outcome, publish, retained
from services.ideas.tests.unit.test_commission import EXAMINER
from services.ideas.tests.unit.test_projects import dossier, ideas, last

__all__ = ["ideas", "retained"]
TEXT = "Les entreprises sont choisies, le chantier commence à l’automne."


@pytest.fixture
def won(city: City, clock: Clock, retained: list[c.DossierView]) -> list[c.DossierView]:
    """The first project, of two ideas (the first and the last), has won."""
    freeze(city)
    publish(city, outcome(retained[0], Verdict.WON, 1), outcome(retained[1], Verdict.TOO_EXPENSIVE, 2))
    clock.forward(days=220)
    return retained


def tell(city: City, one: c.DossierView, version: int, who: Any = EXAMINER, **more: Any) -> c.ProjectView:
    request = {"idea_id": one.id, "version": version, "text": TEXT} | more
    return delivering.record_works(city.uow, who, c.RecordWorks.model_validate(request))


def refused(city: City, one: c.DossierView, version: int, **more: Any) -> set[tuple[str, str]]:
    with pytest.raises(Fault) as fault:
        tell(city, one, version, **more)
    return {(error.pointer, error.code) for error in fault.value.errors} or {("", fault.value.reason or "")}


def test_works_go_from_a_date_to_the_delivery_and_every_idea_is_told(
    city: City, clock: Clock, won: list[c.DossierView]
) -> None:
    made = tell(city, won[0], 0, state="planned", due_on="2028-06-30", estimated=400_000)
    assert made.works is not None
    assert (made.state, made.works.due_on, made.works.days_late, made.cost) == (
        "planned", date(2028, 6, 30), None, 400_000,
    )  # fmt: skip
    clock_ = read(city, won[0])[0].clock
    assert clock_ is not None
    assert clock_.due_on == date(2028, 6, 30)
    tell(city, won[0], 1, state="under_way", progress=20, committed=380_000)
    for one in (won[0], won[3]):
        assert last(city, one) == ("under_way", {"progress": 20, "committed": 380_000})
    clock.forward(days=300)
    done = tell(city, won[0], 2, state="delivered", spent=379_000, on=clock.now.date())

    assert done.works is not None
    assert (done.state, done.works.progress, done.works.delivered_on) == ("delivered", 100, clock.now.date())
    assert done.works.days_late == (clock.now.date() - date(2028, 6, 30)).days
    assert last(city, won[3])[1]["late_days"] == done.works.days_late
    told = [payload for topic, payload in city.told() if topic == "project_delivered.v1"]
    assert [(one["number"], one["year"]) for one in told] == [(won[0].number, 2027)]
    assert refused(city, won[0], 3, state="delivered") == {("", "wrong-state")}
    assert tell(city, won[0], 3, spent=380_000).state == "delivered"


def test_a_later_date_and_more_money_each_need_their_reason(city: City, won: list[c.DossierView]) -> None:
    tell(city, won[0], 0, state="planned", due_on="2028-06-30")
    later = {"due_on": "2028-12-31", "committed": 420_001}

    assert refused(city, won[0], 1, **later) == {("/reason", "unknown-reason"), ("/variance", "unknown-reason")}
    assert refused(city, won[0], 1, **later, reason="cost-prices", variance="cost-prices") == {
        ("/reason", "unknown-reason")
    }
    made = tell(city, won[0], 1, **later, reason="supply-or-works", variance="cost-prices")
    kind, facts = last(city, won[3])

    assert made.works is not None
    assert (made.works.first_due_on, made.works.due_on) == (date(2028, 6, 30), date(2028, 12, 31))
    assert (kind, facts["instead_of"], facts["variance"]) == ("news", "2028-06-30", "cost-prices")
    assert tell(city, won[0], 2, due_on="2028-11-30").works is not None
    assert refused(city, won[0], 3, due_on="2020-01-01", on="2040-01-01") == {
        ("/due_on", "date-past"),
        ("/on", "date-to-come"),
    }


def test_what_is_given_up_says_why(city: City, won: list[c.DossierView]) -> None:
    assert refused(city, won[0], 0, state="abandoned") == {("/reason", "unknown-reason")}
    made = tell(city, won[0], 0, state="abandoned", reason="withdrawn-by-partner")

    assert (made.state, read(city, won[3])[0].state) == ("abandoned", "abandoned")
    assert last(city, won[3])[0] == "abandoned"


def test_only_what_won_is_built_by_its_service_and_nobody_tells_twice(city: City, won: list[c.DossierView]) -> None:
    assert refused(city, won[1], 0, state="planned") == {("", "not-selected")}
    for stranger in (citizen(), agent("moderator"), agent("examiner", "voirie")):
        with pytest.raises(Fault):
            tell(city, won[0], 0, stranger)
    tell(city, won[0], 0, agent("examiner", "espaces-verts"))
    with pytest.raises(Fault, match="since you read it"):
        tell(city, won[0], 0)
    assert tell(city, won[0], 1, agent("campaign_manager", "75012")).works is not None


def test_the_works_of_a_campaign_are_added_up(city: City, clock: Clock, won: list[c.DossierView]) -> None:
    publish(city, outcome(won[2], Verdict.WON, 1))
    tell(city, won[0], 0, state="planned", due_on="2028-06-30", committed=100)
    clock.forward(days=300)
    summary = delivering.read_works(city.uow, c.ReadWorks(year=2027))

    assert (summary.projects, summary.accepted, summary.planned, summary.late) == (2, 1, 1, 1)
    assert (summary.voted, summary.committed, summary.spent) == (840_000, 100, 0)
    listed = projects.list_projects(city.uow, c.ListProjects.model_validate({"year": 2027, "states": ["selected"]}))
    assert [one.works is None for one in listed.items] == [False, True]


MOVES = st.lists(
    st.tuples(
        st.sampled_from([None, "planned", "under_way", "delivered", "abandoned"]),
        st.one_of(st.none(), st.integers(-5, 40)),
        st.one_of(st.none(), st.integers(0, 900)),
    ),
    max_size=12,
)


@given(moves=MOVES)
def test_whatever_is_told_the_first_promise_stays_and_nothing_over_the_vote_goes_without_a_reason(
    rules: Rules, moves: list[tuple[str | None, int | None, int | None]]
) -> None:
    leader = dossier(1)
    project = Project(leader.id, 2027, "T", "D", "", (leader.id,), standing=Standing.SELECTED, voted=500)
    works, dossiers = Works(), {leader.id: replace(leader, state=State.ACCEPTED)}
    first = None
    for state, days, spent in moves:
        due = None if days is None else NOON.date() + timedelta(days=days)
        news = News("Voilà.", State(state) if state else None, due_on=due, spent=spent)
        try:
            after, (change,) = delivery.tell(project, works, dossiers, rules, NOON, news=news, version=works.version)
        except DomainError:
            continue
        assert due is None or works.due_on is None or due <= works.due_on
        assert spent is None or spent <= 500 or spent == works.spent
        works, dossiers = after, {leader.id: change.dossier}
        first = first or works.due_on
        assert works.first_due_on == first
        assert (works.delivered_on is not None) == (change.dossier.state is State.DELIVERED)
