"""The agents' editor of consultations, and the answers that leave it."""

import csv
import io
import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import contracts
import pytest
from contracts import consultations as calls
from contracts import identity
from contracts.registry import Call
from gateway.testing import samples
from gateway.testing.stand_ins import Browser, FakeServices

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


def test_the_desk_is_for_agents(person: Browser, service: FakeServices) -> None:
    assert person.get(DESK).status_code == 403


def test_an_agent_makes_a_consultation_on_the_territorys_clock(agent: Browser, service: FakeServices) -> None:
    typed = {f"{name}_fr": "Un texte" for name in ("title", "summary", "description", "organiser", "outcome")}
    rest = {"opens_at": "2026-11-01T08:00", "closes_at": "2027-02-01T23:59", "results": "live", "level": "250"}

    answer = agent.send(
        f"{DESK}/nouvelle", f"{DESK}/nouvelle", {**typed, **rest, "id": str(uuid4()), "places": ["75012"]}
    )

    assert answer.status_code == 303
    details = asked(service, calls.CREATE_CONSULTATION)[0].details
    assert (details.opens_at.isoformat(), details.places) == ("2026-11-01T08:00:00+01:00", ("75012",))
    assert (details.title, details.audience.level) == ({"fr": "Un texte"}, 250)


def test_an_agent_writes_a_question(agent: Browser, service: FakeServices) -> None:
    one = example(calls.READ_DESK_CONSULTATION)
    typed = {
        "label_fr": "Venez-vous ?",
        "option-key": ["", "", ""],
        "option-fr": ["Oui", "Non", ""],
        "option-en": ["Yes", "", ""],
        "condition": ["when/never", "when/evening"],
        "required": "on",
        "kind": "single",
        "page": "wishes",
        "revision": "4",
        "act": "save",
    }

    answer = agent.send(f"{DESK}/{one.id}/question?genre=single&page=wishes", f"{DESK}/{one.id}/question", typed)

    assert answer.status_code == 303
    saved = asked(service, calls.SAVE_FORM)[0]
    written = saved.form.pages[1].questions[-1]
    assert (saved.revision, written.key, written.required) == (4, "q9", True)
    assert [(option.key, option.label) for option in written.options] == [
        ("o1", {"fr": "Oui", "en": "Yes"}),
        ("o2", {"fr": "Non"}),
    ]
    assert written.shown_if == calls.Condition(question="when", options=("never", "evening"))


def test_a_wrong_question_says_everything_and_keeps_what_was_typed(agent: Browser, service: FakeServices) -> None:
    one = example(calls.READ_DESK_CONSULTATION)
    typed = {"label_fr": "", "option-fr": ["Seule"], "option-key": [""], "kind": "multiple", "page": "wishes"}
    where = f"{DESK}/{one.id}/question"

    answer = agent.send(f"{where}?genre=multiple&page=wishes", where, typed | {"max_choices": "beaucoup"})

    assert answer.status_code == 422
    assert "3 points à corriger" in answer.text
    assert 'value="Seule"' in answer.text
    assert asked(service, calls.SAVE_FORM) == []


def test_the_answers_leave_with_a_reason_as_words_not_formulas(agent: Browser, service: FakeServices) -> None:
    one = example(calls.READ_DESK_CONSULTATION)
    row = {"receipt": "2222-2222-2222", "version": 1, "values": {"library": "=1+1", "measures": ["late", "sunday"]}}
    service.on(calls.READ_EXPORT, calls.ExportPage.model_validate({"items": [row]}))
    where = f"{DESK}/{one.id}/export"

    refused = agent.send(where, where, {"id": str(uuid4()), "reason": "", "kind": "csv"})
    answer = agent.send(where, where, {"id": str(uuid4()), "reason": "Analyse pour la synthèse", "kind": "csv"})

    assert refused.status_code == 422
    line = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))[1]
    assert "'=1+1" in line
    assert "Ouvrir jusqu’à 20 h deux soirs par semaine | Ouvrir le dimanche" in line
    assert asked(service, calls.BEGIN_EXPORT)[-1].reason == "Analyse pour la synthèse"
