"""The review of supports on PostgreSQL: scored apart, previewed, decided by two, undone, told without names."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from chassis.auth import Caller
from chassis.database import Database
from contracts import ideas as c
from contracts.errors import Fault
from contracts.territory import Territory
from ideas.domain.rules import Rules, StageRule
from ideas.use_cases import erasure, figures, fraud_report, merging, reading, reviewing, scoring

from services.ideas.tests.conftest import ANYBODY, NOON, City, Clock, TestUnitOfWork, agent, citizen
from services.ideas.tests.unit.test_fraud_score import account
from services.ideas.tests.unit.test_merging import after_the_notice, merge
from services.ideas.tests.unit.test_supports import outcomes, read

WHY = "Des comptes faits le matin même, toutes les dix secondes."
FIRST, SECOND = agent("moderator"), agent("moderator")
ROBOTS = 20


@pytest.fixture
def wave(city: City, clock: Clock) -> c.DossierView:
    """An open suggestion that nine people support, and twenty robots within three minutes."""
    one = city.opened(kind="suggestion")
    for _ in range(9):
        clock.forward(minutes=40)
        city.crowd(one.id, 1)
    clock.forward(minutes=40)
    send(city, clock, one.id)
    return read(city, one.id)


def send(city: City, clock: Clock, idea_id: UUID) -> list[Caller]:
    made = clock.now - timedelta(minutes=5)
    robots = [Caller(account=account(made, n), level=200, today=NOON.date()) for n in range(ROBOTS)]
    for robot in robots:
        city.support(idea_id, robot)
        clock.forward(seconds=9)
    return robots


def group(city: City, who: Caller = FIRST) -> c.FraudGroup:
    scoring.score_recent(city.uow)
    (found,) = reviewing.list_fraud(city.uow, who, c.ListFraud()).items
    return found


def look(city: City, group_id: UUID, who: Caller = FIRST) -> c.FraudView:
    return reviewing.read_fraud_group(city.uow, who, c.ReadFraudGroup(group_id=group_id))


def propose(city: City, group_id: UUID, who: Caller = FIRST) -> c.FraudView:
    return reviewing.propose_invalidation(city.uow, who, c.ProposeInvalidation(group_id=group_id, text=WHY))


def confirm(city: City, group_id: UUID, who: Caller = SECOND) -> c.FraudView:
    return reviewing.confirm_invalidation(city.uow, who, c.ConfirmInvalidation(group_id=group_id))


def undo(city: City, group_id: UUID) -> c.FraudView:
    text = "Ces comptes ont été faits à l’atelier numérique de la bibliothèque."
    return reviewing.undo_invalidation(city.uow, FIRST, c.UndoInvalidation(group_id=group_id, text=text))


def kinds(city: City, idea_id: UUID) -> list[str]:
    record = reading.read_record(city.uow, ANYBODY, c.ReadRecord(dossier=str(idea_id)))
    assert record.intact
    return [step.kind.value for step in record.steps]


def test_the_preview_says_what_would_change_and_names_nobody(city: City, wave: c.DossierView) -> None:
    found = group(city)
    assert found.size == ROBOTS
    assert {reason.signal for reason in found.reasons} == set(c.Signal)
    seen = look(city, found.group_id)
    assert (seen.before, seen.after, seen.stages_lost) == (29, 9, ())
    assert sum(bar.in_group for bar in seen.rhythm) == ROBOTS
    assert "account" not in seen.model_dump_json()
    assert read(city, wave.id).supports == 29, "looking changes nothing"


def test_scoring_again_keeps_the_group_and_its_number(city: City, wave: c.DossierView) -> None:
    assert group(city).group_id == group(city).group_id
    assert wave.supports == 29


def test_a_second_agent_takes_them_out_and_it_can_be_undone(city: City, wave: c.DossierView) -> None:
    found = group(city)
    with pytest.raises(Fault) as early:
        confirm(city, found.group_id)
    assert early.value.reason == "group-decided"
    propose(city, found.group_id)
    with pytest.raises(Fault) as alone:
        confirm(city, found.group_id, FIRST)
    assert alone.value.reason == "another-agent"
    for _ in range(2):
        assert confirm(city, found.group_id).state is c.FraudState.INVALIDATED
    assert read(city, wave.id).supports == 9
    assert kinds(city, wave.id)[-1] == "supports_invalidated"
    robot = Caller(account=account(NOON, 1), level=200, today=NOON.date())
    assert outcomes(city.support(wave.id, robot)) == ["recorded"], "somebody else is not concerned"
    for _ in range(2):
        assert undo(city, found.group_id).state is c.FraudState.UNDONE
    assert read(city, wave.id).supports == 30
    assert kinds(city, wave.id)[-1] == "supports_given_back"
    assert group_is_not_shown_again(city)


def group_is_not_shown_again(city: City) -> bool:
    scoring.score_recent(city.uow)
    return reviewing.list_fraud(city.uow, FIRST, c.ListFraud()).items == ()


@pytest.fixture
def staged(database: Database, rules: Rules, territory: Territory, clock: Clock) -> Iterator[City]:
    """A city whose ideas have stages at 10 and 20 supports."""
    stages = (StageRule("read", 10, 14), StageRule("examination", 20, 90))
    idea = replace(rules.kinds["idea"], stages=stages)
    with database.engine.connect() as connection:
        outer = connection.begin()
        yield City(
            TestUnitOfWork(database, connection, replace(rules, kinds={**rules.kinds, "idea": idea}), clock), territory
        )
        outer.rollback()


def test_stages_are_lost_in_public_and_reached_again(staged: City, clock: Clock) -> None:
    one = staged.opened()
    for _ in range(3):
        clock.forward(minutes=40)
        staged.crowd(one.id, 1)
    clock.forward(minutes=40)
    send(staged, clock, one.id)
    assert read(staged, one.id).state is c.State.UNDER_EXAMINATION
    found = group(staged)
    assert look(staged, found.group_id).stages_lost == ("read", "examination")
    propose(staged, found.group_id)
    confirm(staged, found.group_id)
    assert (read(staged, one.id).state, read(staged, one.id).supports) == (c.State.OPEN, 3)
    assert kinds(staged, one.id)[-3:] == ["supports_invalidated", "stage_lost", "stage_lost"]
    assert fraud_report.read_fraud_report(staged.uow).stages_lost == 2
    undo(staged, found.group_id)
    assert read(staged, one.id).state is c.State.UNDER_EXAMINATION
    assert kinds(staged, one.id)[-3:] == ["supports_given_back", "stage_reached", "stage_reached"]


def test_what_is_dismissed_forgets_who_gave_it(city: City, wave: c.DossierView) -> None:
    found = group(city)
    request = c.DismissFraud(group_id=found.group_id, note="L’atelier de la bibliothèque.")
    for _ in range(2):
        dismissed = reviewing.dismiss_fraud(city.uow, FIRST, request)
    assert (dismissed.state, read(city, wave.id).supports) == (c.FraudState.DISMISSED, 29)
    with city.uow() as tx:
        assert tx.connection.scalar(sa.text("SELECT count(*) FROM fraud_members")) == 0
    assert group_is_not_shown_again(city)


def test_everybody_gets_the_same_answer_before_a_decision(city: City, clock: Clock) -> None:
    one = city.opened(kind="suggestion")
    robot, person = Caller(account=account(clock.now, 1), level=200, today=NOON.date()), citizen()
    first, second = city.support(one.id, robot, person)
    assert not isinstance(first, Fault)
    assert first == second


def test_a_joined_dossier_loses_them_as_well(city: City, clock: Clock, wave: c.DossierView) -> None:
    into = city.opened(kind="suggestion")
    found = group(city)
    merge(city, into.id, wave.id)
    after_the_notice(city, clock)
    assert read(city, into.id).supports == 29
    propose(city, found.group_id)
    confirm(city, found.group_id)
    assert read(city, into.id).supports == read(city, wave.id).supports == 9
    undo(city, found.group_id)
    assert read(city, into.id).supports == read(city, wave.id).supports == 29
    assert len(merging.list_merges(city.uow, city.moderator, c.ListMerges(dossier=into.number)).items) == 1


def test_looks_and_decisions_are_logged_for_auditors_only(city: City, wave: c.DossierView) -> None:
    found = group(city)
    look(city, found.group_id, SECOND)
    propose(city, found.group_id)
    confirm(city, found.group_id)
    log = fraud_report.list_fraud_log(city.uow, agent("auditor"), c.ListFraudLog()).items
    assert [(item.act, item.agent) for item in log] == [
        ("confirm", SECOND.account),
        ("propose", FIRST.account),
        ("look", SECOND.account),
        ("list", FIRST.account),
    ]
    assert log[0].number == wave.number
    for stranger in (FIRST, agent("examiner"), citizen()):
        with pytest.raises(Fault):
            fraud_report.list_fraud_log(city.uow, stranger, c.ListFraudLog())


def test_the_log_has_pages_and_refuses_a_mark_that_no_page_gave(city: City, wave: c.DossierView) -> None:
    found = group(city)
    look(city, found.group_id, SECOND)
    auditor = agent("auditor")
    first = fraud_report.list_fraud_log(city.uow, auditor, c.ListFraudLog(limit=1))
    second = fraud_report.list_fraud_log(city.uow, auditor, c.ListFraudLog(limit=1, after=first.next))
    assert [page.items[0].act for page in (first, second)] == ["look", "list"]

    for last in ("9" * 25, "x", ""):
        mark = urlsafe_b64encode(json.dumps(["fraud-log", 2, last]).encode()).decode()
        with pytest.raises(Fault) as refused:
            fraud_report.list_fraud_log(city.uow, auditor, c.ListFraudLog(after=mark))
        assert refused.value.errors[0].pointer == "/after"


def test_only_moderators_of_the_place_see_groups(city: City, wave: c.DossierView) -> None:
    found = group(city)
    assert figures.read_desk_counts(city.uow, FIRST).fraud == 1
    elsewhere = agent("moderator", "75020")
    assert figures.read_desk_counts(city.uow, elsewhere).fraud == 0
    assert reviewing.list_fraud(city.uow, elsewhere, c.ListFraud()).items == ()
    for stranger in (elsewhere, agent("examiner"), citizen()):
        with pytest.raises(Fault):
            look(city, found.group_id, stranger)
    assert wave.supports == 29


def test_the_public_report_adds_up(city: City, wave: c.DossierView) -> None:
    found = group(city)
    assert fraud_report.read_fraud_report(city.uow).waiting == 1
    propose(city, found.group_id)
    confirm(city, found.group_id)
    report = fraud_report.read_fraud_report(city.uow)
    assert (report.groups, report.waiting, report.invalidated, report.dossiers) == (1, 0, 1, 1)
    assert (report.supports_taken_out, report.supports_given_back, report.supports) == (ROBOTS, 0, 9)
    assert {(one.signal, one.groups, one.confirmed) for one in report.signals} == {(one, 1, 1) for one in c.Signal}
    undo(city, found.group_id)
    report = fraud_report.read_fraud_report(city.uow)
    assert (report.invalidated, report.undone, report.supports_given_back) == (0, 1, ROBOTS)
    assert wave.number not in report.model_dump_json()


def test_an_erased_account_is_still_taken_out_and_named_nowhere(city: City, wave: c.DossierView) -> None:
    found = group(city)
    with city.uow() as tx:
        gone = tx.connection.scalar(sa.text("SELECT account FROM fraud_members LIMIT 1"))
        erasure.forget_citizen(tx, gone)
        left = sa.text("SELECT count(*) FROM fraud_members WHERE account = :account")
        assert tx.connection.scalar(left, {"account": gone}) == 0
    propose(city, found.group_id)
    confirm(city, found.group_id)
    assert read(city, wave.id).supports == 9
