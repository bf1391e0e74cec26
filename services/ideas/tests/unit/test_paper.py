"""Signatures on paper, on PostgreSQL: two agents, counted towards the stages, shown apart, corrected in public."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from chassis.auth import Caller
from chassis.database import Database
from contracts import ideas as c
from contracts.errors import Fault
from contracts.territory import Territory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ideas.domain.rules import Rules
from ideas.use_cases import erasure, figures, paper, reading

from services.ideas.tests.conftest import ANYBODY, NOON, City, Clock, TestUnitOfWork, agent, citizen
from services.ideas.tests.unit.test_supports import read

FIRST, SECOND = agent("counter_officer"), agent("counter_officer")


def entering(idea_id: UUID, signatures: int, **changes: object) -> c.EnterPaper:
    sheet = {"place": "Marché d’Aligre", "collected_on": NOON.date(), "reference": "Carton 12, feuilles 3 à 9"}
    entered = {"batch_id": uuid4(), "idea_id": idea_id, "signatures": signatures} | sheet | changes
    return c.EnterPaper.model_validate(entered)


def enter(city: City, idea_id: UUID, signatures: int, who: Caller = FIRST, **changes: object) -> c.PaperView:
    return paper.enter_paper(city.uow, who, entering(idea_id, signatures, **changes))


def confirm(city: City, batch: c.PaperView, who: Caller = SECOND) -> c.PaperView:
    return paper.confirm_paper(city.uow, who, c.ConfirmPaper(batch_id=batch.batch_id))


def withdraw(city: City, batch: c.PaperView) -> c.PaperView:
    request = c.WithdrawPaper(batch_id=batch.batch_id, text="Ces feuilles concernaient une autre idée.")
    return paper.withdraw_paper(city.uow, FIRST, request)


def steps(city: City, idea_id: UUID) -> list[tuple[str, dict[str, str | int]]]:
    record = reading.read_record(city.uow, ANYBODY, c.ReadRecord(dossier=str(idea_id)))
    assert record.intact
    return [(step.kind.value, step.facts) for step in record.steps[2:]]


def test_a_batch_counts_once_a_second_agent_confirms_it(city: City) -> None:
    one = city.opened()
    city.crowd(one.id, 1)
    entered = enter(city, one.id, 2)
    assert (entered.state, entered.may_confirm, read(city, one.id).supports) == (c.PaperState.WAITING, False, 1)
    with pytest.raises(Fault) as alone:
        confirm(city, entered, FIRST)
    assert alone.value.reason == "another-agent"
    for _ in range(2):
        assert confirm(city, entered).state is c.PaperState.COUNTED
    shown = read(city, one.id)
    assert (shown.supports, shown.own_supports, shown.paper_supports) == (3, 1, 2)
    assert [stage.code for stage in shown.stages if stage.reached_on] == ["read", "opinion"]
    kept = {"number": 2, "place": "Marché d’Aligre", "on": "2026-09-01"}
    assert [kind for kind, _ in steps(city, one.id)] == ["paper_counted", "stage_reached", "stage_reached"]
    assert steps(city, one.id)[0][1] == kept, "and not where the sheets are kept"
    counted = [payload for topic, payload in city.told() if topic == "idea_supported.v1"]
    assert [(fact["supports"], fact["progress"]) for fact in counted] == [(1, None), (3, 33)]


def test_a_smaller_correction_and_a_withdrawal_lose_stages_in_public(city: City) -> None:
    one = city.opened()
    first = confirm(city, enter(city, one.id, 5))
    assert read(city, one.id).state is c.State.UNDER_EXAMINATION
    with pytest.raises(Fault) as closed:
        enter(city, one.id, 3, replaces=first.batch_id)
    assert closed.value.reason == "wrong-state"
    assert withdraw(city, first) == withdraw(city, first)
    assert (read(city, one.id).state, read(city, one.id).supports) == (c.State.OPEN, 0)
    second = confirm(city, enter(city, one.id, 4))
    corrected = enter(city, one.id, 2, replaces=second.batch_id)
    assert read(city, one.id).supports == 4, "what is corrected counts until the correction does"
    confirm(city, corrected)
    assert sorted((batch.signatures, batch.state.value) for batch in listed(city, one.number)) == [
        (2, "counted"),
        (4, "replaced"),
        (5, "withdrawn"),
    ]
    shown = read(city, one.id)
    assert (shown.supports, [stage.code for stage in shown.stages if stage.reached_on]) == (2, ["read"])
    assert [kind for kind, _ in steps(city, one.id)][-2:] == ["paper_counted", "stage_lost"]
    assert steps(city, one.id)[-2][1]["instead_of"] == 4
    lost = [payload["stage"] for topic, payload in city.told() if topic == "stage_lost.v1"]
    assert lost == ["read", "opinion", "examination", "opinion"]


def listed(city: City, number: str | None = None, who: Caller = FIRST) -> tuple[c.PaperView, ...]:
    return paper.list_paper(city.uow, who, c.ListPaper(dossier=number)).items


def test_repeating_changes_nothing_and_an_id_is_one_batch(city: City) -> None:
    one = city.opened()
    request = entering(one.id, 7)
    assert paper.enter_paper(city.uow, FIRST, request) == paper.enter_paper(city.uow, FIRST, request)
    with pytest.raises(Fault) as taken:
        paper.enter_paper(city.uow, FIRST, request.model_copy(update={"signatures": 8}))
    assert taken.value.reason == "id-taken"
    assert len(listed(city, one.number)) == 1


def test_what_is_wrong_is_said_at_once(city: City) -> None:
    one = city.opened()
    with pytest.raises(Fault) as refused:
        enter(city, one.id, 3, collected_on=NOON.date() + timedelta(days=1), replaces=uuid4())
    assert [error.pointer for error in refused.value.errors] == ["/collected_on", "/replaces"]
    waiting = city.submitted()
    with pytest.raises(Fault) as closed:
        enter(city, waiting.id, 3)
    assert closed.value.reason == "wrong-state"


def test_only_agents_of_the_place_enter_and_see_batches(city: City) -> None:
    one = city.opened()
    for stranger in (citizen(), agent("examiner"), agent("counter_officer", "75020")):
        with pytest.raises(Fault):
            enter(city, one.id, 3, who=stranger)
    enter(city, one.id, 3)
    assert figures.read_desk_counts(city.uow, SECOND).paper == len(listed(city, who=SECOND)) == 1
    elsewhere = agent("counter_officer", "75020")
    assert figures.read_desk_counts(city.uow, elsewhere).paper == len(listed(city, who=elsewhere)) == 0


def test_an_agent_who_left_is_named_nowhere(city: City) -> None:
    one = city.opened()
    gone = agent("counter_officer")
    entered = enter(city, one.id, 3, who=gone)
    with city.uow() as tx:
        assert gone.account
        erasure.forget_citizen(tx, gone.account)
        assert tx.connection.scalar(sa.text("SELECT entered_by FROM paper_batches")) is None
    assert confirm(city, entered).state is c.PaperState.COUNTED


@pytest.fixture
def small_town(database: Database, rules: Rules, territory: Territory, clock: Clock) -> Iterator[City]:
    """Where one agent is enough."""
    with database.engine.connect() as connection:
        outer = connection.begin()
        alone = replace(rules, second_agent_for_paper=False)
        yield City(TestUnitOfWork(database, connection, alone, clock), territory)
        outer.rollback()


ACTS = st.lists(st.tuples(st.sampled_from(["enter", "correct", "withdraw"]), st.integers(1, 4)), max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
def test_the_count_is_what_counts_and_stages_follow_it(small_town: City, acts: list[tuple[str, int]]) -> None:
    one = small_town.opened()
    live: list[c.PaperView] = []
    for act, number in acts:
        gathers = read(small_town, one.id).state is c.State.OPEN
        if act == "enter" and gathers:
            live.append(enter(small_town, one.id, number))
        elif act == "correct" and live and gathers:
            live.append(enter(small_town, one.id, number, replaces=live.pop().batch_id))
        elif act == "withdraw" and live:
            withdraw(small_town, live.pop())
        shown = read(small_town, one.id)
        assert shown.supports == shown.paper_supports == sum(batch.signatures for batch in live)
        reached = [stage.code for stage in shown.stages if stage.reached_on]
        assert reached == [stage.code for stage in shown.stages if shown.supports >= stage.supports]
        assert (shown.state is c.State.UNDER_EXAMINATION) == (shown.supports >= 5)
