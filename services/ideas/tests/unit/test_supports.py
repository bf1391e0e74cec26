"""Supports on PostgreSQL: one per person, counted in the batch, stages stamped once, progress told once."""

import threading
from uuid import uuid4

import pytest
import sqlalchemy as sa
from chassis.batching import BatchItem
from chassis.database import Database
from chassis.testing.databases import TestDatabases
from contracts import ideas as c
from contracts.errors import Fault, FaultCode
from contracts.territory import Territory
from ideas.domain.rules import Rules
from ideas.repository import UnitOfWork
from ideas.use_cases import reading, supporting

from services.ideas.tests.conftest import ANYBODY, City, agent, citizen


def read(city: City, idea_id: object, caller: object = ANYBODY) -> c.DossierView:
    return reading.read_idea(city.uow, caller, c.ReadIdea(dossier=str(idea_id)))  # type: ignore[arg-type]


def outcomes(answers: list[c.SupportView | Fault]) -> list[str]:
    return [answer.reason if isinstance(answer, Fault) else answer.outcome.value for answer in answers]


def test_one_support_per_person_however_often_it_is_asked(city: City) -> None:
    one, person = city.opened(), citizen()
    assert outcomes(city.support(one.id, person, person)) == ["recorded", "recorded"]
    assert outcomes(city.support(one.id, person)) == ["already"]
    shown = read(city, one.id, person)
    assert (shown.supports, shown.mine and shown.mine.supported) == (1, True)
    assert [name for name, _ in city.told()].count("idea_supported.v1") == 1


def test_a_batch_answers_each_request_as_it_deserves(city: City) -> None:
    waiting, one, nobody = city.submitted(), city.opened(), ANYBODY
    items = [
        BatchItem(person, c.SupportIdea(idea_id=idea_id))
        for person, idea_id in [
            (citizen(), one.id),
            (nobody, one.id),
            (citizen(level=100), one.id),
            (citizen(), waiting.id),
            (citizen(), uuid4()),
        ]
    ]
    answers = list(supporting.support_ideas(city.uow, items))
    expected = ["recorded", "sign-in-needed", "level-too-low", "no-such-dossier", "no-such-dossier"]
    assert outcomes(answers) == expected


def test_a_support_can_be_taken_back_until_the_threshold(city: City) -> None:
    one = city.opened()
    first, *others = city.crowd(one.id, 4)
    assert outcomes(city.withdraw(one.id, first, first, citizen())) == ["withdrawn"] * 3
    assert read(city, one.id).supports == 3
    city.crowd(one.id, 2)
    assert read(city, one.id).state is c.State.UNDER_EXAMINATION
    assert outcomes(city.withdraw(one.id, others[0])) == ["not-gathering"]
    assert outcomes(city.support(one.id, citizen())) == ["not-gathering"]
    assert outcomes(city.support(one.id, others[0])) == ["already"]


def test_stages_are_dated_once_and_told(city: City) -> None:
    one = city.opened()
    people = city.crowd(one.id, 2)
    city.withdraw(one.id, *people)
    city.crowd(one.id, 5)
    stages = read(city, one.id).stages
    assert [(stage.code, str(stage.reached_on), str(stage.due_on)) for stage in stages] == [
        ("read", "2026-09-01", "2026-09-15"),
        ("opinion", "2026-09-01", "2026-10-01"),
        ("examination", "2026-09-01", "2026-11-30"),
    ]
    reached = [payload["stage"] for topic, payload in city.told() if topic == "stage_reached.v1"]
    assert reached == ["read", "opinion", "examination"]
    record = reading.read_record(city.uow, ANYBODY, c.ReadRecord(dossier=one.number))
    assert [step.facts.get("stage") for step in record.steps][2:] == ["read", "opinion", "examination"]
    assert record.intact
    assert record.clock is not None
    assert (record.clock.kind, record.clock.days_left) == (c.ClockKind.ANSWER, 90)


def test_progress_is_told_once_and_without_any_name(city: City) -> None:
    one = city.opened()
    people = city.crowd(one.id, 2)
    city.withdraw(one.id, *people)
    for _ in range(5):
        city.crowd(one.id, 1)
    told = [payload for topic, payload in city.told() if topic == "idea_supported.v1"]
    assert [payload["progress"] for payload in told if payload["progress"]] == [33, 66, 100]
    assert sum(payload["change"] for payload in told) == 5
    names = {str(person.account) for person in people}
    assert not names & {str(value) for payload in told for value in payload.values()}


def test_invalid_supports_are_taken_out_with_a_public_trace_and_do_not_come_back(city: City) -> None:
    one = city.opened()
    people = city.crowd(one.id, 5)
    bad = [person.account for person in people[:3]]
    request = c.InvalidateSupports(idea_id=one.id, account_ids=bad, text="Trois comptes créés par un robot.")
    with pytest.raises(Fault) as forbidden:
        supporting.invalidate_supports(city.uow, city.moderator, request)
    assert forbidden.value.code is FaultCode.FORBIDDEN
    for _ in range(2):
        after = supporting.invalidate_supports(city.uow, agent("administrator"), request)
    assert (after.state, after.supports) == (c.State.OPEN, 2)
    assert [stage.code for stage in after.stages if stage.reached_on] == ["read"]
    record = reading.read_record(city.uow, ANYBODY, c.ReadRecord(dossier=one.number))
    lost = [step for step in record.steps if step.kind is c.StepKind.STAGE_LOST]
    assert [step.facts["stage"] for step in lost] == ["opinion", "examination"]
    assert outcomes(city.support(one.id, people[0])) == ["support-invalid"]
    city.crowd(one.id, 3)
    assert read(city, one.id).state is c.State.UNDER_EXAMINATION


@pytest.fixture
def shared(fresh_database: TestDatabases, rules: Rules, territory: Territory) -> City:
    """A database of its own, really committed: for transactions that run side by side."""
    return City(UnitOfWork(Database(fresh_database("ideas"), size=10), rules), territory)


def test_batches_side_by_side_reach_the_threshold_once(shared: City) -> None:
    ideas = [shared.opened().id for _ in range(3)]
    batches = [
        [BatchItem(citizen(), c.SupportIdea(idea_id=one)) for one in (ideas if turn % 2 else ideas[::-1]) * 2]
        for turn in range(8)
    ]
    ready = threading.Barrier(len(batches))
    answers: list[c.SupportView | Fault] = []

    def run(batch: list[BatchItem[c.SupportIdea]]) -> None:
        ready.wait()
        answers.extend(supporting.support_ideas(shared.uow, batch))

    threads = [threading.Thread(target=run, args=[batch]) for batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 48
    reached = [(p["idea_id"], p["stage"]) for topic, p in shared.told() if topic == "stage_reached.v1"]
    assert sorted(reached) == sorted((str(one), s) for one in ideas for s in ("read", "opinion", "examination"))
    for one in ideas:
        shown = read(shared, one)
        assert shown.state is c.State.UNDER_EXAMINATION
        recorded = [a for a in answers if not isinstance(a, Fault) and a.idea_id == one]
        assert shown.supports == len(recorded) >= 5
        assert reading.read_record(shared.uow, ANYBODY, c.ReadRecord(dossier=str(one))).intact
    with shared.uow() as tx:
        counted = tx.connection.execute(sa.text("SELECT count(*) FROM supports")).scalar()
    assert counted == sum(read(shared, one).supports for one in ideas)
    shared.uow.database.close()


def test_numbers_taken_side_by_side_have_no_gap(shared: City) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(shared.submitted().number)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [f"PAR-{found[0][4:8]}-{n:06d}" for n in range(1, 9)]
    shared.uow.database.close()
