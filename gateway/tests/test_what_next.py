"""A dossier that came to its end offers what next, and nothing of it is lost."""

import pytest
from contracts import ideas
from gateway.testing import samples
from gateway.testing.city import populate
from gateway.testing.stand_ins import Browser, FakeServices

DOSSIER = "/dossiers/PAR-2026-004200"
AGAIN = "/idees/nouvelle?reprendre=PAR-2026-004200"


@pytest.fixture(autouse=True)
def city(services: FakeServices) -> None:
    populate(services)


def ended(services: FakeServices, state: ideas.State, *, author: bool) -> None:
    dossier = samples.dossier(state, mine=True)
    mine = samples.mine_view(author=author, may_support=False)
    services.on(ideas.READ_IDEA, dossier.model_copy(update={"mine": mine}))


@pytest.mark.parametrize("state", [ideas.State.EXPIRED, ideas.State.REFUSED])
def test_the_author_may_deposit_it_again_and_all_may_join_an_open_one(
    browser: Browser, services: FakeServices, state: ideas.State
) -> None:
    ended(services, state, author=True)
    closed = samples.card(2, ideas.State.ACCEPTED)
    services.on(ideas.FIND_SIMILAR, ideas.SimilarIdeas(items=(samples.card(1), closed)))
    shown = browser.get(DOSSIER).text
    assert f'href="{AGAIN}"' in shown
    assert 'href="/dossiers/PAR-2026-004201"' in shown
    assert 'href="/dossiers/PAR-2026-004202"' not in shown


def test_an_open_dossier_offers_its_support_instead(browser: Browser, services: FakeServices) -> None:
    assert "Et maintenant" not in browser.get(DOSSIER).text
    assert not [route for route, _, _ in services.asked if route == "ideas.find_similar"]


def test_again_fills_the_form_with_the_old_words(browser: Browser, services: FakeServices) -> None:
    ended(services, ideas.State.EXPIRED, author=True)
    browser.cookies["access"] = samples.token()
    shown = browser.get(AGAIN).text
    assert "Planter une rue-jardin rue Crozatier, 0e essai" in shown
    assert "un arbre**" in shown


def test_only_the_author_takes_the_words_over(browser: Browser, services: FakeServices) -> None:
    ended(services, ideas.State.EXPIRED, author=False)
    browser.cookies["access"] = samples.token()
    assert browser.get(AGAIN).status_code == 403
