"""The requests of the contracts' examples, and the places of the texts in them."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from contracts.registry import Call

EXAMPLES = Path(__file__).parents[2] / "libs" / "contracts" / "examples"
Place = tuple[str | int, ...]


def request_of(call: Call[Any, Any]) -> dict[str, Any]:
    """The example of a request."""
    found: dict[str, Any] = json.loads((EXAMPLES / call.service / f"{call.name}.json").read_text(encoding="utf-8"))
    return dict(found["request"])


def texts(document: object, here: Place = ()) -> Iterator[Place]:
    """The place of each text in a document."""
    if isinstance(document, str):
        yield here
    inside = document if isinstance(document, list) else ()
    for key, part in document.items() if isinstance(document, dict) else enumerate(inside):
        yield from texts(part, (*here, key))


def kinds_of_texts(document: object) -> Iterator[Place]:
    """The place of each text, once for all items of a list: they are read alike."""
    seen: set[Place] = set()
    for place in texts(document):
        kind = tuple("*" if isinstance(part, int) else part for part in place)
        if kind not in seen:
            seen.add(kind)
            yield place


def with_text(document: Any, place: Place, text: str) -> Any:
    """The document with another text at a place."""
    changed = copy.deepcopy(document)
    inside = changed
    for key in place[:-1]:
        inside = inside[key]
    inside[place[-1]] = text
    return changed
