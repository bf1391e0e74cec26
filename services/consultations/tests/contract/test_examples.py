"""The committed examples are what the service really answers, from the wire to the wire, on PostgreSQL."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import contracts
import pytest
from chassis import doors
from chassis.auth import Caller
from consultations.repository import UnitOfWork
from consultations.rpc import ConsultationsRpc
from contracts.consultations import CONTRACT
from contracts.errors import Fault, FaultCode
from contracts.registry import Call

from services.consultations.tests.contract.scenario import ANYBODY, STEPS
from services.consultations.tests.support import Clock, Neighbours, told_in_full

EXAMPLES = Path(contracts.__file__).parents[1] / "examples" / "consultations"
DRAWN = {"receipt": "2222-2222-2222"}
"""What is drawn by lot, and what the examples say instead."""


@dataclass
class Known:
    """Stands for the verifier: it knows who calls."""

    who: Caller

    def caller(self, _context: object) -> Caller:
        return self.who


@dataclass
class Resources:
    uow: UnitOfWork
    people: Neighbours


def asked(resources: Resources, who: Caller, call: Call[Any, Any], request: object) -> dict[str, Any]:
    """The reply of the service's own door method, through decoding and encoding."""
    door = ConsultationsRpc()
    door.resources = resources  # type: ignore[assignment]
    method = getattr(ConsultationsRpc, call.name).__wrapped__
    known: Any = Known(who)
    return doors.answer(call, known, lambda caller, read: method(door, caller, read), request, {})


def settled(value: Any) -> Any:
    """The value with what is drawn by lot replaced."""
    if isinstance(value, dict):
        return {key: DRAWN.get(key, settled(one)) for key, one in value.items()}
    return [settled(one) for one in value] if isinstance(value, list) else value


def example(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def test_every_example_is_what_the_service_answers(uow: UnitOfWork, people: Neighbours, clock: Clock) -> None:
    resources = Resources(uow, people)
    for who, call in STEPS:
        reply = asked(resources, who, call, example(call.name)["request"])
        clock.forward(minutes=1)
        if call.name != "submit_answer":
            assert settled(reply) == example(call.name)["reply"], call.name
    assert {call.name for _, call in STEPS} == {call.name for call in CONTRACT.calls}


def test_every_event_is_as_its_contract_says(uow: UnitOfWork, people: Neighbours, clock: Clock) -> None:
    resources = Resources(uow, people)
    for who, call in STEPS:
        asked(resources, who, call, example(call.name)["request"])
        clock.forward(minutes=1)

    seen = set()
    for topic, payload in told_in_full(uow):
        event = next(event for event in CONTRACT.events if event.topic == topic)
        event.payload.model_validate(payload, extra="forbid")
        assert payload == example(event.name)["payload"]
        seen.add(event.name)
    assert seen == {event.name for event in CONTRACT.events}


@pytest.mark.parametrize("call", CONTRACT.calls, ids=lambda call: call.name)
@pytest.mark.parametrize(
    "request_", [{}, [], None, "x", {"consultation_id": 3, "values": [], "version": "x", "limit": 10**30}]
)
def test_a_misshapen_request_is_answered_with_its_errors(
    uow: UnitOfWork, people: Neighbours, call: Call[Any, Any], request_: object
) -> None:
    if request_ == {} and call.name.startswith("list_") and call.name != "list_texts":
        return
    with pytest.raises(Fault) as refused:
        asked(Resources(uow, people), ANYBODY, call, request_)
    assert refused.value.code is FaultCode.INVALID
    assert refused.value.errors
