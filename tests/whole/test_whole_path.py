"""One citizen, one idea, one vote, one questionnaire: the whole way through the public API and the site, for real."""

import re
import secrets
import uuid
from typing import Any

import pytest
from decider_demo.api import Api, Refused

from tests.whole.city import City
from tests.whole.conftest import Suite
from tests.whole.journeys import JOURNEYS, until

pytestmark = pytest.mark.timeout(600)
LINK = re.compile(r"/compte/confirmer/([A-Za-z0-9_-]+)")


@pytest.fixture(scope="module")
def citizen(suite: Suite) -> Api:
    """Somebody who asked for an account, confirmed the mailed link and signed in."""
    address, password = f"citizen-{secrets.token_hex(4)}@example.org", secrets.token_urlsafe(16)
    api = suite.api()
    form = {"email": address, "password": password, "display_name": "Camille", "language": "fr", "accepts_terms": True}
    api.post("/accounts", form)
    api.post("/accounts/confirmations", {"token": until(lambda: mailed(suite, address), "the confirmation mail")})
    api.sign_in(address, password)
    return api


def mailed(suite: Suite, address: str) -> str | None:
    texts = [mail["text"] for mail in suite.mails_to(address)]
    return next((found[1] for text in texts if (found := LINK.search(text))), None)


def deposit(citizen: Api) -> dict[str, Any]:
    return citizen.post(
        "/ideas",
        {
            "idea_id": str(uuid.uuid4()),
            "kind": "suggestion",  # no threshold: a service may answer at once
            "title": "Des bancs à l’ombre sur le chemin de l’école",
            "text": "Le trajet se fait en plein soleil, sans un seul endroit où s’asseoir ni boire. " * 8,
            "theme": "nature",
            "place": {"scope": "district", "district": "75019"},
        },
    )


def test_an_idea_goes_from_its_deposit_to_the_public_answer(suite: Suite, citizen: Api) -> None:
    idea = deposit(citizen)
    agent = suite.as_("demonstration@example.org")
    id_, number = idea["id"], idea["number"]

    agent.post(f"/desk/ideas/{id_}/approval", {})
    support = suite.as_("citoyenne@example.org").send("PUT", f"/ideas/{id_}/support", json={})
    agent.post(f"/desk/ideas/{id_}/assignment", {"service": "espaces-verts"})
    agent.post(f"/desk/ideas/{id_}/answer", {"outcome": "accepted", "text": "Nous poserons douze bancs au printemps."})
    record = suite.api().get(f"/ideas/{number}/record")

    assert support["supports"] == 1
    status, page = suite.page(f"/dossiers/{number}")
    assert status == 200
    assert "Nous poserons douze bancs au printemps." in page
    assert len(record["steps"]) >= 4
    until(lambda: citizen.get("/me/notifications")["items"] or None, "the author's notification")


@pytest.fixture(scope="module")
def resident(suite: Suite) -> Api:
    """Somebody whose document an agent has seen at a counter."""
    agent, password = suite.as_("demonstration@example.org"), secrets.token_urlsafe(16)
    who = {"given_name": "Rosa", "family_name": secrets.token_hex(4), "birth_date": "1970-05-05"}
    card = agent.post(
        "/counter",
        {
            "account_id": str(uuid.uuid4()),
            "display_name": "Rosa",
            "language": "fr",
            "attributes": who | {"home_district": "75011"},
            "level": 400,
            "reason": "Compte ouvert au guichet",
        },
    )
    api = suite.api()
    own = {"login": card["login"], "code": card["code"], "password": password}
    api.token = api.post("/accounts/activations", own)["access_token"]
    return api


def test_a_ballot_is_cast_changed_and_found_again(suite: Suite, resident: Api) -> None:
    election = suite.api().get("/elections/budget-participatif-demonstration")
    id_, candidates = election["id"], [one["id"] for one in election["candidates"]]

    def ballot(grade: str) -> dict[str, Any]:
        grades = dict.fromkeys(candidates, grade)
        return {"cast_id": str(uuid.uuid4()), "ballot": {"kind": "majority_judgment", "grades": grades}}

    first = ballot("jaime-bien")
    assert resident.get(f"/elections/{id_}/participation") == {"voted": False, "allowed": True, "reason": ""}
    assert resident.post(f"/elections/{id_}/ballots", first)["outcome"] == "recorded"
    assert resident.post(f"/elections/{id_}/ballots", first)["outcome"] == "already_there"
    second = resident.post(f"/elections/{id_}/ballots", ballot("coup-de-coeur"))
    assert second["outcome"] == "replaced"
    assert suite.api().post(f"/elections/{id_}/receipts", {"receipt": second["receipt"]})["found"]
    assert resident.get(f"/elections/{id_}/participation")["voted"]


def test_who_is_not_certified_is_told_why_and_casts_nothing(suite: Suite, citizen: Api) -> None:
    election = suite.api().get("/elections/budget-participatif-demonstration")
    ballot = {"kind": "majority_judgment", "grades": {election["candidates"][0]["id"]: "jaime-bien"}}

    participation = citizen.get(f"/elections/{election['id']}/participation")
    with pytest.raises(Refused) as refused:
        citizen.post(f"/elections/{election['id']}/ballots", {"cast_id": str(uuid.uuid4()), "ballot": ballot})

    assert refused.value.status == 403
    assert participation["allowed"] is False
    assert participation["reason"]


def test_an_answer_is_given_and_corrected(suite: Suite) -> None:
    person = suite.as_("citoyenne@example.org")
    id_ = suite.api().get("/consultations/les-horaires-des-bibliotheques")["id"]
    values = {"frequence": "mois", "satisfaction": 2}

    first = person.send("PUT", f"/consultations/{id_}/my-answer", json={"version": 1, "values": values})
    again = person.send(
        "PUT", f"/consultations/{id_}/my-answer", json={"version": 1, "values": values | {"satisfaction": 4}}
    )

    assert first["receipt"] == again["receipt"]
    assert again["values"]["satisfaction"] == 4


def test_an_account_is_made_through_the_pages_without_scripts(suite: Suite) -> None:
    address, password = f"citizen-{secrets.token_hex(4)}@example.org", secrets.token_urlsafe(16)
    with suite.browser() as browser:
        browser.open("/compte/nouveau")
        form = {"email": address, "password": password, "display_name": "Camille", "accepts_terms": "on"}
        browser.send("/compte/nouveau", **form)
        link = f"/compte/confirmer/{until(lambda: mailed(suite, address), 'the confirmation mail')}"
        browser.open(link)
        browser.send(link)
        browser.sign_in(address, password)
        assert "Camille" in browser.open("/moi")
        browser.send("/compte/deconnexion")
        browser.open("/moi")
        assert browser.path == "/compte/connexion"


@pytest.mark.parametrize("service", JOURNEYS)
def test_people_find_their_way_through_the_pages_without_scripts(suite: Suite, city: City, service: str) -> None:
    JOURNEYS[service](suite, city)


def test_every_public_page_of_the_demonstration_answers(suite: Suite) -> None:
    pages = ["/", "/idees", "/consultations", "/votes", "/transparence", "/donnees", "/aide", "/accessibilite"]
    found = {path: suite.page(path)[0] for path in pages}
    assert set(found.values()) == {200}, found
