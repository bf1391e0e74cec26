"""Examination at the desk and on the public page: what the forms ask of the service, and who sees notes."""

from typing import Any

import pytest
from contracts import ideas
from contracts.errors import Fault
from gateway.testing import city, examination_samples, samples
from gateway.testing.examination_samples import EXAMINED, PROMISED
from gateway.testing.stand_ins import Browser, FakeServices

NOTE = "Voir le calendrier du chantier"


@pytest.fixture
def agent(browser: Browser, services: FakeServices) -> Browser:
    city.populate(services)
    browser.cookies["access"] = samples.token("examiner")
    return browser


def asked(services: FakeServices, call: Any) -> Any:
    return next(request for route, request, _ in reversed(services.asked) if route == call.route)


def test_an_answer_promises_the_first_thing_with_its_date(agent: Browser, services: FakeServices) -> None:
    services.on(ideas.PUBLISH_ANSWER, examination_samples.promised())
    desk = f"/bureau/dossiers/{EXAMINED}"
    said = {"outcome": "accepted", "text": "La Ville plantera la rue.", "promise": "Planter douze arbres."}
    named = {"promise_id": "0192aaaa-0000-7000-8000-00000000000c", "promise_on": "2027-03-01"}
    assert agent.send(desk, f"{desk}/repondre", said | named).status_code == 303
    (promise,) = asked(services, ideas.PUBLISH_ANSWER).commitments
    assert (promise.text, str(promise.due_on)) == ("Planter douze arbres.", "2027-03-01")
    assert agent.send(desk, f"{desk}/repondre", {**said, "promise": "", "promise_id": ""}).status_code == 303
    assert asked(services, ideas.PUBLISH_ANSWER).commitments == ()


def test_a_promise_without_a_date_is_named_beside_its_field(agent: Browser) -> None:
    desk = f"/bureau/dossiers/{EXAMINED}"
    fields = {"outcome": "accepted", "text": "La Ville plantera la rue.", "promise": "Planter douze arbres."}
    answer = agent.send(desk, f"{desk}/repondre", fields | {"promise_id": "0192aaaa-0000-7000-8000-00000000000c"})
    assert answer.status_code == 422
    assert 'href="#repondre-promise_on"' in answer.text
    assert "Planter douze arbres." in answer.text


def test_opinions_are_asked_of_all_ticked_services_and_never_of_the_one_that_examines(
    agent: Browser, services: FakeServices
) -> None:
    services.on(ideas.ASK_OPINIONS, examination_samples.examined())
    desk = f"/bureau/dossiers/{EXAMINED}"
    page = agent.get(desk).text
    assert 'name="services" value="voirie"' not in page
    fields = {"services": ["espaces-verts", "urbanisme"], "question": "La largeur suffit-elle ?", "due_on": ""}
    assert agent.send(desk, f"{desk}/demander", fields).status_code == 303
    request = asked(services, ideas.ASK_OPINIONS)
    assert (request.services, request.due_on) == (("espaces-verts", "urbanisme"), None)


def test_notes_between_agents_are_at_the_desk_only_and_not_for_every_agent(
    agent: Browser, services: FakeServices
) -> None:
    assert NOTE in agent.get(f"/bureau/dossiers/{EXAMINED}").text
    assert NOTE not in agent.get(f"/dossiers/{EXAMINED}").text
    services.on(ideas.READ_INTERNAL_NOTES, Fault.forbidden("Your role does not allow this.", "role-needed"))
    page = agent.get(f"/bureau/dossiers/{EXAMINED}")
    assert page.status_code == 200
    assert NOTE not in page.text


def test_the_public_page_shows_promises_with_their_clock_and_opinions_with_theirs(agent: Browser) -> None:
    promised = agent.get(f"/dossiers/{PROMISED}").text.replace("\u00a0", " ")
    assert "Réunir les riverains" in promised
    assert "8 jours de retard" in promised
    examined = agent.get(f"/dossiers/{EXAMINED}").text
    assert "Direction de l’urbanisme" in examined
    assert "Réalisable avec des changements" in examined
