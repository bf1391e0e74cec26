"""A consultation from its first question to its results, on a real broker, database and service, without any script."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import contracts
import pytest
from contracts import consultations as calls
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.consultations_site import Site, running
from tests.browser.test_every_page import in_every_view

EXAMPLES = Path(contracts.__file__).parents[1] / "examples" / "consultations"
WIDTHS = (320, 1280)


@pytest.fixture(scope="module")
def real(
    amqp_url: str, fresh_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    with running(amqp_url, fresh_database("consultations"), tmp_path_factory.mktemp("consultations")) as site:
        yield site


@pytest.fixture(scope="module")
def opened(real: Site) -> calls.DeskConsultation:
    """The consultation of the examples, open, with live results."""
    example: dict[str, Any] = json.loads((EXAMPLES / "save_form.json").read_text(encoding="utf-8"))["request"]
    details = json.loads((EXAMPLES / "edit_consultation.json").read_text(encoding="utf-8"))["request"]["details"]
    now = datetime.now(UTC)
    dates = {"opens_at": now.isoformat(), "closes_at": (now + timedelta(days=4)).isoformat(), "results": "live"}
    request = {"id": str(uuid4()), "details": details | dates, "form": example["form"]}
    manager = real.someone("campaign_manager")
    created = calls.CreateConsultation.model_validate(request)
    made = real.client.call(calls.CREATE_CONSULTATION, created, context=manager, deadline=30)
    publish = calls.PublishConsultation(consultation_id=made.id, revision=made.revision)
    return real.client.call(calls.PUBLISH_CONSULTATION, publish, context=manager)


def sign_in(context: BrowserContext, site: Site, *roles: str) -> Page:
    context.add_cookies([{"name": "access", "value": site.token(uuid4(), *roles), "url": site.url}])
    return context.new_page()


@pytest.fixture
def plain(chromium: Browser) -> Iterator[BrowserContext]:
    """A phone without scripts."""
    context = chromium.new_context(locale="fr-FR", viewport={"width": 360, "height": 740}, java_script_enabled=False)
    yield context
    context.close()


def test_a_person_answers_leaves_comes_back_changes_and_takes_back(
    plain: BrowserContext, real: Site, opened: calls.DeskConsultation
) -> None:
    page = sign_in(plain, real)
    base = f"{real.url}/consultations/{opened.slug}"
    page.goto(base)
    page.get_by_role("button", name="Répondre").click()
    for option in ("Elle est fermée quand je suis libre", "Elle est trop loin", "Il n’y a pas de place assise"):
        page.get_by_label(option).check()
    page.get_by_role("button", name="Continuer").click()
    assert page.get_by_role("alert").get_by_role("link").count() == 2
    assert page.get_by_label("Elle est trop loin").is_checked()

    page.get_by_label("Elle est trop loin").uncheck()
    page.get_by_label("En semaine, après 18 h").check()
    page.get_by_role("button", name="Garder mon brouillon").click()
    assert page.get_by_role("status").inner_text().startswith("Votre brouillon est enregistré")
    page.get_by_role("button", name="Reprendre mon brouillon").click()
    assert page.get_by_label("En semaine, après 18 h").is_checked()
    page.get_by_role("button", name="Continuer").click()

    page.get_by_label("2", exact=True).check(force=True)
    for label, rank in (("Ouvrir le dimanche", "2"), ("Ouvrir jusqu’à 20 h", "1"), ("Ouvrir le matin", "3")):
        page.get_by_label(label).select_option(rank)
    page.get_by_label("7. Quelle est votre bibliothèque").fill("Saint-Éloi <script>alert(1)</script>")
    page.get_by_role("button", name="Continuer").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Relisez, puis envoyez"
    page.get_by_role("button", name="Envoyer mes réponses").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Votre réponse est reçue"
    assert page.get_by_text("Saint-Éloi <script>").count() == 0

    page.get_by_role("link", name="Relire ma réponse").click()
    assert page.get_by_text("Saint-Éloi <script>alert(1)</script>").count() == 1
    page.get_by_role("button", name="Modifier ma réponse").click()
    assert page.get_by_label("En semaine, après 18 h").is_checked()
    page.goto(f"{base}/resultats")
    assert "1 personne a répondu" in page.get_by_role("main").inner_text()
    page.goto(f"{base}/retirer")
    page.get_by_role("button", name="Effacer ma réponse").click()
    assert page.get_by_role("status").inner_text().startswith("Votre réponse est retirée")
    page.goto(f"{base}/resultats?fresh=1")
    assert "0 personne a répondu" in page.get_by_role("main").inner_text()


def test_an_agent_writes_publishes_and_takes_answers_out(plain: BrowserContext, real: Site) -> None:
    page = sign_in(plain, real, "campaign_manager")
    page.goto(f"{real.url}/bureau/consultations/nouvelle")
    for name, text in {
        "title": "Une place pour qui ?",
        "summary": "Dites-nous.",
        "description": "La place change.",
    }.items():
        page.locator(f"#{name}_fr").fill(text)
    page.locator("#organiser_fr").fill("Mairie du 12e")
    page.locator("#outcome_fr").fill("Décision en mars.")
    now = datetime.now(UTC)
    page.locator("#opens_at").fill((now - timedelta(days=1)).strftime("%Y-%m-%dT08:00"))
    page.locator("#closes_at").fill((now + timedelta(days=30)).strftime("%Y-%m-%dT23:59"))
    page.get_by_role("button", name="Continuer vers les questions").click()
    assert "Il manque quelque chose" in page.get_by_role("main").inner_text()

    page.locator("#n-fr").fill("Vos envies")
    page.get_by_role("button", name="Ajouter la page").click()
    page.locator("select[name=genre]").select_option("single")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.locator("#label_fr").fill("Venez-vous souvent ?")
    page.get_by_label("Réponse 1 (Français)").fill("Oui")
    page.get_by_label("Réponse 2 (Français)").fill("Non")
    page.get_by_role("button", name="Enregistrer la question").last.click()
    page.get_by_role("button", name="Publier").click()
    assert page.get_by_role("status").inner_text() == "Publiée."

    page.get_by_role("link", name="Extraire les réponses").click()
    page.locator("#reason").fill("Analyse pour la synthèse")
    with page.expect_download() as download:
        page.get_by_role("button", name="Extraire les réponses").click()
    assert (
        Path(download.value.path()).read_text(encoding="utf-8-sig").startswith("recu;version;q1: Venez-vous souvent ?")
    )


BASE, DESK = "/consultations/{slug}", "/bureau/consultations/{id}"
PAGES = (
    "/consultations",
    BASE,
    f"{BASE}/repondre/1",
    f"{BASE}/repondre/2",
    f"{BASE}/relire",
    f"{BASE}/resultats?lignes=when&colonnes=card",
    f"{BASE}/resultats/library",
    "/bureau/consultations/nouvelle",
    DESK,
    f"{DESK}/question/when",
    f"{DESK}/apercu",
    f"{DESK}/export",
)


@pytest.fixture(scope="module")
def agent(chromium: Browser, real: Site, opened: calls.DeskConsultation) -> Iterator[Page]:
    """An agent who has begun to answer."""
    context = chromium.new_context(locale="fr-FR", reduced_motion="reduce", bypass_csp=True)
    page = sign_in(context, real, "campaign_manager")
    page.goto(f"{real.url}/consultations/{opened.slug}")
    page.get_by_role("button", name="Répondre").click()
    yield page
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_no_violation_and_no_scroll_sideways(
    agent: Page, real: Site, opened: calls.DeskConsultation, path: str
) -> None:
    answer = agent.goto(real.url + path.format(slug=opened.slug, id=opened.id))
    wrong = in_every_view(agent)

    assert answer is not None
    assert answer.status == 200
    assert wrong == {}
    assert [width for width in WIDTHS if _scrolls(agent, width)] == []
    assert agent.locator("h1").count() == 1


def _scrolls(page: Page, width: int) -> bool:
    page.set_viewport_size({"width": width, "height": 800})
    scroll: int = page.evaluate("document.documentElement.scrollWidth")
    return scroll > width
