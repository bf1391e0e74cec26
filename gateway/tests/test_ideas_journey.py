"""A dossier from the first word to the answer, through the pages, without scripts, before a running ideas service."""

import re
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import falcon.testing
import pytest
from chassis.testing.private_rabbitmq import PrivateRabbitMQ
from contracts.ideas import COUNT_IDEAS, IMPORT_DOSSIER, CountIdeas, ImportDossier
from gateway.app import create_app
from gateway.http.static import Assets
from gateway.settings import GatewaySettings
from gateway.testing.stand_ins import Browser

from services.ideas.tests.conftest import ROOT, TEXT
from services.ideas.tests.integration.test_service import Suite, suite

__all__ = ["suite"]
TITLE = "Des bancs à l’ombre rue de Charenton"
REFUSAL = "Le texte parle d’une personne : retirez son nom."


@pytest.fixture(scope="module")
def amqp_url(broker: PrivateRabbitMQ) -> str:
    """A broker of this module's own: whoever else runs a service in this session does not answer here."""
    return broker.url


@pytest.fixture(scope="module")
def app(suite: Suite, tmp_path_factory: pytest.TempPathFactory) -> Any:
    suite.client.call(COUNT_IDEAS, CountIdeas(), deadline=60)  # it has started
    settings = GatewaySettings(
        amqp_url="amqp://unused",
        services=("identity", "ideas"),
        public_url="http://falconframework.org",
        cookie_secret="0123456789abcdef0123456789abcdef",
        territory_dir=ROOT / "territories" / "paris",
        rate_factor=0,
    )
    names = ("site.css", "site.js", "data.css", "desk.css", "desk.js", "map.js", "map.css")
    folder: Path = tmp_path_factory.mktemp("static")
    assets = Assets(folder, {name: name for name in (*names, "source-sans-3-latin-wght-normal.woff2")})
    return create_app(settings, suite.client, assets=assets)


class Person(Browser):
    """Somebody with a browser and a real token."""

    def __init__(self, app: Any, suite: Suite, *roles: str) -> None:
        super().__init__(falcon.testing.TestClient(app))
        self.account: UUID = uuid4()
        self.cookies["access"] = str(suite.token(self.account, *roles).token)

    def hidden(self, path: str, name: str) -> str:
        """The hidden field of a page's form."""
        found = re.search(rf'name="{name}" value="([^"]+)"', self.get(path).text)
        assert found is not None
        return found[1]

    def follow(self, page: str, action: str, fields: dict[str, Any]) -> str:
        """Send a form of a page; where it leads."""
        answer = self.send(page, action, fields)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])


@pytest.fixture(scope="module")
def author(app: Any, suite: Suite) -> Person:
    return Person(app, suite)


@pytest.fixture(scope="module")
def agent(app: Any, suite: Suite) -> Person:
    return Person(app, suite, "moderator", "examiner")


def deposited(author: Person, title: str) -> str:
    """Deposit an idea by hand; its number."""
    page = "/idees/nouvelle"
    fields = {"scope": "district", "district": "75012", "theme": "nature", "title": title, "text": TEXT, "act": "go"}
    review = author.follow(page, page, fields | {"idea_id": author.hidden(page, "idea_id"), "kind": "idea"})
    assert title in author.get(review).text
    return author.follow(review, review, {}).split("/")[2]


@pytest.fixture(scope="module")
def number(author: Person, agent: Person) -> str:
    """A published dossier."""
    made = deposited(author, TITLE)
    assert TITLE in agent.get("/bureau/moderation").text
    agent.follow("/bureau/moderation", f"/bureau/dossiers/{made}/publier", {})
    return made


def test_everybody_reads_and_finds_what_was_published(app: Any, number: str) -> None:
    anybody = Browser(falcon.testing.TestClient(app))
    page = anybody.get(f"/dossiers/{number}").text

    assert all(words in page for words in (TITLE, "12e arrondissement", "Ouverte aux soutiens", "Publiée"))
    assert number in anybody.get("/idees?q=bancs%20ombre&lieu=75012").text
    assert "L’enchaînement tient" in anybody.get(f"/dossiers/{number}/registre").text
    assert number in anybody.get("/").text


def test_a_support_is_counted_once_and_taken_back(app: Any, suite: Suite, number: str) -> None:
    citizen = Person(app, suite)
    page = f"/dossiers/{number}"
    fields = {"idea_id": citizen.hidden(page, "idea_id")}

    assert citizen.follow(page, f"{page}/soutien", fields) == f"{page}?fait=soutien"
    citizen.follow(page, f"{page}/soutien", fields)
    assert "Vous soutenez cette idée" in citizen.get(page).text
    citizen.follow(page, f"{page}/retrait", fields)
    assert "Vous soutenez cette idée" not in citizen.get(page).text


def test_people_discuss_and_report(app: Any, suite: Suite, agent: Person, number: str) -> None:
    first, second = Person(app, suite), Person(app, suite)
    page = f"/dossiers/{number}"
    form = {"side": "con", "comment_id": first.hidden(page, "comment_id"), "text": "Et les **livraisons** ?"}
    thread = "/messages/" + first.follow(page, f"{page}/messages", form).rpartition("message-")[2]
    reply = {"comment_id": second.hidden(thread, "comment_id"), "text": "Le matin."}
    second.follow(thread, thread, reply)
    second.follow(thread, f"{thread}/utile", {})
    reported = second.send(f"{thread}/signaler", f"{thread}/signaler", {"reason": "off-topic"})

    shown = second.get(page).text
    assert "<strong>livraisons</strong>" in shown
    assert "Le matin." in shown
    assert "Utile (1)" in shown
    assert "Merci" in reported.text
    assert "livraisons" in agent.get("/bureau/signalements").text


