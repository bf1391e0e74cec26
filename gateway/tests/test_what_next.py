"""A dossier that came to its end offers what next, and nothing of it is lost."""

import pytest
from contracts import ideas
from gateway.testing import campaign_samples, samples
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


def test_an_expired_idea_is_proposed_to_the_budget_while_it_takes_ideas(
    browser: Browser, services: FakeServices
) -> None:
    ended(services, ideas.State.EXPIRED, author=True)
    browser.cookies["access"] = samples.token()
    campaign = next(one for one in campaign_samples.campaigns().items if one.public)
    taking = campaign.model_copy(update={"now": ideas.PhaseCode.DEPOSIT})
    services.on(ideas.LIST_CAMPAIGNS, ideas.CampaignList(items=(taking,)))
    to_budget = f"{AGAIN}&amp;nature=budget_idea"
    assert f'href="{to_budget}"' in browser.get(DOSSIER).text
    form = browser.get(to_budget.replace("&amp;", "&")).text
    assert 'name="kind" value="budget_idea"' in form
    assert 'name="again" value="PAR-2026-004200"' in form
    services.on(
        ideas.LIST_CAMPAIGNS, ideas.CampaignList(items=(campaign.model_copy(update={"now": ideas.PhaseCode.VOTE}),))
    )
    assert "nature=budget_idea" not in browser.get(DOSSIER).text


def test_both_sides_link_to_each_other(browser: Browser, services: FakeServices) -> None:
    other = ideas.AgainLink(number="PAR-2026-004299", title="Une rue-jardin, encore", state=ideas.State.OPEN)
    services.on(ideas.READ_IDEA, samples.dossier(ideas.State.EXPIRED, asked_again=(other,)))
    services.on(ideas.FIND_SIMILAR, ideas.SimilarIdeas(items=()))
    assert 'href="/dossiers/PAR-2026-004299"' in browser.get(DOSSIER).text
    browser.cookies["access"] = samples.token()
    services.on(ideas.READ_IDEA, samples.dossier(again_of=other))
    assert "Reprend" in browser.get(DOSSIER).text
