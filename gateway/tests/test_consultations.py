"""The pages of consultations: answers page by page with nothing lost, results, files, the agents' editor."""

import csv
import io
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import contracts
import falcon.testing
import pytest
from contracts import consultations as calls
from contracts import identity
from contracts.errors import Fault
from contracts.registry import Call
from gateway.forms import form_editing
from gateway.forms.questionnaire import asked_on, open_pages
from gateway.site.consultations import charts
from gateway.site.consultations.spreadsheets import FORMULA, to_csv
from gateway.testing import samples
from gateway.testing.stand_ins import Browser, FakeServices
from hypothesis import given
from hypothesis import strategies as st

EXAMPLES = Path(contracts.__file__).parents[1] / "examples" / "consultations"
PAGE = "/consultations/les-horaires-des-bibliotheques"
DESK = "/bureau/consultations"


def example(call: Call[Any, Any], **changes: Any) -> Any:
    """The reply of a committed example."""
    reply = json.loads((EXAMPLES / f"{call.name}.json").read_text(encoding="utf-8"))["reply"]
    return call.reply.model_validate(reply | changes)


def draft(values: dict[str, Any], *problems: dict[str, Any]) -> calls.DraftView:
    kept: calls.DraftView = example(calls.SAVE_DRAFT, values=values, problems=list(problems))
    return kept


@pytest.fixture
def service(services: FakeServices) -> FakeServices:
    """A service that gives its examples; the person has a draft and no answer."""
    for call in calls.CONTRACT.calls:
        services.on(call, example(call))
    services.on(calls.READ_MY_ANSWER, calls.MyAnswer(draft=draft({"when": "evening"})))
    services.on(identity.SIGN_IN, samples.session())
    services.on(identity.MY_ACCOUNT, samples.account())
    return services


@pytest.fixture
def person(browser: Browser, service: FakeServices) -> Browser:
    sent = browser.send("/compte/connexion", "/compte/connexion", {"login": "nadia@exemple.fr", "password": "secret"})
    assert sent.status_code == 303
    service.asked.clear()
    return browser


@pytest.fixture
def agent(browser: Browser, service: FakeServices) -> Browser:
    browser.cookies["access"] = samples.token("campaign_manager")
    return browser


def asked(services: FakeServices, call: Any) -> list[Any]:
    return [request for route, request, _ in services.asked if route == call.route]


@pytest.mark.parametrize("path", ["/consultations", PAGE, f"{PAGE}/resultats", f"{PAGE}/resultats/library"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_anybody_reads(browser: Browser, service: FakeServices, path: str, language: str) -> None:
    answer = browser.get(path, **{"Accept-Language": language})
    assert answer.status_code == 200
    assert ("Library opening hours" in answer.text) == (language == "en")


def test_answering_asks_to_sign_in_first(browser: Browser, service: FakeServices) -> None:
    answer = browser.get(f"{PAGE}/repondre/1")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/compte/connexion?suite={PAGE}/repondre/1")


def test_a_page_is_kept_and_leads_to_the_next(person: Browser, service: FakeServices) -> None:
    service.on(calls.SAVE_DRAFT, draft({"when": "evening"}))
    sent = {"q-when": "evening", "q-why": "", "q-obstacles": ["closed", "seats"], "q-card": ""}

    answer = person.send(f"{PAGE}/repondre/1", f"{PAGE}/repondre/1", sent | {"act": "next"})

    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}/repondre/2")
    assert asked(service, calls.SAVE_DRAFT)[0].values == {
        "when": "evening",
        "why": None,
        "obstacles": ("closed", "seats"),
        "card": None,
    }


def test_the_last_page_leads_to_the_review_and_ranks_make_a_ranking(person: Browser, service: FakeServices) -> None:
    service.on(calls.SAVE_DRAFT, draft({"when": "evening"}))
    ranks = {"q-measures-rank-sunday": "2", "q-measures-rank-late": "1", "q-measures-rank-morning": "3"}

    answer = person.send(f"{PAGE}/repondre/2", f"{PAGE}/repondre/2", {**ranks, "q-satisfied": "4", "act": "next"})

    assert answer.headers["location"] == f"{PAGE}/relire"
    values = asked(service, calls.SAVE_DRAFT)[0].values
    assert (values["measures"], values["satisfied"]) == (("late", "sunday", "morning"), 4)


def test_every_error_is_shown_at_once_and_nothing_typed_is_lost(person: Browser, service: FakeServices) -> None:
    problems = (
        {"question": "satisfied", "code": "out-of-range", "detail": "", "limits": {"ge": 1, "le": 5}},
        {"question": "library", "code": "too-long", "detail": "", "limits": {"max_length": 80}},
        {"question": "when", "code": "missing", "detail": ""},
    )
    service.on(calls.SAVE_DRAFT, draft({}, *problems))
    typed = {"q-library": "<b>Saint-Éloi</b> " * 9, "q-satisfied": "9", "act": "next"}
    ranks = {"q-measures-rank-sunday": "1", "q-measures-rank-late": "1"}

    answer = person.send(f"{PAGE}/repondre/2", f"{PAGE}/repondre/2", typed | ranks)

    assert answer.status_code == 422
    assert "3 points à corriger" in answer.text
    assert "&lt;b&gt;Saint-Éloi&lt;/b&gt;" in answer.text
    assert "<b>Saint-Éloi" not in answer.text
    for said in ("Choisissez de 1 à 5.", "80 caractères", "Donnez chaque rang une seule fois."):
        assert said in answer.text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Fault.wrong_state(reason="closed"), 409),
        (Fault.unavailable(), 503),
        (Fault.forbidden(reason="not-resident"), 403),
    ],
)
def test_what_was_typed_stays_when_the_service_says_no(
    person: Browser, service: FakeServices, fault: Fault, status: int
) -> None:
    service.on(calls.SAVE_DRAFT, fault)

    answer = person.send(f"{PAGE}/repondre/2", f"{PAGE}/repondre/2", {"q-library": "Picpus", "act": "next"})

    assert answer.status_code == status
    assert 'value="Picpus"' in answer.text


