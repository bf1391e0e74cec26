"""The committed examples are what the service really answers and tells, from the wire to the wire, on PostgreSQL."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import contracts
import pytest
from chassis import doors
from chassis.auth import Caller
from chassis.batching import BatchItem
from contracts import ideas as c
from contracts.errors import Fault, FaultCode
from contracts.ideas import CONTRACT
from contracts.registry import Call, event
from contracts.territory import Territory
from ideas.domain.rules import FileRules
from ideas.files.inspecting import Inspect
from ideas.files.looking import Clean
from ideas.files.store import Directory, Store
from ideas.repository import UnitOfWork
from ideas.rpc import IdeasRpc
from ideas.signing import Signer
from ideas.use_cases import alerting, merging, publishing, scoring
from ideas.use_cases import clock as by_clock

from services.ideas.tests.conftest import SECRET, City, Clock
from services.ideas.tests.contract.project_scenario import PROJECTS, WAITS
from services.ideas.tests.contract.scenario import ANYBODY, STEPS

SIGNER = Signer(SECRET)
EXAMPLES = Path(contracts.__file__).parents[1] / "examples" / "ideas"


@dataclass
class Known:
    """Stands for the verifier: it knows who calls."""

    who: Caller

    def caller(self, _context: object) -> Caller:
        return self.who


def as_it_is(content: bytes, _rules: FileRules) -> Clean:
    """What is drawn anew depends on the libraries; examples may not."""
    return Clean("image/png", content, 1, 1, content[:50])


@dataclass
class Resources:
    uow: UnitOfWork
    territory: Territory
    signer: Signer = SIGNER
    store: Store = field(default_factory=lambda: Directory(Path(mkdtemp())))
    inspect: Inspect = as_it_is


def asked(resources: Resources, who: Caller, call: Call[Any, Any], request: object) -> dict[str, Any]:
    """The reply of the service's own door method, through decoding and encoding."""
    door = IdeasRpc()
    door.resources = resources  # type: ignore[assignment]
    method = getattr(IdeasRpc, call.name).__wrapped__
    known: Any = Known(who)

    def one(caller: Caller, read: Any) -> Any:
        answer = method(door, [BatchItem(caller, read)])[0] if call.batch else method(door, caller, read)
        if isinstance(answer, Fault):
            raise answer
        return answer

    return doors.answer(call, known, one, request, {})


def example(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def play(city: City, clock: Clock) -> dict[str, dict[str, Any]]:
    """Everything in its order, a minute apart; what each example was answered."""
    resources = Resources(city.uow, city.territory)
    answered = {}
    for step in (*STEPS, *PROJECTS):
        if step.call is c.LIST_HEADS:
            clock.forward(days=1)
            publishing.publish_due(city.uow, SIGNER)
        clock.forward(days=WAITS.get(step.call, 0))
        if step.call is c.LIST_FRAUD:
            scoring.score_recent(city.uow)
        request = step.request or example(step.call.name)["request"]
        reply = asked(resources, step.who, step.call, request)
        if step.request is None:
            answered[step.call.name] = json.loads(json.dumps(reply))
        clock.forward(minutes=1)
    return answered


def test_every_example_is_what_the_service_answers(city: City, clock: Clock) -> None:
    answered = play(city, clock)
    for name, reply in answered.items():
        assert reply == example(name)["reply"], name
    assert set(answered) == {call.name for call in CONTRACT.calls}


def test_every_event_is_told_as_its_contract_says(city: City, clock: Clock) -> None:
    play(city, clock)
    clock.forward(days=20)
    merging.carry_due(city.uow)
    clock.forward(days=180)
    by_clock.expire_ideas(city.uow)
    alerting.alert_overdue(city.uow)
    told = city.told()
    for topic, payload in told:
        model = event("ideas", topic).payload
        assert model.model_validate(payload).model_dump(mode="json") == payload, topic
    assert {topic for topic, _ in told} == {one.topic for one in CONTRACT.events}


@pytest.mark.parametrize("name", [one.name for one in CONTRACT.events])
def test_the_example_of_an_event_is_of_its_form(name: str) -> None:
    one = next(one for one in CONTRACT.events if one.name == name)
    payload = example(name)["payload"]
    assert one.payload.model_validate(payload).model_dump(mode="json") == payload


@pytest.mark.parametrize("call", [call for call in CONTRACT.calls if not call.batch], ids=lambda call: call.name)
def test_an_empty_request_is_answered_and_never_breaks_anything(city: City, call: Call[Any, Any]) -> None:
    try:
        asked(Resources(city.uow, city.territory), ANYBODY, call, {})
    except Fault as fault:
        assert fault.code in {FaultCode.INVALID, FaultCode.UNAUTHENTICATED}  # noqa: PT017
