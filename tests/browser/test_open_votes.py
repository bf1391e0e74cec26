"""The booth of open votes, without scripts and with them: filled in wrong, put right, read again, cast."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from contracts import voting as calls
from gateway.testing.stand_ins import FakeServices
from gateway.testing.votes import asked, example, give_examples
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import served, sign_in
from tests.browser.test_every_page import in_every_view

SLUG = "budget-2026-12e"


@dataclass(frozen=True)
class Way:
    """A way of voting: what is typed wrong, what is said of it, what is typed then, what is read again."""

    method: dict[str, Any]
    wrong: dict[str, str]
    said: tuple[str, ...]
    right: dict[str, str]
    read_again: tuple[str, ...]
    left: tuple[str, str] | None = None
    """What is left when it is right, and when it is wrong."""
    more: dict[str, Any] = field(default_factory=dict)


WAYS = {
    "points": Way(
        {"kind": "points", "points": 10, "max_per_project": 6, "minimum_points": 1},
        {"points-p1": "7", "points-p2": "deux", "points-p3": "5"},
        ("6 points au plus pour un projet.", "Écrivez un nombre entier, ou rien.", "retirez-en 2"),
        {"points-p1": "6", "points-p2": "", "points-p3": "4"},
        ("2 projets reçoivent vos points", "6 points", "4 points", "Points restants : 0 sur 10"),
        ("Points restants : 0 sur 10", "2 points de trop : vous en avez 10"),
    ),
    "for and against": Way(
        {"kind": "for_against", "majority_percent": 50, "minimum_votes": 1},
        {},
        (),
        {"avis-p1": "for", "avis-p2": "against"},
        ("Pour", "Contre", "1 proposition est laissée sans réponse"),
        more={"envelope": None},
    ),
    "knapsack": Way(
        {"kind": "knapsack", "minimum_votes": 1, "minimum_percent": 0},
        {"choix": "p1 p2 p3"},
        ("Vos projets coûtent ensemble 720 000 €", "retirez-en pour 120 000 €"),
        {"choix": "p1 p3"},
        ("Vous choisissez 2 projets", "Il reste 0 € sur 600 000 €"),
        ("Il reste 0 € sur 600 000 €", "120 000 € de trop : l’enveloppe est de 600 000 €"),
    ),
    "ranking": Way(
        {"kind": "ranking", "max_ranks": 3, "minimum_votes": 1},
        {"rang-p1": "1", "rang-p2": "1", "rang-p3": "2"},
        ("Un autre projet a aussi cette place.",),
        {"rang-p1": "2", "rang-p2": "", "rang-p3": "1"},
        ("Votre ordre, le meilleur en premier",),
    ),
}


@pytest.fixture(scope="module", params=list(WAYS.values()), ids=list(WAYS))
def voted(request: pytest.FixtureRequest) -> Iterator[tuple[str, Way, FakeServices]]:
    """A site with an open vote of this kind."""
    way, behind = request.param, []

    def fill(services: FakeServices) -> None:
        give_examples(services)
        services.on(calls.GET_ELECTION, example(calls.GET_ELECTION, method=way.method, grades=[], **way.more))
        behind.append(services)

    with served(services="identity,ideas,voting", filled=fill) as address:
        yield address, way, behind[0]


@pytest.fixture
def phone(chromium: Browser, voted: tuple[str, Way, FakeServices]) -> Iterator[BrowserContext]:
    """Somebody signed in, on a phone without scripts."""
    made = chromium.new_context(locale="fr-FR", viewport={"width": 360, "height": 740}, java_script_enabled=False)
    sign_in(made, voted[0])
    yield made
    made.close()


def fill_in(page: Page, fields: dict[str, str]) -> None:
    for name, value in fields.items():
        if name == "choix":
            for box in page.locator(f'[name="{name}"]').all():
                box.set_checked(box.get_attribute("value") in value.split())
            continue
        option = page.locator(f'input[type="radio"][name="{name}"][value="{value}"]')
        if option.count():
            option.check()
        elif name.startswith("rang-"):
            page.locator(f'[name="{name}"]').select_option(value)
        else:
            page.locator(f'[name="{name}"]').fill(value)


def test_a_ballot_is_put_right_and_cast_without_scripts(
    phone: BrowserContext, voted: tuple[str, Way, FakeServices]
) -> None:
    address, way, services = voted
    page = phone.new_page()
    page.goto(f"{address}/votes/{SLUG}/voter")
    if way.wrong:
        fill_in(page, way.wrong)
        page.get_by_role("button", name="Relire").click()
    for said in way.said:
        expect(page.get_by_role("alert")).to_contain_text(said)
    for name, value in way.wrong.items():
        if name == "choix":
            expect(page.locator(f'[name="{name}"]:checked')).to_have_count(len(value.split()))
        else:
            expect(page.locator(f'[name="{name}"]')).to_have_value(value)

    fill_in(page, way.right)
    page.get_by_role("button", name="Relire").click()
    for said in way.read_again:
        expect(page.locator("main")).to_contain_text(said)
    page.get_by_role("button", name="Déposer mon bulletin").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("enregistré")
    assert len(asked(services, calls.CAST_BALLOT)) == 1


def test_the_booth_is_for_everybody(context: BrowserContext, voted: tuple[str, Way, FakeServices]) -> None:
    """Empty, with errors, read again: no accessibility violation, nothing wider than a small screen."""
    address, way, _ = voted
    sign_in(context, address)
    page = context.new_page()
    for fields in ({}, way.wrong, way.right):
        page.goto(f"{address}/votes/{SLUG}/voter")
        if fields:
            fill_in(page, fields)
            page.get_by_role("button", name="Relire").click()
        assert in_every_view(page) == {}
        page.set_viewport_size({"width": 320, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_what_is_left_is_said_while_one_fills_in(context: BrowserContext, voted: tuple[str, Way, FakeServices]) -> None:
    address, way, _ = voted
    sign_in(context, address)
    page = context.new_page()
    page.goto(f"{address}/votes/{SLUG}/voter")
    if way.left is None:
        expect(page.locator("#left")).to_have_count(0)
        return
    fill_in(page, way.right)

    expect(page.locator("#left")).to_have_text(way.left[0])
    fill_in(page, way.wrong)
    expect(page.locator("#left")).to_have_text(way.left[1])