def test_unreadable_characters_stop_the_page_and_the_rest_is_kept(person: Browser, service: FakeServices) -> None:
    service.on(calls.SAVE_DRAFT, draft({}))

    for act in ("next", "back", "later"):
        answer = person.send(
            f"{PAGE}/repondre/2", f"{PAGE}/repondre/2", {"q-library": "a\x00b", "q-satisfied": "3", "act": act}
        )
        assert answer.status_code == 422
    kept = asked(service, calls.SAVE_DRAFT)[0].values
    assert "library" not in kept
    assert kept["satisfied"] == 3


def test_sending_goes_to_the_receipt(person: Browser, service: FakeServices) -> None:
    answer = person.send(f"{PAGE}/relire", f"{PAGE}/relire", {})

    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}/recu")
    assert asked(service, calls.SUBMIT_ANSWER)[0].values == {"when": "evening"}
    service.on(calls.READ_MY_ANSWER, example(calls.READ_MY_ANSWER))
    receipt = person.get(f"{PAGE}/recu").text
    assert "<span>2222</span>" in receipt


def test_beginning_tells_who_may_not_answer_before_they_type(person: Browser, service: FakeServices) -> None:
    service.on(calls.SAVE_DRAFT, Fault.forbidden(reason="not-resident"))
    service.on(calls.READ_MY_ANSWER, calls.MyAnswer())

    assert person.send(PAGE, f"{PAGE}/commencer", {}).status_code == 403


def test_the_table_of_results_is_no_formula(browser: Browser, service: FakeServices) -> None:
    answer = browser.get(f"{PAGE}/resultats.csv")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][:2] == ["when", "Quand allez-vous le plus souvent à la bibliothèque ?"]
    assert answer.headers["content-disposition"].startswith("attachment")
    assert json.loads(browser.get(f"{PAGE}/resultats.json").content)["answers"] == 1


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_no_cell_begins_like_a_formula_and_every_text_survives(cells: list[str]) -> None:
    written = to_csv([f"c{n}" for n in range(len(cells))], [cells]).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(written, newline=""), delimiter=";"))[1]
    assert [one.removeprefix("'") for one in read] == [one.removeprefix("'") for one in cells]
    assert not any(one.lstrip(" ").startswith(FORMULA) for one in read)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=11))
def test_columns_stand_on_the_floor_and_side_by_side(counts: list[int]) -> None:
    columns = charts.histogram([calls.Bar(value=value, count=count) for value, count in enumerate(counts)])
    assert all(abs(one.y + one.height - charts.FLOOR) < 0.2 for one in columns)
    assert all(one.x + one.width <= other.x for one, other in pairwise(columns))


FORM: calls.Form = example(calls.READ_CONSULTATION).form


def test_a_condition_on_an_earlier_page_hides_and_on_the_same_page_tells() -> None:
    raw = FORM.model_dump()
    raw["pages"][1]["questions"][0]["shown_if"] = {"question": "card", "options": ["yes"]}
    raw["pages"][1]["questions"] = raw["pages"][1]["questions"][:1]
    form = calls.Form.model_validate(raw)

    assert [question.key for question in asked_on(form, form.pages[0], {})] == ["when", "why", "obstacles", "card"]
    assert open_pages(form, {}) == (1,)
    assert open_pages(form, {"card": "yes"}) == (1, 2)


@given(st.lists(st.tuples(st.sampled_from(["why", "when", "card", "satisfied", "shifts"]), st.sampled_from([-1, 1]))))
def test_moving_questions_loses_none(moves: list[tuple[str, int]]) -> None:
    form = FORM
    for key, step in moves:
        form = form_editing.move_question(form, key, step)

    def keys(one: calls.Form) -> list[str]:
        return sorted(question.key for page in one.pages for question in page.questions)

    assert keys(form) == keys(FORM)
    assert keys(form_editing.remove_page(form, "habits")) == keys(FORM)


def test_where_consultations_are_not_deployed_nothing_shows(make_app: Callable[..., Any]) -> None:
    client = falcon.testing.TestClient(make_app(services="identity"))
    assert client.simulate_get("/consultations").status_code == 404
    assert client.simulate_get("/api/v1/consultations").status_code == 404
    assert "consultation" not in client.simulate_get("/api/v1/openapi.json").text
    assert "/consultations" not in client.simulate_get("/").text
