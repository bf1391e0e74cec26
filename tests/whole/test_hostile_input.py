"""Hostile strings in every text of the API: a clear answer always, never a 500, nothing echoed unescaped.

One text of an otherwise valid request is replaced at a time, so that the strings reach the rules and the database.
"""

import base64
import json
import zlib
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from gateway.api.routes import ApiRoute

from gateway import modules
from tests.whole.city import City
from tests.whole.conftest import ALL, Suite
from tests.whole.examples import Place, kinds_of_texts, request_of, with_text
from tests.whole.strings import OURS, SCRIPT, for_field, in_path, sendable
from tests.whole.valid import RECIPES, WRITES, Valid, name, request_for, split

pytestmark = pytest.mark.timeout(600)
READS = tuple(route for module in modules.load(tuple(ALL.split(","))) for route in module.api if route.reads)


def as_example(_city: City) -> Valid:
    return Valid()


@pytest.fixture(scope="module")
def http(suite: Suite) -> Iterator[httpx.Client]:
    with suite.client() as client:
        yield client


def send(http: httpx.Client, route: ApiRoute, fields: dict[str, Any], token: str) -> httpx.Response:
    address, body = split(route, fields)
    path = "/api/v1" + route.path.format(**{key: in_path(text) for key, text in address.items()})
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    content = json.dumps(body).encode()  # ASCII escapes: lone surrogates travel too
    return http.request(route.method, path, content=content, headers=headers | {"Content-Type": "application/json"})


def token_of(city: City, valid: Valid) -> str:
    return city.agent.token if valid.token is None else valid.token


def number_of(route: ApiRoute, place: Place) -> int:
    return zlib.crc32(f"{name(route)} {place}".encode())


def complaint(answer: httpx.Response) -> str:
    """What is wrong with an answer; nothing, if it is a clear one."""
    if answer.is_success:
        return ""
    problem = answer.json() if answer.headers["content-type"] == "application/problem+json" else {}
    if answer.status_code >= 500 or not problem:
        return f"{answer.status_code} {answer.text[:200]}"
    if answer.status_code == 422 and not (problem.get("errors") or problem.get("reason")):
        return f"422 without saying why: {answer.text[:200]}"
    return ""


def test_every_recipe_is_of_an_operation_that_exists() -> None:
    assert set(RECIPES) <= {name(route) for route in WRITES}


@pytest.mark.parametrize("route", WRITES, ids=name)
def test_no_text_of_a_request_causes_an_accident(route: ApiRoute, city: City, http: httpx.Client) -> None:
    make = RECIPES.get(name(route), as_example)
    valid = make(city)
    unchanged = request_for(route, valid)
    complaints = []
    for place in kinds_of_texts(unchanged):
        for word in for_field(number_of(route, place)):
            answer = send(http, route, with_text(request_for(route, valid), place, word), token_of(city, valid))
            if wrong := complaint(answer):
                complaints.append((place, word, wrong))
            if answer.is_success:  # it did what it does: the next one needs another thing to do it to
                valid = make(city)
    valid = make(city)  # nobody has guessed at its password yet
    accepted = send(http, route, request_for(route, valid), token_of(city, valid))
    assert not complaints
    assert accepted.is_success or name(route) not in RECIPES, accepted.text


@pytest.mark.parametrize("route", READS, ids=name)
def test_no_text_of_a_query_causes_an_accident(route: ApiRoute, city: City, http: httpx.Client) -> None:
    headers = {"Authorization": f"Bearer {city.agent.token}"}
    example = {key: value for key, value in request_of(route.call).items() if isinstance(value, str)}
    wanted = {**example, **({"after": ""} if "after" in route.call.request.model_fields else {})}
    complaints = []
    for number, field in enumerate(sorted({*wanted, *route.path_fields})):
        words = (*for_field(number_of(route, (number,))), *(forged() if field == "after" else ()))
        for word in words:
            sent = {**example, field: sendable(word)}
            path = "/api/v1" + route.path.format(**{key: in_path(sent.pop(key, "x")) for key in route.path_fields})
            if wrong := complaint(http.get(path, params=sent, headers=headers)):
                complaints.append((field, word, wrong))
    assert not complaints


def forged() -> Iterator[str]:
    """Marks of the end of a page as nobody has made them."""
    moment, id_ = "2026-01-01T00:00:00+00:00", "01927f3e-0000-7000-8000-0000000000d1"
    parts: tuple[Any, ...] = (moment, id_, "\x00", "9" * 30, "0001-01-01T00:00:00", "", None, [], {}, 10**30, -1)
    documents: list[Any] = [*parts, *([one] for one in parts), *([one, id_] for one in parts)]
    documents += [[moment, one] for one in parts] + [[moment, one, "\x00"] for one in parts]
    for document in documents:
        yield base64.urlsafe_b64encode(json.dumps(document).encode()).decode()
    yield from (base64.urlsafe_b64encode(text).decode() for text in (b"\xff", b"\x00", f"{moment} {id_}\x00".encode()))


def test_a_mark_changed_by_hand_is_refused(city: City, http: httpx.Client) -> None:
    headers = {"Authorization": f"Bearer {city.agent.token}"}
    complaints, lists = [], 0
    for route in READS:
        if "after" not in route.call.request.model_fields or route.path_fields:
            continue
        path = "/api/v1" + route.path
        known = {key: value for key, value in request_of(route.call).items() if key not in {"after", "limit"}}
        mark = http.get(path, params={**known, "limit": 1}, headers=headers).json().get("next")
        for changed in changes(mark) if mark else ():
            lists += 1
            if wrong := complaint(http.get(path, params={**known, "after": changed}, headers=headers)):
                complaints.append((route.path, changed, wrong))
    assert lists > 20
    assert not complaints


def changes(mark: str) -> Iterator[str]:
    """A real mark with one part replaced by what is not of its kind."""
    raw = base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4))
    try:
        parts = json.loads(raw)
    except ValueError:
        parts = None
    if not isinstance(parts, list):
        yield from (base64.urlsafe_b64encode(raw + end).decode() for end in (b"\x00", b"0", b" "))
        return
    wrongs: tuple[Any, ...] = ("\x00", "9" * 30, 10**30, None, [], "0001-01-01", "9999-12-31T23:59:59+00:00", "-1")
    for position in range(len(parts)):
        for wrong in wrongs:
            changed = [*parts[:position], wrong, *parts[position + 1 :]]
            yield base64.urlsafe_b64encode(json.dumps(changed).encode()).decode().rstrip("=")


def test_what_is_searched_is_never_an_accident(http: httpx.Client) -> None:
    words = [word for number in range(40) for word in for_field(number)[len(OURS) - 4 :]]
    found = {word: http.get("/idees", params={"q": sendable(word)}).status_code for word in words}
    assert not {word: status for word, status in found.items() if status >= 500}


def test_a_hostile_title_is_shown_as_text(suite: Suite, city: City) -> None:
    title = f"{SCRIPT} {{{{7*7}}}} et des arbres"
    text = "[lien](javascript:alert(1)) <img src=x onerror=alert(1)> " + "du texte " * 80
    idea = {"kind": "idea", "title": title, "text": text, "theme": "nature", "place": {"scope": "city"}}
    made = city.agent.post("/ideas", idea, token=city.writer().token)
    city.agent.post(f"/desk/ideas/{made['id']}/approval", {})
    _status, page = suite.page(f"/dossiers/{made['number']}")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page
    assert "onerror" not in page.replace("&lt;img src=x onerror=alert(1)&gt;", "")
    assert 'href="javascript:' not in page
