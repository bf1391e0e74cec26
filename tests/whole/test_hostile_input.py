"""Hostile strings in every text field of the API: a clear answer always, never a 500, nothing echoed unescaped.

The strings are read from the published list in the folder of real data (DECIDER_DATA, or shared/data beside the
repository); without it a short list of our own is sent.
"""

import json
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.whole.conftest import Suite

pytestmark = pytest.mark.timeout(900)
ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("DECIDER_DATA", ROOT.parent / "shared" / "data"))
OURS = [
    "\x00",
    "\ud800",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "\u202e",
    "％ｓ",
    "{{7*7}}",
    "=HYPERLINK(1)",
    "𝕏" * 300,
]
EVERY = 7
"""Every so many strings per field: over all fields each string is sent to several."""


def strings() -> list[str]:
    file = DATA / "moderation" / "blns.json"
    return [*OURS, *(json.loads(file.read_text(encoding="utf-8")) if file.exists() else ())]


def writes(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each operation with a body: method, path, and the schema of its body."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {}) if isinstance(operation, dict) else {}
            if "application/json" in content:
                yield method.upper(), path, content["application/json"]["schema"]


def resolved(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        found: dict[str, Any] = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        return found
    return schema


def text_fields(schema: dict[str, Any], document: dict[str, Any]) -> list[str]:
    fields = resolved(schema, document).get("properties", {})
    return [name for name, one in fields.items() if '"string"' in json.dumps(resolved(one, document))]


def address(path: str) -> str:
    parts = [str(uuid.uuid4()) if part.startswith("{") else part for part in path.split("/")]
    return "/api/v1" + "/".join(parts)


def encoded(body: dict[str, Any]) -> bytes:
    return json.dumps(body).encode()  # ASCII escapes: lone surrogates travel too


def unlimited(suite: Suite) -> httpx.Client:
    """A client from the address that has no rate limit."""
    return httpx.Client(base_url=suite.site, transport=httpx.HTTPTransport(local_address="127.0.0.2"), timeout=30)


def test_no_text_field_answers_with_an_accident(suite: Suite) -> None:
    document = httpx.get(f"{suite.site}/api/v1/openapi.json").json()
    agent = suite.as_("demonstration@example.org")
    headers = {"Authorization": f"Bearer {agent.token}", "Content-Type": "application/json"}
    words, sent, accidents = strings(), 0, []
    with httpx.Client(
        base_url=suite.site, transport=httpx.HTTPTransport(local_address="127.0.0.2"), timeout=30
    ) as http:
        for method, path, schema in writes(document):
            for number, field in enumerate(text_fields(schema, document)):
                for word in words[number % EVERY :: EVERY * 3]:
                    answer = http.request(method, address(path), content=encoded({field: word}), headers=headers)
                    sent += 1
                    if answer.status_code >= 500:
                        accidents.append((method, path, field, word, answer.status_code))
    assert sent > 500
    assert not accidents


def test_what_is_searched_is_never_an_accident(suite: Suite) -> None:
    found = {}
    with httpx.Client(
        base_url=suite.site, transport=httpx.HTTPTransport(local_address="127.0.0.2"), timeout=30
    ) as http:
        for word in strings()[::5]:
            text = word.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
            for path, name in (("/idees", "q"), ("/api/v1/ideas", "text")):
                found[path, text] = http.get(path, params={name: text}).status_code
    assert not {key: status for key, status in found.items() if status >= 500}


def test_a_hostile_title_is_shown_as_text(suite: Suite) -> None:
    agent = suite.as_("demonstration@example.org")
    id_ = str(uuid.uuid4())
    idea = {
        "idea_id": id_,
        "kind": "idea",
        "title": "<script>alert(1)</script> {{7*7}} et des arbres",
        "text": "[lien](javascript:alert(1)) <img src=x onerror=alert(1)> " + "du texte " * 80,
        "theme": "nature",
        "place": {"scope": "city"},
    }
    made = agent.post("/ideas", idea)
    agent.post(f"/desk/ideas/{id_}/approval", {})
    _status, page = suite.page(f"/dossiers/{made['number']}")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page
    assert "onerror" not in page.replace("&lt;img src=x onerror=alert(1)&gt;", "")
    assert 'href="javascript:' not in page
