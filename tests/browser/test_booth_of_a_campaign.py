"""The booth of a whole campaign: the city and one district together, forty projects, a phone and a keyboard."""

from collections.abc import Iterator

import pytest
from belenios.checking import check_ballot
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import served
from tests.browser.sealed_box import CAMPAIGN, GRADES, SealedVote, answer
from tests.browser.sealed_site import heading, looked_at, signed_in, watched


@pytest.fixture
def many() -> list[SealedVote]:
    """Forty projects for the whole city, twenty to grade in one district, two in another."""
    streets = [f"Planter la rue numéro {number}" for number in range(1, 41)]
    return [
        SealedVote("ville", "Toute la ville", streets, most=5, campaign=CAMPAIGN),
        SealedVote("arr-12", "12e arrondissement", streets[:20], GRADES, perimeter="75012", campaign=CAMPAIGN),
        SealedVote("arr-13", "13e arrondissement", streets[:2], GRADES, perimeter="75013", campaign=CAMPAIGN),
    ]


@pytest.fixture
def city(many: list[SealedVote]) -> Iterator[str]:
    with served(services="identity,voting", filled=lambda services: answer(services, many)) as address:
        yield address


def test_the_city_and_a_district_together_by_keyboard_on_a_phone(
    context: BrowserContext, city: str, many: list[SealedVote]
) -> None:
    signed_in(context, city)
    page, complaints = watched(context)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{city}/votes/ville/cabine")
    heading(page, "Où votez-vous ?")
    looked_at(page)
    page.get_by_label("12e arrondissement").press("Space")
    page.locator("#next").press("Enter")
    heading(page, "Toute la ville")
    looked_at(page)
    page.locator("#ballot-ville").get_by_label("Trouver un projet").fill("numero 37")
    expect(page.locator("#ballot-ville [role=status]")).to_have_text("1 projet sur 40.")
    page.get_by_label("Planter la rue numéro 37", exact=True).press("Space")
    page.locator("#next").press("Enter")
    heading(page, "12e arrondissement")
    for place in range(1, 21):
        expect(page.locator("#dock-text")).to_contain_text(f"Projet {place} sur 20")
        radios = page.locator("#ballot-arr-12 li.here")
        radios.get_by_label(GRADES[place % 4], exact=True).press("Space")
        if place == 1:
            looked_at(page)
        page.locator("#next").press("Enter")
    heading(page, "Relisez votre bulletin")
    expect(page.locator("#chosen")).to_contain_text("Bien (5)")
    looked_at(page)
    page.locator("#next").press("Enter")
    heading(page, "Votre bulletin est scellé")
    page.locator("#hurry").dispatch_event("click")
    page.locator("#next").press("Enter")
    heading(page, "Votre vote est enregistré")
    expect(page.locator(".receipt")).to_have_count(2)
    looked_at(page)
    assert [len(one.cast) for one in many] == [1, 1, 0]
    for one in many[:2]:
        check_ballot(one.election, next(iter(one.cast.values())))
    assert complaints == []
