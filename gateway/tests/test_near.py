"""Around me: a rounded position that is nowhere but in the request's body, or a place that is typed."""

import pytest
from contracts import ideas as calls
from contracts.territory import Territory
from gateway.site.ideas.near import district_of
from gateway.testing import samples
from gateway.testing.city import populate
from gateway.testing.stand_ins import Browser, FakeServices
from gateway.words import Words

PATH = "/idees/autour-de-moi"


@pytest.fixture
def city(services: FakeServices) -> FakeServices:
    populate(services)
    services.on(calls.LIST_IDEAS, samples.page_of(samples.card(1, metres=431), samples.card(2, metres=1240)))
    return services


def asked(city: FakeServices) -> calls.ListIdeas:
    (request,) = [request for route, request, _ in city.asked if route == calls.LIST_IDEAS.route]
    assert isinstance(request, calls.ListIdeas)
    return request


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("75012", "75012"),
        ("8 rue Crozatier, 75012 Paris", "75012"),
        ("12e", "75012"),
        ("12e arrondissement", "75012"),
        ("Paris 20e", "75020"),
        ("1ER", "75001"),
        ("75116", "75016"),
        ("69003 Lyon", None),
        ("rue de nulle part", None),
        ("", None),
        ("…", None),
    ],
)
def test_a_typed_place_is_a_district(paris: Territory, typed: str, code: str | None) -> None:
    found = district_of(typed, paris)
    assert (found.code if found else None) == code


def test_a_typed_place_leads_to_the_list_which_has_an_address(browser: Browser, city: FakeServices) -> None:
    answer = browser.send(PATH, PATH, {"place": "8 rue Crozatier, 75012", "theme": "nature"})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/idees?pres=75012&theme=nature")


def test_a_position_is_rounded_and_shown_with_distances(browser: Browser, city: FakeServices) -> None:
    answer = browser.send(PATH, PATH, {"latitude": "48.849412345", "longitude": "2.380598765", "theme": "nature"})

    request = asked(city)
    assert (request.latitude, request.longitude, request.sort) == (48.849, 2.381, calls.Sort.NEAR)
    assert request.themes == ("nature",)
    found = answer.text.replace("\u00a0", " ")
    assert "à 450 m" in found
    assert "à 1,2 km" in found
    assert "48.8494" not in found
    assert "no-store" in answer.headers["Cache-Control"]
    assert "max-age" not in answer.headers["Cache-Control"]


def test_a_position_is_in_no_log(browser: Browser, city: FakeServices, capsys: pytest.CaptureFixture[str]) -> None:
    browser.send(PATH, PATH, {"latitude": "48.849", "longitude": "2.381"})

    assert "48.849" not in capsys.readouterr().out


@pytest.mark.parametrize("fields", [{"latitude": "45.76", "longitude": "4.83"}, {"latitude": "nan", "longitude": "x"}])
def test_a_position_elsewhere_asks_for_a_place(browser: Browser, city: FakeServices, fields: dict[str, str]) -> None:
    answer = browser.send(PATH, PATH, fields)

    assert answer.status_code == 422
    assert "en dehors du territoire" in answer.text


def test_an_unknown_place_is_said_beside_its_field_and_not_lost(browser: Browser, city: FakeServices) -> None:
    answer = browser.send(PATH, PATH, {"place": "Lyon 3e bis"})

    assert answer.status_code == 422
    assert 'href="#place"' in answer.text
    assert 'value="Lyon 3e bis"' in answer.text


@pytest.mark.parametrize(
    ("metres", "said"), [(0, "0 m"), (431, "450 m"), (974, "950 m"), (980, "1 km"), (12_345, "12,3 km")]
)
def test_distances_are_said_roughly(paris: Territory, metres: int, said: str) -> None:
    assert Words("fr", paris.zone).distance(metres).replace("\u00a0", " ") == said
