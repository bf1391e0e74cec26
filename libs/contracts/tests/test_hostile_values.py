"""Every hostile string in every text of every request: refused with its place, or plain text that travels and is kept.

The strings are those of the published list in the folder of real data (``DECIDER_DATA``) and some of our own.
"""

import copy
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from contracts.errors import from_validation
from contracts.registry import SERVICES, Call, contract
from contracts.schemas import DIRECTORY
from pydantic import ValidationError

EXAMPLES = DIRECTORY.parent / "examples"
ROOT = Path(__file__).parents[3]
LIST = Path(os.environ.get("DECIDER_DATA", ROOT.parent / "shared" / "data")) / "moderation" / "blns.json"
OURS = ("", " ", "\x00", "a\x00b", "\ud800", "\udfff\ud800", "\x1b[31m", "\u202e", "\ufeff", "\ufffe", "é" * 20_000)
PUBLISHED: list[str] = json.loads(LIST.read_text(encoding="utf-8")) if LIST.exists() else []
EVERY = 11
"""Each text gets ours and every eleventh of the published ones, always others."""
Place = tuple[str | int, ...]


def texts(document: object, here: Place = ()) -> Iterator[Place]:
    """The place of each text in a document."""
    if isinstance(document, str):
        yield here
    parts = (
        document.items() if isinstance(document, dict) else enumerate(document if isinstance(document, list) else ())
    )
    for key, part in parts:
        yield from texts(part, (*here, key))


def with_text(document: Any, place: Place, text: str) -> Any:
    """The document with another text at a place."""
    changed = copy.deepcopy(document)
    inside = changed
    for key in place[:-1]:
        inside = inside[key]
    inside[place[-1]] = text
    return changed


def example(call: Call[Any, Any]) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((EXAMPLES / call.service / f"{call.name}.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = read["request"]
    return found


def every_text(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from (*every_text(key), *every_text(part))
    elif isinstance(value, list):
        for part in value:
            yield from every_text(part)


WITH_TEXT = [call for service in SERVICES for call in contract(service).calls if list(texts(example(call)))]


@pytest.mark.parametrize("call", WITH_TEXT, ids=lambda call: call.route)
def test_what_is_accepted_can_be_sent_and_kept(call: Call[Any, Any]) -> None:
    given = example(call)
    for number, place in enumerate(texts(given)):
        for text in (*OURS, *PUBLISHED[number % EVERY :: EVERY]):
            document = with_text(given, place, text)
            try:
                request = call.request.model_validate(document, extra="forbid")
            except ValidationError as error:
                fault = from_validation(error, document)
                assert fault.errors, (place, text)
                assert all(one.pointer.startswith(f"/{place[0]}") or not one.pointer for one in fault.errors), fault
            else:
                travelled = json.loads(request.model_dump_json())
                assert call.request.model_validate(travelled) == request
                assert not [one for one in every_text(travelled) if "\x00" in one], (place, text)


def unbounded(schema: dict[str, Any], parts: dict[str, Any], here: str = "") -> Iterator[str]:
    """The places of whole numbers that have no greatest value: a database's columns have one."""
    if name := schema.get("$ref", "").rpartition("/")[2]:
        schema = parts[name]
    if schema.get("type") == "integer" and not {"maximum", "exclusiveMaximum", "enum", "const"} & schema.keys():
        yield here
    inside = [(f"{here}/{name}", one) for name, one in schema.get("properties", {}).items()]
    inside += [(here, one) for key in ("anyOf", "oneOf") for one in schema.get(key, ())]
    inside += [(here, schema[key]) for key in ("items", "additionalProperties") if isinstance(schema.get(key), dict)]
    for place, one in inside:
        yield from unbounded(one, parts, place)


@pytest.mark.parametrize(
    "call", [c for service in SERVICES for c in contract(service).calls], ids=lambda call: call.route
)
def test_every_whole_number_of_a_request_has_a_greatest_value(call: Call[Any, Any]) -> None:
    schema = call.request.model_json_schema()
    assert not list(unbounded(schema, schema.get("$defs", {})))
