"""Batches: poison is found by splitting, an outage decides nothing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
import sqlalchemy as sa
from chassis.auth import Caller
from chassis.batching import BatchItem, NotNow, Slot, by_message, fill, reply_body
from chassis.database import is_outage, is_unreachable
from chassis.wire import loads
from contracts.base import Reply
from contracts.errors import Fault
from hypothesis import given
from hypothesis import strategies as st

from libs.chassis.tests.sample.contract import Given

MESSAGES: list[Any] = [object(), object(), object()]


def slots_of(count: int) -> list[Slot]:
    ids = [uuid4() for _ in range(count)]
    return [Slot(str(n), {}, MESSAGES[n % 3], BatchItem(Caller(), id_)) for n, id_ in enumerate(ids)]


def wanted(slot: Slot) -> UUID:
    assert slot.item is not None
    return slot.item.request  # type: ignore[no-any-return]


@given(st.integers(1, 60), st.sets(st.integers(0, 59), max_size=6))
def test_only_the_poisonous_are_refused_and_each_is_parked_once(count: int, poisonous: set[int]) -> None:
    slots = slots_of(count)
    bad = {wanted(slots[n]) for n in poisonous if n < count}
    parked: list[UUID] = []

    def method(items: Sequence[BatchItem[Any]]) -> Sequence[Reply | Fault]:
        if any(item.request in bad for item in items):
            raise ValueError("poison")
        return [Given(gift_id=item.request, repeated=False) for item in items]

    fill(slots, method, lambda slot, _error: parked.append(wanted(slot)))
    assert sorted(parked) == sorted(bad)
    for slot in slots:
        if wanted(slot) in bad:
            assert isinstance(slot.answer, Fault)
        else:
            assert isinstance(slot.answer, Given)
            assert slot.answer.gift_id == wanted(slot)


@pytest.mark.parametrize("error", [sa.exc.OperationalError("SELECT 1", {}, Exception("gone")), NotNow()])
def test_an_outage_or_an_ending_process_leaves_everything_undecided(error: Exception) -> None:
    slots = slots_of(4)

    def method(_items: object) -> Sequence[Reply | Fault]:
        raise error

    with pytest.raises(type(error)):
        fill(slots, method, lambda *_: pytest.fail("nothing is poison"))
    assert all(slot.answer is None for slot in slots)


def test_a_slot_that_is_refused_already_is_not_asked() -> None:
    slots = slots_of(2)
    slots[0].answer = Fault.unauthenticated()
    asked: list[int] = []

    def method(items: Sequence[BatchItem[Any]]) -> Sequence[Reply | Fault]:
        asked.append(len(items))
        return [Given(gift_id=item.request, repeated=False) for item in items]

    fill(slots, method, lambda *_: None)
    assert asked == [1]


def test_answers_go_back_in_the_message_that_asked() -> None:
    slots = slots_of(7)
    for slot in slots:
        slot.answer = Fault.not_found() if slot.id == "3" else Given(gift_id=wanted(slot), repeated=False)
    replies = [loads(reply_body(group))["replies"] for group in by_message(slots)]
    assert sorted(len(group) for group in replies) == [2, 2, 3]
    by_id = {reply["id"]: reply for group in replies for reply in group}
    assert len(by_id) == 7
    assert Fault.from_json(by_id["3"]["error"]).code.value == "not-found"


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (sa.exc.OperationalError("", {}, Exception()), True),
        (sa.exc.InterfaceError("", {}, Exception()), True),
        (sa.exc.TimeoutError(), True),
        (sa.exc.IntegrityError("", {}, Exception()), False),
        (sa.exc.DataError("", {}, Exception()), False),
        (ValueError(), False),
    ],
)
def test_what_counts_as_an_outage(error: Exception, *, outage: bool) -> None:
    assert is_outage(error) is outage


@pytest.mark.parametrize(
    ("cause", "away"),
    [
        (psycopg.OperationalError("connection refused"), True),
        (psycopg.errors.AdminShutdown("terminating"), True),
        (psycopg.errors.CannotConnectNow("starting up"), True),
        (psycopg.errors.QueryCanceled("statement timeout"), False),
        (psycopg.errors.DeadlockDetected("deadlock"), False),
        (psycopg.errors.LockNotAvailable("lock timeout"), False),
    ],
)
def test_a_database_that_is_away_is_told_from_one_that_is_busy(cause: Exception, *, away: bool) -> None:
    assert is_unreachable(sa.exc.OperationalError("SELECT 1", {}, cause)) is away
