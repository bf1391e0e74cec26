"""Every way of voting on the site: what the booth sends and refuses, what is read again, found again, counted."""

import re
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from contracts import voting as calls
from gateway.testing.stand_ins import Browser, FakeServices
from gateway.testing.votes import asked, example, give_examples, plain, sign_in

PAGE = "/votes/budget-2026-12e"
CAST = str(UUID(int=7))


@dataclass(frozen=True)
class Way:
    """A way of voting: fields and the ballot they make; wrong fields and what is said; what pages say of all that."""

    method: dict[str, Any]
    fields: dict[str, Any]
    ballot: dict[str, Any]
    wrong: dict[str, Any]
    """None for a kind of which every form that is filled in makes a ballot."""
    said: tuple[str, ...]
    rules: tuple[str, ...]
    again: tuple[str, ...]
    result: dict[str, Any]
    told: tuple[str, ...]
    more: dict[str, Any] = field(default_factory=dict)


WAYS = {
    "points": Way(
        {"kind": "points", "points": 10, "max_per_project": 6, "minimum_points": 30},
        {"points-p1": " 6 ", "points-p2": "", "points-p3": "4", "points-x": "1"},
        {"kind": "points", "points": {"p1": 6, "p3": 4}},
        {"points-p1": "7", "points-p2": "-1", "points-p3": "9999999"},
        ("école : 6 points au plus pour un projet", "Écrivez un nombre entier, ou rien"),
        ("Vous avez 10 points à répartir", "Un projet peut en recevoir 6 au plus", "Avec moins de 30 points"),
        ("école : 6 points", "kiosque à musique remis en état : 4 points"),
        {"votes": 3, "points": 12, "verdict": "below_minimum"},
        ("12 points", "de 3 bulletins", "Il lui fallait 30 points pour être retenu."),
    ),
    "for and against": Way(
        {"kind": "for_against", "majority_percent": 66, "minimum_votes": 20},
        {"avis-p1": "for", "avis-p2": "against", "avis-p3": "perhaps", "avis-x": "for"},
        {"kind": "for_against", "opinions": {"p1": "for", "p2": "against"}},
        {},
        (),
        ("si vous êtes pour, contre", "plus de 66 % des voix", "au moins 20 voix pour", "adoptée ou rejetée"),
        ("école : Pour", "Des fontaines à boire : Contre"),
        {"votes": 30, "opinions": {"in_favour": 30, "against": 20, "abstained": 7}, "verdict": "rejected"},
        ("Rejetée", "30 voix pour", "20 contre", "7 abstentions", "60 % des voix", "plus de 66 %", "0 proposition"),
        {"envelope": None},
    ),
    "knapsack": Way(
        {"kind": "knapsack", "minimum_votes": 20, "minimum_percent": 5},
        {"choix": ["p1", "p3", "nowhere"]},
        {"kind": "knapsack", "choices": ["p1", "p3"]},
        {"choix": ["p1", "p2", "p3"]},
        ("Vos projets coûtent ensemble 720 000 €", "retirez-en pour 120 000 €", "120 000 € de trop"),
        ("qui coûtent ensemble 600 000 € au plus", "Avec moins de 20 voix", "moins de 5 % des bulletins"),
        ("De l’ombre dans les cours d’école", "kiosque"),
        {"votes": 30, "verdict": "too_few_good"},
        ("30 voix", "Moins de 5 % des bulletins l’ont choisi."),
    ),
    "ranking": Way(
        {"kind": "ranking", "max_ranks": 3, "minimum_votes": 20},
        {"rang-p3": "1", "rang-p1": "3", "rang-p2": "", "rang-x": "2"},
        {"kind": "ranking", "ranking": ["p3", "p1"]},
        {"rang-p1": "2", "rang-p2": "2", "rang-p3": "1"},
        ("école : Un autre projet a aussi cette place", "boire : Un autre projet a aussi cette place", "2 points à"),
        ("jusqu’à 3 projets en ordre", "reçoit 3 points, le deuxième un de moins", "moins de 20 bulletins"),
        ("école : choix n° 2", "kiosque à musique remis en état : choix n° 1"),
        {"votes": 9, "points": 12, "verdict": "below_minimum"},
        ("12 points", "de 9 bulletins", "Il fallait que 20 bulletins le classent pour être retenu."),
    ),
}
EVERY = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())


@pytest.fixture
def voter(browser: Browser, services: FakeServices) -> Browser:
    give_examples(services)
    sign_in(browser, services)
    return browser


