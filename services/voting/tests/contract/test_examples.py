"""The committed examples are what the service really answers and tells, from the wire to the wire, on PostgreSQL."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import contracts
import pytest
import sqlalchemy as sa
from contracts.errors import Fault, FaultCode
from contracts.registry import Call
from contracts.voting import CAST_BALLOT, CONTRACT
from voting.resources import Resources

from services.voting.tests.contract import sealed_scenario
from services.voting.tests.contract.scenario import ANYBODY, CITIZEN, STEPS, asked, play, still

EXAMPLES = Path(contracts.__file__).parents[1] / "examples" / "voting"


@pytest.fixture
def resources(fresh_database: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Resources]:
    made = still(fresh_database("voting"), monkeypatch)
    yield made
    made.uow.database.close()


def example(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def requests() -> dict[str, Any]:
    return {call.name: example(call.name)["request"] for call in CONTRACT.calls}


def test_every_example_is_what_the_service_answers(resources: Resources) -> None:
    for name, reply in play(resources, requests()):
        assert reply == example(name)["reply"], name
    played = {call.name for _, call in STEPS} | {call.name for call in sealed_scenario.STEPS}
    assert played == {call.name for call in CONTRACT.calls}


def test_every_example_of_sealed_votes_is_what_the_service_answers(
    resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(name: str, request: dict[str, Any], reply: dict[str, Any]) -> None:
        assert {"request": request, "reply": reply} == example(name), name

    sealed_scenario.play(resources, monkeypatch, check)


def test_every_event_is_as_its_contract_says(resources: Resources) -> None:
    play(resources, requests())
    with resources.uow() as tx:
        told = tx.connection.execute(sa.text("SELECT topic, payload FROM event_log ORDER BY position")).all()

    first: dict[str, Any] = {}
    for topic, payload in told:
        event = next(event for event in CONTRACT.events if event.topic == topic)
        event.payload.model_validate(payload, extra="forbid")
        first.setdefault(event.name, payload)
    assert first == {event.name: example(event.name)["payload"] for event in CONTRACT.events}


@pytest.mark.parametrize("call", CONTRACT.calls, ids=lambda call: call.name)
@pytest.mark.parametrize(
    "request_", [{}, [], None, "x", {"election_id": 3, "id": "x", "election": "É", "limit": 10**30, "method": {}}]
)
def test_a_misshapen_request_is_answered_with_its_errors_before_anything_is_read(
    monkeypatch: pytest.MonkeyPatch, call: Call[Any, Any], request_: object
) -> None:
    resources = still("postgresql://nobody@127.0.0.1:1/nothing", monkeypatch)
    if request_ == {} and call.name.startswith("list_"):
        return
    with pytest.raises(Fault) as refused:
        asked(resources, ANYBODY if call is not CAST_BALLOT else CITIZEN, call, request_)
    assert refused.value.code is FaultCode.INVALID
    assert refused.value.errors