def test_a_refusal_needs_a_reason_and_reaches_the_author(author: Person, agent: Person) -> None:
    number = deposited(author, "Retirer la terrasse de Monsieur Untel")
    desk, act = f"/bureau/dossiers/{number}", f"/bureau/dossiers/{number}/refuser"
    answer = agent.send(desk, act, {"reason": "", "text": REFUSAL})

    assert answer.status_code == 422
    assert "retirez son nom" in answer.text
    agent.follow(desk, act, {"reason": "targets-a-person", "text": REFUSAL})
    page = author.get(f"/dossiers/{number}").text
    assert "retirez son nom" in page
    assert f"/dossiers/{number}/recours" in page


def test_an_appeal_is_decided_by_somebody_else(app: Any, suite: Suite, agent: Person) -> None:
    author, colleague = Person(app, suite), Person(app, suite, "moderator")
    number = deposited(author, "Remplacer la fontaine de la place")
    refuse = f"/bureau/dossiers/{number}/refuser"
    agent.follow(f"/bureau/dossiers/{number}", refuse, {"reason": "unclear", "text": REFUSAL})
    page = f"/dossiers/{number}/recours"
    fields = {"appeal_id": author.hidden(page, "appeal_id"), "text": "La fontaine est celle de la place d’Aligre."}
    assert author.send(page, page, fields | {"text": "Non."}).status_code == 422
    author.follow(page, page, fields)
    waiting = agent.get("/bureau/recours").text
    assert "place d’Aligre" in waiting
    assert "Une autre personne décide" in waiting
    decision = {"outcome": "overturned", "reason": "misjudged", "text": "La demande est claire : elle est publiée."}
    form = "/bureau/recours"
    act = re.search(r'action="(/bureau/recours/[0-9a-f-]+)"', colleague.get(form).text)
    assert act is not None
    refused = colleague.send(form, act[1], decision | {"reason": ""})
    assert refused.status_code == 422
    colleague.follow(form, act[1], decision)
    assert "elle est publiée" in author.get(page).text
    assert "Ouverte aux soutiens" in author.get(f"/dossiers/{number}").text


def test_what_is_too_short_is_said_before_it_is_sent(author: Person) -> None:
    page = "/idees/nouvelle"
    fields = {
        "idea_id": author.hidden(page, "idea_id"),
        "kind": "idea",
        "scope": "district",
        "title": "Trop",
        "act": "go",
    }
    answer = author.send(page, page, fields | {"text": "Court."})

    assert answer.status_code == 422
    assert answer.text.count('class="error"') == 4
    assert 'value="Trop"' in answer.text
    assert "Trop" in author.get("/moi/brouillons").text


def test_a_draft_is_for_its_author_only(app: Any, suite: Suite, author: Person) -> None:
    page = "/idees/nouvelle"
    draft = author.hidden(page, "idea_id")
    kept = author.follow(page, page, {"idea_id": draft, "kind": "idea", "title": "À moi", "act": "draft"})

    assert "À moi" in author.get(kept).text
    assert Person(app, suite).get(kept).status_code == 404


def imported(suite: Suite, reference: str, **changes: Any) -> str:
    """Take over a dossier from another platform; its number."""
    body = {
        "source": "budget.example",
        "reference": reference,
        "kind": "idea",
        "title": "Un préau pour l’école de la rue des Tilleuls",
        "theme": "ecoles",
        "place": {"scope": "district", "district": "75011"},
        "deposited_on": "2019-01-01",
    }
    request = ImportDossier.model_validate(body | changes)
    return str(suite.client.call(IMPORT_DOSSIER, request, context=suite.token(uuid4(), "administrator")).number)


def said(app: Any, number: str) -> str:
    """The page of a dossier, with ordinary blanks."""
    return " ".join(Browser(falcon.testing.TestClient(app)).get(f"/dossiers/{number}").text.split())


def test_an_imported_project_tells_first_what_became_of_it_and_keeps_its_days(app: Any, suite: Suite) -> None:
    steps = (
        {"on": "2019-01-01", "state": "accepted", "text": "Projet lauréat."},
        {"on": "2020-03-01", "state": "abandoned", "text": "Le terrain n’est pas à la Ville."},
    )
    number = imported(suite, "1", steps=steps, cost=60_000)

    page = said(app, number)

    first, rest = page.split("Acceptée par l’administration", 1)
    assert "Le terrain n’est pas à la Ville." in first
    assert "60 000 €" in first
    assert "1er janvier 2019" in rest.split("</section>", 1)[0]


def test_supports_from_elsewhere_are_told_apart_and_promise_nothing(app: Any, suite: Suite) -> None:
    closed = ({"on": "2015-10-18", "state": "expired", "text": "Consultation close."},)
    number = imported(suite, "2", steps=closed, supports=2237, figures={"mixed": 161, "against": 49})

    page = said(app, number)

    assert "Donnés sur une autre plateforme" in page
    assert "2 237 pour, 161 mitigés, 49 contre" in page
    assert "La Ville étudie l’idée et répond" not in page


def test_a_dossier_from_elsewhere_that_is_still_open_promises_nothing_either(app: Any, suite: Suite) -> None:
    page = said(app, imported(suite, "3", supports=12))

    assert "Un préau pour l’école de la rue des Tilleuls" in page
    assert "La Ville étudie l’idée et répond" not in page