def election(services: FakeServices, way: Way, **changes: Any) -> None:
    services.on(calls.GET_ELECTION, example(calls.GET_ELECTION, method=way.method, grades=[], **way.more | changes))


@EVERY
def test_what_is_filled_in_is_read_again_and_cast_as_it_was(voter: Browser, services: FakeServices, way: Way) -> None:
    election(services, way)

    reviewed = voter.send(f"{PAGE}/voter", f"{PAGE}/relire", way.fields)
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', reviewed.text.split("/modifier")[0])
    carried: dict[str, list[str]] = {}
    for name, value in fields:
        carried.setdefault(name, []).append(value)
    cast = voter.post(f"{PAGE}/voter", {name: found if len(found) > 1 else found[0] for name, found in carried.items()})

    assert (reviewed.status_code, cast.status_code) == (200, 200)
    (request,) = asked(services, calls.CAST_BALLOT)
    assert request.ballot.model_dump(mode="json") == way.ballot


@pytest.mark.parametrize("way", [one for one in WAYS.values() if one.wrong])
@pytest.mark.parametrize("step", ["relire", "voter"])
def test_everything_wrong_is_said_and_nothing_is_lost(
    voter: Browser, services: FakeServices, way: Way, step: str
) -> None:
    election(services, way)

    found = voter.send(f"{PAGE}/voter", f"{PAGE}/{step}", way.wrong | {"cast_id": CAST})

    assert found.status_code == 422
    assert all(said in plain(found.text) for said in way.said)
    for name, value in way.wrong.items():
        for one in [value] if isinstance(value, str) else value:
            kept = rf'name="{name}"(?: value="{one}"|[^>]*>.*?<option value="{one}" selected)'
            assert re.search(kept, found.text)
    assert found.text.count(" checked") == len(way.wrong.get("choix", ()))
    assert asked(services, calls.CAST_BALLOT) == []


@EVERY
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_of_a_vote_says_how_one_votes_and_how_it_is_counted(
    browser: Browser, services: FakeServices, way: Way, language: str
) -> None:
    give_examples(services)
    election(services, way)

    text = plain(browser.get(PAGE, **{"Accept-Language": language}).text)

    assert all(said in text for said in way.rules) is (language == "fr")


@EVERY
def test_a_counted_ballot_is_read_with_its_receipt(browser: Browser, services: FakeServices, way: Way) -> None:
    give_examples(services)
    election(services, way)
    services.on(calls.CHECK_RECEIPT, example(calls.CHECK_RECEIPT, number=12, ballot=way.ballot))

    text = plain(browser.send(f"{PAGE}/verifier", f"{PAGE}/verifier", {"receipt": "aaaa bbbb"}).text)

    assert all(said in text for said in way.again)


@EVERY
def test_the_result_says_what_each_project_got_and_why(browser: Browser, services: FakeServices, way: Way) -> None:
    give_examples(services)
    election(services, way, state="published")
    project = {"rank": 1, "candidate_id": "p1", "title": {"fr": "De l’ombre"}, "cost": 500, "dossier": None}
    result = example(
        calls.GET_RESULT, method=way.method, grades=[], ranking=[project | way.result], ties=[], **way.more
    )
    services.on(calls.GET_RESULT, result)

    text = plain(browser.get(f"{PAGE}/resultats").text)

    assert all(said in text for said in way.told)


@EVERY
def test_the_desk_keeps_the_rules_as_they_are(browser: Browser, services: FakeServices, way: Way) -> None:
    """What the editor shows of a vote, sent back, asks for the same rules."""
    give_examples(services)
    sign_in(browser, services, "campaign_manager")
    election(services, way)
    place = f"/bureau/votes/{example(calls.GET_ELECTION).id}/modifier"
    shown = browser.get(place).text
    inputs = r'<input type="(?:text|number|datetime-local)" id="(\w+)" name="\w+" value="([^"]*)"'
    fields = dict(re.findall(inputs, shown))
    fields |= dict(re.findall(r'<input type="radio" name="(\w+)" value="([^"]*)" checked', shown))
    fields |= {"candidates": "p1 ; De l’ombre ; 500\np2 ; Des bancs ; 90", "notice": "Une coquille dans le titre."}

    sent = browser.send(place, place, fields)

    assert sent.status_code == 303
    (request,) = asked(services, calls.REVISE_ELECTION)
    assert request.method.model_dump(mode="json") == way.method
