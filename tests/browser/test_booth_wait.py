"""What passes between the right to vote and the cast, so that comparing hours does not tell whose ballot it is."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import served
from tests.browser.sealed_box import SealedVote, answer
from tests.browser.sealed_site import (
    DRAWN,
    MOST,
    PROJECTS,
    choose_and_seal,
    go_on,
    heading,
    looked_at,
    signed_in,
    watched,
)

HALF = 2**31
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
FAR = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def approval() -> SealedVote:
    return SealedVote("ville-2027", "Budget participatif 2027", PROJECTS, most=2, closes_at=FAR)


@pytest.fixture
def site(approval: SealedVote) -> Iterator[str]:
    with served(services="identity,voting", filled=lambda services: answer(services, [approval])) as address:
        yield address


def waiting_page(context: BrowserContext, moment: datetime) -> Page:
    """A page whose clock stands still from a moment on."""
    page = context.new_page()
    page.clock.install(time=moment)
    page.clock.pause_at(moment)
    return page


def test_the_ballot_leaves_some_time_after_the_right_to_vote(
    context: BrowserContext, site: str, approval: SealedVote
) -> None:
    signed_in(context, site)
    context.add_init_script(DRAWN % HALF)
    page = waiting_page(context, NOON)
    choose_and_seal(page, site, "Un verger")
    go_on(page, "Déposer mon bulletin")
    expect(page.locator("#waiting-left")).to_have_text("Encore 30 secondes.")
    page.clock.run_for(29_000)
    expect(page.locator("#waiting-left")).to_have_text("Encore 1 seconde.")
    assert (len(approval.signed), len(approval.cast)) == (1, 0)
    page.clock.resume()
    heading(page, "Votre vote est enregistré")
    assert len(approval.cast) == 1


def test_what_is_shown_to_who_waits_and_to_who_does_not_want_to(context: BrowserContext, site: str) -> None:
    signed_in(context, site)
    context.add_init_script(DRAWN % MOST)
    page, complaints = watched(context)
    choose_and_seal(page, site, "Un verger")
    go_on(page, "Déposer mon bulletin")
    expect(page.get_by_role("progressbar", name="Pourquoi attendre ?")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="L’envoyer sans attendre").press("Enter")
    heading(page, "Votre vote est enregistré")
    assert complaints == []


def test_a_page_that_is_closed_while_the_ballot_waits(context: BrowserContext, site: str, approval: SealedVote) -> None:
    """It asks before; opened again, it sends the ballot when its moment is there."""
    signed_in(context, site)
    context.add_init_script(DRAWN % HALF)
    page = waiting_page(context, NOON)
    choose_and_seal(page, site, "Un verger")
    go_on(page, "Déposer mon bulletin")
    expect(page.locator("#waiting")).to_be_visible()
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.accept()
    assert not approval.cast
    page = waiting_page(context, NOON + timedelta(seconds=20))
    page.goto(f"{site}/votes/ville-2027/cabine")
    expect(page.locator("#waiting-left")).to_have_text("Encore 10 secondes.")
    page.get_by_role("button", name="L’envoyer sans attendre").click()
    page.clock.resume()
    heading(page, "Votre vote est enregistré")
    assert (len(approval.signed), len(approval.cast)) == (1, 1)


def test_shortly_before_the_closing_nobody_waits_long(context: BrowserContext, site: str, approval: SealedVote) -> None:
    signed_in(context, site)
    context.add_init_script(DRAWN % MOST)
    approval.closes_at = NOON + timedelta(seconds=30)
    page = waiting_page(context, NOON)
    choose_and_seal(page, site, "Un verger")
    go_on(page, "Déposer mon bulletin")
    expect(page.locator("#waiting-left")).to_have_text("Encore 3 secondes.")
