"""Commitments: made with a favourable answer, followed with their clock, public, each change in the record."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from contracts import ideas as c
from contracts.errors import Fault
from ideas.use_cases import alerting, commitments, examining, figures

from services.ideas.tests.conftest import City, Clock, agent, citizen
from services.ideas.tests.unit.test_examination import WHY, answered
from services.ideas.tests.unit.test_opinions import awaited, steps

FIRST, SECOND = UUID(int=1), UUID(int=2)
VOIRIE = agent("examiner", "voirie")
STUDY = {"commitment_id": FIRST, "text": "Publier l’étude des sols.", "due_on": "2026-10-01"}


def accepted(city: City) -> c.DossierView:
    return answered(city, commitments=[STUDY])


def follow(city: City, one: c.DossierView, outcome: str, **more: Any) -> c.DossierView:
    content = {"idea_id": one.id, "commitment_id": FIRST, "outcome": outcome, "text": WHY} | more
    return commitments.follow_commitment(city.uow, VOIRIE, c.FollowCommitment.model_validate(content))


def promise(city: City, one: c.DossierView, due_on: str = "2026-12-01") -> c.DossierView:
    content = {"idea_id": one.id, "commitment_id": SECOND, "text": "Planter les arbres.", "due_on": due_on}
    return commitments.make_commitment(city.uow, VOIRIE, c.MakeCommitment.model_validate(content))


def states(one: c.DossierView) -> list[tuple[str, int | None]]:
    return [(promise.state.value, promise.days_left) for promise in one.commitments]


def test_a_favourable_answer_turns_into_promises_with_their_clock(city: City) -> None:
    one = accepted(city)
    assert states(one) == [("due", 30)]
    assert one.clock is not None
    assert (one.clock.kind, one.clock.days_left) == (c.ClockKind.COMMITMENT, 30)
    assert states(promise(city, one)) == states(promise(city, one)) == [("due", 30), ("due", 91)]
    assert [step.kind.value for step in steps(city, one)[-2:]] == ["commitment_made"] * 2
    assert awaited(city, VOIRIE, c.ExaminationFilter.FOLLOW_UP) == [("follow-up", None, 30)]


def test_only_a_favourable_answer_promises_and_only_those_in_charge(city: City) -> None:
    with pytest.raises(Fault) as declined:
        answered(city, outcome="declined", reason="not-competent", commitments=[STUDY])
    assert [error.pointer for error in declined.value.errors] == ["/commitments"]
    one = accepted(city)
    for somebody in (citizen(), agent("examiner", "espaces-verts")):
        content = {"idea_id": one.id, "commitment_id": uuid4(), "text": WHY, "due_on": "2027-01-01"}
        with pytest.raises(Fault) as refused:
            commitments.make_commitment(city.uow, somebody, c.MakeCommitment.model_validate(content))
        assert refused.value.reason == "role-needed"
    with pytest.raises(Fault) as past:
        promise(city, one, "2026-08-01")
    assert [error.pointer for error in past.value.errors] == ["/due_on"]


def test_a_promise_is_kept_in_time_or_done_late(city: City, clock: Clock) -> None:
    one = promise(city, accepted(city))
    kept = follow(city, one, "done", on=date(2026, 9, 1))
    assert states(kept) == [("kept", None), ("due", 91)]
    assert str(kept.clock.due_on if kept.clock else "") == "2026-12-01"
    clock.forward(days=95)
    late = follow(city, one, "done", commitment_id=SECOND)
    assert [state for state, _ in states(late)] == ["kept", "done"]
    assert steps(city, one)[-1].facts["late_days"] == 4
    with pytest.raises(Fault) as closed:
        follow(city, one, "done")
    assert closed.value.reason == "commitment-closed"


def test_another_date_needs_a_reason_and_the_record_keeps_the_first(city: City, clock: Clock) -> None:
    one = accepted(city)
    clock.forward(days=33)
    for changes, pointer in (
        ({"on": date(2026, 12, 1)}, "/reason"),
        ({"reason": "longer-studies"}, "/on"),
        ({"on": date(2026, 9, 2), "reason": "longer-studies"}, "/on"),
    ):
        with pytest.raises(Fault) as wrong:
            follow(city, one, "postponed", **changes)
        assert [error.pointer for error in wrong.value.errors] == [pointer]
    later = follow(city, one, "postponed", on=date(2026, 12, 1), reason="longer-studies")
    assert states(later) == [("due", 58)]
    facts = steps(city, one)[-1].facts
    assert (facts["instead_of"], facts["due_on"], facts["late_days"]) == ("2026-10-01", "2026-12-01", 3)


def test_an_abandoned_dossier_leaves_no_promise_open(city: City) -> None:
    one = promise(city, accepted(city))
    content = {"idea_id": one.id, "state": "abandoned", "reason": "too-costly", "text": WHY}
    left = examining.record_progress(city.uow, VOIRIE, c.RecordProgress.model_validate(content))
    assert states(left) == [("dropped", None), ("dropped", None)]
    assert awaited(city, VOIRIE, c.ExaminationFilter.FOLLOW_UP) == []
    assert [payload["outcome"] for topic, payload in city.told() if topic == "commitment_changed.v1"] == [
        "made",
        "made",
        "dropped",
        "dropped",
    ]


def test_promises_are_public_figures_and_late_ones_are_named_and_told_to_agents(city: City, clock: Clock) -> None:
    one = promise(city, accepted(city))
    clock.forward(days=40)
    public = figures.read_transparency(city.uow)
    assert public.commitments == c.CommitmentFigures(due=1, late=1)
    assert [(late.number, late.days_late) for late in public.late_commitments] == [(one.number, 10)]
    alerting.alert_overdue(city.uow)
    told = [payload["services"] for topic, payload in city.told() if topic == "examination_overdue.v1"]
    assert ["voirie"] in told
