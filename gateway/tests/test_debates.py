"""Debates on the site and at the desk: the list and its filters, a page per stage, forms that lose nothing."""

import falcon.testing
import pytest
from contracts import ideas as calls
from contracts.errors import Fault, FieldError
from gateway.testing import debate_samples, samples
from gateway.testing.city import populate
from gateway.testing.debate_samples import COMING, CONCLUDED, ENDED, OPEN
from gateway.testing.stand_ins import Browser, FakeServices

FORM = {
    "title": "Quelle place pour la voiture dans nos rues ?",
    "text": "La moitié de nos rues sert au stationnement.",
    "district": "75012",
    "theme": "mobilites",
    "opens_on": "2026-09-24",
    "closes_on": "2026-10-21",
    "idea_id": str(samples.IDEA),
}


@pytest.fixture
def city(services: FakeServices) -> FakeServices:
    populate(services)
    return services


@pytest.fixture
def citizen(browser: Browser, city: FakeServices) -> Browser:
    browser.cookies["access"] = samples.token()
    return browser


@pytest.fixture
def examiner(browser: Browser, city: FakeServices) -> Browser:
    browser.cookies["access"] = samples.token("examiner")
    return browser


def asked(city: FakeServices, call: object) -> list[object]:
    return [request for route, request, _ in city.asked if route == call.route]  # type: ignore[attr-defined]


def test_the_list_keeps_every_filter_and_ignores_what_means_nothing(browser: Browser, city: FakeServices) -> None:
    found = browser.get("/debats?q=voiture&etape=open&etape=chat&theme=mobilites&lieu=75012&tri=fin").text

    (request,) = asked(city, calls.LIST_DEBATES)
    assert isinstance(request, calls.ListDebates)
    assert (request.search, request.stages) == ("voiture", (calls.DebateStage.OPEN,))
    assert (request.themes, request.districts, request.sort) == (("mobilites",), ("75012",), calls.DebateSort.CLOSING)
    assert f'href="/debats/{OPEN}"' in found
    assert "/debats.atom?q=voiture&amp;etape=open" in found


def test_an_empty_list_says_what_to_do(browser: Browser, city: FakeServices) -> None:
    city.on(calls.LIST_DEBATES, calls.DebatePage(items=(), next=None, total=0))

    assert 'href="/debats/nouveau"' in browser.get("/debats").text
    assert "Aucun débat" in browser.get("/debats").text
    assert "Rien ne correspond" in browser.get("/debats?q=chat").text


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (OPEN, "Tout le monde peut participer jusqu’au"),
        (COMING, "On pourra écrire à partir du"),
        (ENDED, "3 jours de retard"),
        (CONCLUDED, "Ce qui a été entendu"),
    ],
)
def test_a_debate_shows_its_form_only_while_it_is_open(citizen: Browser, number: str, says: str) -> None:
    found = citizen.get(f"/debats/{number}").text

    assert says in found.replace("\u00a0", " ")
    assert (f'action="/debats/{number}/messages"' in found) is (number == OPEN)


def test_the_address_of_a_dossier_that_is_a_debate_leads_to_its_page(browser: Browser, city: FakeServices) -> None:
    city.on(calls.READ_IDEA, debate_samples.debate().dossier)

    answer = browser.get(f"/dossiers/{OPEN}?fait=suivi")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/debats/{OPEN}?fait=suivi")


def test_a_message_that_is_refused_is_not_lost(citizen: Browser, city: FakeServices) -> None:
    city.on(calls.POST_COMMENT, Fault.wrong_state("Closed.", "discussion-closed"))
    sent = {"side": "pro", "text": "Moins de voitures.", "comment_id": str(samples.COMMENT)}

    answer = citizen.send(f"/debats/{OPEN}", f"/debats/{OPEN}/messages", sent)
    assert answer.status_code == 409
    assert "Moins de voitures." in answer.text
    assert "La discussion de ce dossier est close" in answer.text


