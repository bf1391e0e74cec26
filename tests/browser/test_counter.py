"""The desk of sealed votes in a browser: no accessibility violation, nothing too wide, all of it by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from contracts.identity import paper
from gateway.testing import counter_samples
from gateway.testing.counter_samples import HERE, VOTE
from gateway.testing.stand_ins import FakeServices
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import served, sign_in
from tests.browser.sealed_site import looked_at, watched


@pytest.fixture(scope="module")
def counter() -> Iterator[str]:
    def filled(services: FakeServices) -> None:
        counter_samples.give(services)
        services.on(paper.FIND_VOTER, lambda request, _: counter_samples.voter("free" if request.login else "token"))

    with served(services="identity,voting", filled=filled) as address:
        yield address


@pytest.fixture(scope="module")
def counted() -> Iterator[str]:
    def filled(services: FakeServices) -> None:
        counter_samples.give(services)
        counter_samples.count(services)

    with served(services="identity,voting", filled=filled) as address:
        yield address


def test_people_are_struck_off_with_the_keyboard_alone(context: BrowserContext, counter: str, tmp_path: Path) -> None:
    sign_in(context, counter, "counter_officer")
    page, complaints = watched(context)
    page.goto(f"{counter}/bureau/vote-papier")
    looked_at(page, tmp_path, "votes")
    page.goto(f"{counter}{HERE}/emargement")
    expect(page.get_by_label("Adresse e-mail ou numéro de carte")).to_be_focused()
    page.keyboard.type("rosa@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Émarger")).to_be_focused()
    looked_at(page, tmp_path, "found")
    page.get_by_role("button", name="Émarger").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("a émargé")
    expect(page.get_by_label("Adresse e-mail ou numéro de carte")).to_be_focused()
    page.get_by_text("Annuler", exact=False).first.press("Enter")
    looked_at(page, tmp_path, "struck-off")
    page.get_by_text("D’après la pièce d’identité").press("Enter")
    page.get_by_label("Nom de famille").fill("Luxembourg")
    page.get_by_label("Nom de famille").press("Enter")
    expect(page.locator(".errors")).to_be_focused()
    looked_at(page, tmp_path, "missing")
    page.get_by_label("Prénom").fill("Rosa")
    page.get_by_label("Date de naissance").fill("1970-03-05")
    page.get_by_label("Date de naissance").press("Enter")
    expect(page.get_by_role("link", name="Personne suivante")).to_be_focused()
    looked_at(page, tmp_path, "refused")
    assert [one for one in complaints if "422" not in one] == []


def test_differences_lead_to_the_cells_that_are_corrected(
    context: BrowserContext, counted: str, tmp_path: Path
) -> None:
    sign_in(context, counted, "counter_officer")
    page, complaints = watched(context)
    page.goto(f"{counted}{HERE}/depouillement")
    looked_at(page, tmp_path, "places")
    page.get_by_role("link", name="12e arrondissement").press("Enter")
    looked_at(page, tmp_path, "differences")
    page.locator("table a").first.press("Enter")
    expect(page.locator("#n0-0")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    page.wait_for_url("**/75012?fait=1")
    assert complaints == []


@pytest.fixture(scope="module")
def blocked() -> Iterator[str]:
    def filled(services: FakeServices) -> None:
        counter_samples.give(services)
        counter_samples.block(services)

    with served(services="identity,voting", filled=filled) as address:
        yield address


def test_what_holds_up_a_count_is_seen_and_acted_upon(context: BrowserContext, blocked: str, tmp_path: Path) -> None:
    sign_in(context, blocked, "campaign_manager")
    page, complaints = watched(context)
    page.goto(f"{blocked}/bureau/votes/{VOTE}")
    looked_at(page, tmp_path, "vote")
    page.get_by_role("link", name="Voir les bulletins impossibles à vérifier").press("Enter")
    page.get_by_text("Écarter ce bulletin").first.press("Enter")
    looked_at(page, tmp_path, "stuck")
    page.get_by_role("button", name="Écarter publiquement").press("Enter")
    expect(page.locator(".errors")).to_be_focused()
    page.get_by_role("button", name="Relancer la vérification").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("recommence")
    assert [one for one in complaints if "422" not in one] == []


@pytest.fixture(scope="module")
def drafted() -> Iterator[str]:
    def filled(services: FakeServices) -> None:
        counter_samples.give(services)
        counter_samples.block(services)
        counter_samples.ceremony(services)

    with served(services="identity,voting", filled=filled) as address:
        yield address


def test_a_sealed_vote_is_drafted_and_its_ceremony_followed(
    context: BrowserContext, drafted: str, tmp_path: Path
) -> None:
    sign_in(context, drafted, "campaign_manager")
    page, complaints = watched(context)
    page.goto(f"{drafted}/bureau/votes/nouveau")
    expect(page.get_by_label("Dépositaires de la clé, un par ligne")).to_be_hidden()
    page.get_by_label("Scellé : personne ne peut lire un bulletin").press("Space")
    page.get_by_label("Dépositaires de la clé, un par ligne").fill("Greffe")
    looked_at(page, tmp_path, "draft")
    page.get_by_role("button", name="Enregistrer").press("Enter")
    expect(page.locator(".errors")).to_be_focused()
    expect(page.locator(".errors")).to_contain_text("Dépositaires")
    page.goto(f"{drafted}/bureau/votes/{VOTE}")
    looked_at(page, tmp_path, "vote")
    page.get_by_role("link", name="Les dépositaires des clés").press("Enter")
    page.get_by_role("button", name="Donner un code").first.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Le code de")
    looked_at(page, tmp_path, "ceremony")
    assert [one for one in complaints if "422" not in one] == []
