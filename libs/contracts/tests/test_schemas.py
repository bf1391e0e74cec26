"""No contract changes unseen: the committed schemas and examples are what the models say."""

import json
from typing import Any

import pytest
from contracts.registry import SERVICES, contract
from contracts.schemas import DIRECTORY, breaking, documents, written

EXAMPLES = DIRECTORY.parent / "examples"


def _documents() -> list[Any]:
    return [pytest.param(s, n, d, id=f"{s}.{n}") for s in SERVICES for n, d in documents(s)]


@pytest.mark.parametrize(("service", "name", "document"), _documents())
def test_the_committed_schema_is_the_current_one(service: str, name: str, document: dict[str, Any]) -> None:
    file = DIRECTORY / service / f"{name}.json"
    assert file.exists(), "a new contract: run `python -m contracts export` and commit its schema"
    committed = json.loads(file.read_text(encoding="utf-8"))
    broken = [row for part in committed for row in breaking(committed[part], document[part], part=part)]
    assert not broken, "this breaks those who speak it: add a new version instead"
    assert file.read_text(encoding="utf-8") == written(document), "it grew: run `python -m contracts export`"


def test_every_committed_schema_is_of_a_contract_that_exists() -> None:
    current = {f"{service}/{name}.json" for service in SERVICES for name, _document in documents(service)}
    assert {str(file.relative_to(DIRECTORY)) for file in DIRECTORY.rglob("*.json")} == current


@pytest.mark.parametrize("call", [c for s in SERVICES for c in contract(s).calls], ids=lambda c: c.route)
def test_every_call_has_an_example_that_its_models_accept(call: Any) -> None:
    example = json.loads((EXAMPLES / call.service / f"{call.name}.json").read_text(encoding="utf-8"))
    request = call.request.model_validate(example["request"], extra="forbid")
    reply = call.reply.model_validate(example["reply"], extra="forbid")
    assert call.request.model_validate(request.model_dump(mode="json")) == request
    assert call.reply.model_validate(reply.model_dump(mode="json")) == reply


@pytest.mark.parametrize(
    "event", [e for s in SERVICES for e in contract(s).events], ids=lambda e: f"{e.service}.{e.topic}"
)
def test_every_event_has_an_example_that_its_model_accepts(event: Any) -> None:
    example = json.loads((EXAMPLES / event.service / f"{event.name}.json").read_text(encoding="utf-8"))
    event.payload.model_validate(example["payload"], extra="forbid")


OLD = {
    "type": "object",
    "properties": {"a": {"type": "string"}, "b": {"enum": ["x", "y"], "type": "string"}},
    "required": ["a"],
}


@pytest.mark.parametrize(
    ("change", "part", "word"),
    [
        ({"required": ["a", "b"]}, "request", "must now be given"),
        ({"required": []}, "reply", "no longer promised"),
        ({"properties": {"b": OLD["properties"]["b"]}}, "payload", "is gone"),  # type: ignore[index]
        ({"properties": OLD["properties"] | {"a": {"type": "integer"}}}, "reply", "the type changes"),  # type: ignore[operator]
        ({"properties": OLD["properties"] | {"b": {"enum": ["x"], "type": "string"}}}, "request", "no longer takes y"),  # type: ignore[operator]
    ],
)
def test_what_breaks_is_named(change: dict[str, Any], part: str, word: str) -> None:
    assert any(word in row for row in breaking(OLD, OLD | change, part=part))


@pytest.mark.parametrize("part", ["request", "reply"])
def test_a_new_optional_field_breaks_nobody(part: str) -> None:
    grown = OLD | {"properties": OLD["properties"] | {"c": {"type": "string"}}}  # type: ignore[operator]
    assert breaking(OLD, grown, part=part) == []