def test_a_debate_is_opened_and_its_page_says_what_comes_next(citizen: Browser, city: FakeServices) -> None:
    answer = citizen.send("/debats/nouveau", "/debats/nouveau", FORM)

    (request,) = asked(city, calls.OPEN_DEBATE)
    assert isinstance(request, calls.OpenDebate)
    assert (request.place.scope, request.place.district, request.service) == (calls.Scope.DISTRICT, "75012", None)
    assert answer.headers["Location"] == f"/debats/{COMING}?fait=ouvert"
    assert "La modération le lit avant" in citizen.get(answer.headers["Location"]).text


def test_every_error_of_a_debate_is_beside_its_field(citizen: Browser, city: FakeServices) -> None:
    too_short = FieldError("/closes_on", "debate-too-short", "…", {"ge": 7, "le": 90, "days": 2})
    city.on(calls.OPEN_DEBATE, Fault.invalid(too_short, FieldError("/opens_on", "too-soon", "…")))

    answer = citizen.send("/debats/nouveau", "/debats/nouveau", FORM | {"district": ""})
    assert answer.status_code == 422
    assert 'href="#closes_on"' in answer.text
    assert "au moins 7 jours" in answer.text
    assert 'href="#opens_on"' in answer.text
    assert "La moitié de nos rues" in answer.text


def test_the_desk_shows_what_awaits_a_synthesis_first(examiner: Browser, city: FakeServices) -> None:
    examiner.get("/bureau/debats")
    examiner.get("/bureau/debats?etape=open")

    first, second = asked(city, calls.LIST_DEBATES)
    assert isinstance(first, calls.ListDebates)
    assert isinstance(second, calls.ListDebates)
    assert (first.stages, second.stages) == ((calls.DebateStage.ENDED,), (calls.DebateStage.OPEN,))


def test_a_service_opens_a_debate_in_its_name(examiner: Browser, city: FakeServices) -> None:
    examiner.send("/bureau/debats/nouveau", "/bureau/debats/nouveau", FORM | {"service": "voirie"})
    examiner.send("/bureau/debats/nouveau", "/bureau/debats/nouveau", FORM)

    named, unnamed = asked(city, calls.OPEN_DEBATE)
    assert isinstance(named, calls.OpenDebate)
    assert isinstance(unnamed, calls.OpenDebate)
    assert named.service == "voirie"
    assert unnamed.service is not None, "a service that is forgotten must not open a citizen's debate"


def test_a_synthesis_is_published_or_refused_with_nothing_lost(examiner: Browser, city: FakeServices) -> None:
    said = {"service": "voirie", "text": "Vous voulez de l’ombre : nous planterons douze arbres."}
    answer = examiner.send(f"/bureau/debats/{ENDED}", f"/bureau/debats/{ENDED}", said)
    assert answer.headers["Location"] == f"/bureau/debats/{CONCLUDED}?fait=clos"

    short = examiner.send(f"/bureau/debats/{ENDED}", f"/bureau/debats/{ENDED}", said | {"text": "Trop"})
    assert short.status_code == 422
    assert ">\nTrop</textarea>" in short.text


def test_the_feed_gives_the_debates_of_the_filters(browser: Browser, city: FakeServices) -> None:
    feed = browser.get("/debats.atom?etape=concluded").text

    assert f"/debats/{CONCLUDED}</id>" in feed
    assert "/debats.atom?etape=concluded" in feed


def test_the_api_opens_a_debate_under_its_own_address(api: falcon.testing.TestClient, city: FakeServices) -> None:
    body = {name: value for name, value in FORM.items() if name not in {"district", "idea_id"}}
    headers = {"Authorization": f"Bearer {samples.token()}", "Idempotency-Key": "one"}
    answer = api.simulate_post("/api/v1/debates", json=body | {"place": {"scope": "city"}}, headers=headers)

    assert (answer.status_code, answer.headers["Location"]) == (201, f"/api/v1/debates/{COMING}")


def test_debates_are_no_kind_to_deposit(citizen: Browser) -> None:
    assert "nature=debate" not in citizen.get("/idees/nouvelle").text
    assert 'name="kind" value="idea"' in citizen.get("/idees/nouvelle?nature=debate").text
