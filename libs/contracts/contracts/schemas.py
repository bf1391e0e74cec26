"""The contracts as JSON Schemas in files, and what of a change would break those who already speak them.

``python -m contracts export`` writes the files; a test compares them with the models, so that no contract changes
without being seen.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contracts.registry import SERVICES, contract

DIRECTORY = Path(__file__).parent.parent / "schemas"
SENT_TO_SERVICE = "request"
"""In a request a new obligation breaks callers; in a reply or a payload a missing promise breaks readers."""

Schema = dict[str, Any]


def documents(service: str) -> Iterator[tuple[str, dict[str, Schema]]]:
    """Each call and event of a service: its name and its schemas (``request`` and ``reply``, or ``payload``)."""
    promised = contract(service)
    for call in promised.calls:
        request = call.request.model_json_schema(mode="validation")
        yield call.name, {SENT_TO_SERVICE: request, "reply": call.reply.model_json_schema(mode="serialization")}
    for event in promised.events:
        yield f"{event.name}.v{event.version}", {"payload": event.payload.model_json_schema(mode="serialization")}


def written(document: dict[str, Schema]) -> str:
    """The text of a schema file."""
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def export(directory: Path = DIRECTORY) -> int:
    """Write every schema; how many files. Files of contracts that are gone stay: remove them by hand, knowingly."""
    count = 0
    for service in SERVICES:
        (directory / service).mkdir(parents=True, exist_ok=True)
        for name, document in documents(service):
            (directory / service / f"{name}.json").write_text(written(document), encoding="utf-8")
            count += 1
    return count


def breaking(old: Schema, new: Schema, *, part: str) -> list[str]:
    """What in ``new`` breaks those who speak ``old``, in words; empty if the change only adds."""
    return list(_object_breaks(_Sides(part, old, new), old, new, "")) if old != new else []


@dataclass(frozen=True, slots=True)
class _Sides:
    """The two documents in which references are looked up, and the part of the contract they are."""

    part: str
    old: Schema
    new: Schema


def _resolved(schema: Schema, root: Schema) -> Schema:
    reference = schema.get("$ref")
    return root["$defs"][reference.rsplit("/", 1)[1]] if reference else schema


def _object_breaks(sides: _Sides, old: Schema, new: Schema, at: str) -> Iterator[str]:
    old, new = _resolved(old, sides.old), _resolved(new, sides.new)
    if old.get("type") != new.get("type"):
        yield f"{sides.part}{at}: the type changes from {old.get('type')} to {new.get('type')}"
        return
    yield from _required_breaks(old, new, sides.part, at)
    yield from _value_breaks(old, new, sides.part, at)
    for name, schema in old.get("properties", {}).items():
        if name in new.get("properties", {}):
            yield from _object_breaks(sides, schema, new["properties"][name], f"{at}/{name}")
    if "items" in old and "items" in new:
        yield from _object_breaks(sides, old["items"], new["items"], f"{at}/*")


def _required_breaks(old: Schema, new: Schema, part: str, at: str) -> Iterator[str]:
    was, now = set(old.get("required", ())), set(new.get("required", ()))
    gone = set(old.get("properties", {})) - set(new.get("properties", {}))
    for name in sorted(gone):
        yield f"{part}{at}/{name}: is gone"
    added = now - was if part == SENT_TO_SERVICE else was - now - gone
    for name in sorted(added):
        yield f"{part}{at}/{name}: " + ("must now be given" if part == SENT_TO_SERVICE else "is no longer promised")


def _value_breaks(old: Schema, new: Schema, part: str, at: str) -> Iterator[str]:
    was, now = set(map(str, old.get("enum", ()))), set(map(str, new.get("enum", ())))
    lost = was - now if part == SENT_TO_SERVICE else set()
    if was and now and lost:
        yield f"{part}{at}: no longer takes {', '.join(sorted(lost))}"
