"""By keyboard, without scripts, in another language, on a slow line: everything works."""

import re
from pathlib import Path
from typing import Any

from gateway.testing import samples
from playwright.sync_api import BrowserContext, CDPSession, Page, Route, expect

BOUNDARIES = Path(__file__).parents[2] / "territories" / "paris" / "districts.geojson"
"""Imported by an administration, not committed: without them the map shows the districts' centres."""
MAP_OF_A_DISTRICT = "/idees?lieu=75012&vue=carte"
DOSSIER = "/dossiers/PAR-2026-004200"


def as_citizen(page: Page, site: str, *roles: str) -> None:
    page.context.add_cookies([{"name": "access", "value": samples.token(*roles), "url": site}])


class TestKeyboard:
    def test_the_first_key_offers_to_skip_to_the_content(self, page: Page, site: str) -> None:
        page.goto(site)
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.keyboard.press("Enter")

        assert page.url.endswith("#contenu")

    def test_signing_in(self, page: Page, site: str) -> None:
        page.goto(f"{site}/compte/connexion?suite=/idees")
        page.get_by_label("Adresse e-mail ou numéro de carte").focus()
        page.keyboard.type("nadia@exemple.fr")
        page.keyboard.press("Tab")
        page.keyboard.type("quelques mots de passe")
        page.keyboard.press("Enter")

        expect(page.get_by_role("heading", level=1)).to_have_text("Idées")
        expect(page.get_by_role("link", name="Mon espace").first).to_be_visible()

    def test_the_menu_of_phones_closes_with_escape(self, page: Page, site: str) -> None:
        page.set_viewport_size({"width": 360, "height": 800})
        page.goto(site)
        summary = page.locator(".menu summary")
        summary.press("Enter")
        expect(page.get_by_role("navigation", name="Menu")).to_be_visible()
        page.keyboard.press("Escape")

        expect(page.get_by_role("navigation", name="Menu")).to_be_hidden()
        expect(summary).to_be_focused()

    def test_the_focus_is_always_seen(self, page: Page, site: str) -> None:
        page.goto(f"{site}/idees")
        unseen = []
        for _ in range(25):
            page.keyboard.press("Tab")
            style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            if style == "none":
                unseen.append(page.evaluate("document.activeElement.outerHTML"))

        assert unseen == []

    def test_keys_of_the_desk_act_in_the_queue_only(self, page: Page, site: str) -> None:
        as_citizen(page, site, "moderator")
        page.goto(f"{site}/bureau/moderation")
        page.keyboard.press("x")
        assert page.locator("[data-queue] input:checked").count() == 0
        page.locator("[data-queue] th a").first.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("x")

        assert page.locator("[data-queue] input:checked").count() == 1


class TestErrors:
    def test_the_summary_takes_the_focus_and_leads_to_the_field(self, page: Page, site: str) -> None:
        as_citizen(page, site)
        page.goto(f"{site}/idees/nouvelle")
        page.get_by_label("Titre").fill("Trop court")
        page.get_by_role("button", name="Continuer").click()
        expect(page.locator(".errors")).to_be_focused()
        page.locator(".errors a", has_text="Titre").click()

        expect(page.get_by_label("Titre")).to_be_focused()
        expect(page.get_by_label("Titre")).to_have_value("Trop court")
        assert page.title().startswith("Erreur")


class TestWithoutScripts:
    def test_an_idea_is_deposited(self, without_scripts: Page, site: str) -> None:
        page = without_scripts
        as_citizen(page, site)
        page.goto(f"{site}/idees/nouvelle")
        page.get_by_label("Tout Paris").check()
        page.get_by_label("Thème").select_option("nature")
        page.get_by_label("Titre").fill("Des arbres le long de l’hôpital")
        page.get_by_label("Votre idée").fill("De l’ombre. " * 60)
        page.get_by_role("button", name="Continuer").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Relire avant d’envoyer")
        page.get_by_role("button", name="Envoyer mon idée").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Votre idée est déposée")

    def test_an_idea_is_supported(self, without_scripts: Page, site: str) -> None:
        page = without_scripts
        as_citizen(page, site)
        page.goto(site + DOSSIER)
        page.get_by_role("button", name="Soutenir cette idée").click()

        expect(page.get_by_role("status").first).to_contain_text("Votre soutien est compté")

    def test_the_map_is_drawn(self, without_scripts: Page, site: str) -> None:
        page = without_scripts
        page.goto(site + MAP_OF_A_DISTRICT)

        outlines, centres = (20, 0) if BOUNDARIES.exists() else (0, 20)
        assert page.locator(".map path").count() == outlines
        assert page.locator(".map circle").count() == page.locator(".numbered > li").count() + centres

    def test_more_than_a_page_is_counted_by_district(self, without_scripts: Page, site: str) -> None:
        page = without_scripts
        page.goto(f"{site}/idees?vue=carte")

        assert page.locator(".map circle.sum").count() == 1  # all of the samples are in one district
        assert page.locator(".map circle.sum + text").text_content() == "40"


class TestScripts:
    def test_the_live_map_shows_the_same_pins(self, page: Page, site: str) -> None:
        page.goto(site + MAP_OF_A_DISTRICT)
        expect(page.locator(".live .spot")).to_have_count(page.locator(".numbered > li").count())

    def test_many_pins_near_each_other_are_gathered(self, page: Page, site: str) -> None:
        def crowded(route: Route) -> None:
            answer = route.fetch()
            pin = re.search(r'<circle class="pin[^>]*/>', answer.text())
            assert pin
            route.fulfill(response=answer, body=answer.text().replace(pin[0], pin[0] * 40, 1))

        page.route(f"**{MAP_OF_A_DISTRICT}", crowded)
        page.goto(site + MAP_OF_A_DISTRICT)

        expect(page.locator(".live .heap").first).to_be_visible()

    def test_a_place_is_picked_on_the_map(self, page: Page, site: str) -> None:
        as_citizen(page, site)
        page.goto(f"{site}/idees/nouvelle")
        page.get_by_role("button", name="Montrer le lieu").click()
        page.locator(".live path").first.wait_for()
        page.locator(".live").click(position={"x": 200, "y": 150})

        expect(page.locator(".live .spot")).to_have_count(1)
        assert page.locator("[name=latitude]").input_value().startswith("48.")

    def test_characters_are_counted_while_typing(self, page: Page, site: str) -> None:
        as_citizen(page, site)
        page.goto(f"{site}/idees/nouvelle")
        page.get_by_label("Titre").fill("Été")

        expect(page.locator("#title-count")).to_have_text("3 caractères sur 80")


class TestLanguages:
    def test_the_switch_keeps_the_address(self, page: Page, site: str) -> None:
        page.goto(f"{site}/idees?q=arbre")
        page.get_by_role("link", name="English").first.click()

        assert page.url == f"{site}/idees?q=arbre"
        expect(page.get_by_role("heading", level=1)).to_have_text("Ideas")
        assert page.locator("html").get_attribute("lang") == "en"


class TestWeight:
    def test_the_first_page_is_light_and_does_not_move(self, context: BrowserContext, site: str) -> None:
        page = context.new_page()
        devtools: CDPSession = context.new_cdp_session(page)
        received: list[float] = []
        devtools.send("Network.enable")
        devtools.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
        page.add_init_script(Path(__file__).with_name("layout-shift.js").read_text(encoding="utf-8"))
        page.goto(site, wait_until="networkidle")
        shift: Any = page.evaluate("globalThis.layoutShift")

        assert sum(received) < 100 * 1024
        assert shift < 0.02
