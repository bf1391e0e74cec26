"""The participatory budget on the site and at the desk: what one can do now, every error beside its date."""

import re

import pytest
from contracts import ideas as calls
from contracts.errors import Fault, FieldError
from gateway.testing import samples
from gateway.testing.campaign_samples import campaign, campaigns
from gateway.testing.city import populate
from gateway.testing.stand_ins import Browser, FakeServices


@pytest.fixture
def city(services: FakeServices) -> FakeServices:
    populate(services)
    return services


@pytest.fixture
def manager(browser: Browser, city: FakeServices) -> Browser:
    browser.cookies["access"] = samples.token("campaign_manager")
    return browser


FORM = {
    "year": "2027",
    "deposit_from": "2026-08-15",
    "deposit_to": "2026-09-30",
    "review_from": "2026-10-01",
    "review_to": "2027-03-31",
    "ballot_from": "2027-04-01",
    "ballot_to": "2027-05-31",
    "vote_from": "2027-09-03",
    "vote_to": "2027-09-26",
    "results_from": "2027-10-06",
    "results_to": "2027-12-31",
    "envelopes": "Tout Paris ; 20 000 000 €\n12e arrondissement ; 3800000\n13e arrondissement ;\n",
}
NEW = "/bureau/campagnes/nouvelle"


def sent(city: FakeServices) -> calls.SaveCampaign:
    (request,) = [request for route, request, _ in city.asked if route == calls.SAVE_CAMPAIGN.route]
    assert isinstance(request, calls.SaveCampaign)
    return request


def test_the_newest_campaign_says_where_it_is_and_what_one_can_do(browser: Browser, city: FakeServices) -> None:
    assert browser.get("/budget").headers["Location"] == "/budget/2027"
    found = browser.get("/budget/2027").text

    assert 'href="/idees/nouvelle?nature=budget_idea"' in found
    assert 'aria-current="step"' in found
    assert "L’étude des idées demande un mois de plus." in found
    asked = [request for route, request, _ in city.asked if route == calls.LIST_IDEAS.route]
    assert asked[0].campaign == "budget-2027"


def test_outside_of_its_phase_nothing_is_offered(browser: Browser, city: FakeServices) -> None:
    city.on(calls.READ_CAMPAIGN, campaign(now="review"))

    assert "nature=budget_idea" not in browser.get("/budget/2027").text


def test_a_year_that_is_none_and_a_city_without_campaigns(browser: Browser, city: FakeServices) -> None:
    city.on(calls.LIST_CAMPAIGNS, calls.CampaignList(items=()))

    assert browser.get("/budget/demain").status_code == 404
    assert "Pas encore de campagne" in browser.get("/budget").text


def test_a_manager_prepares_a_campaign(manager: Browser, city: FakeServices) -> None:
    assert manager.send(NEW, NEW, FORM).status_code == 303

    request = sent(city)
    assert [phase.code for phase in request.phases] == ["deposit", "review", "ballot", "vote", "results"]
    assert [(one.place, one.amount) for one in request.envelopes] == [(None, 20_000_000), ("75012", 3_800_000)]
    assert request.version is None


def test_what_is_wrong_is_said_beside_its_date_and_nothing_is_lost(manager: Browser, city: FakeServices) -> None:
    overlap = FieldError("/phases/2/starts_on", "phases-overlap", "")
    city.on(calls.SAVE_CAMPAIGN, Fault.invalid(overlap, FieldError("/envelopes/0/place", "unknown-district", "")))
    refused = manager.send(NEW, NEW, FORM)
    empty = manager.send(NEW, NEW, FORM | {"vote_to": ""})

    assert refused.status_code == empty.status_code == 422
    assert {"#ballot_from", "#envelopes"} <= set(re.findall(r'href="(#\w+)"', refused.text))
    assert "#vote_to" in re.findall(r'href="(#\w+)"', empty.text)
    assert "20 000 000 €" in refused.text


def test_a_public_campaign_is_changed_with_its_version_and_a_reason(manager: Browser, city: FakeServices) -> None:
    place = "/bureau/campagnes/2027"
    shown = manager.get(place).text
    fields = {**FORM, "version": "3", "reason": "La commission siège en juin."}

    assert 'value="2026-08-15"' in shown
    assert "Tout Paris ; 20000000" in shown
    assert manager.send(place, place, fields).status_code == 303
    assert (sent(city).version, sent(city).reason) == (3, "La commission siège en juin.")
    assert manager.send(place, f"{place}/publier", {}).status_code == 303


def test_the_desk_lists_campaigns_to_agents_only(manager: Browser, city: FakeServices) -> None:
    assert "Budgets participatifs" in manager.get("/bureau/campagnes").text
    manager.cookies["access"] = samples.token()
    assert manager.get("/bureau/campagnes").status_code == 403
    assert campaigns().items


def test_ideas_of_an_earlier_campaign_wait_first_while_the_next_takes_ideas(
    manager: Browser, city: FakeServices
) -> None:
    newest, before = campaigns().items
    running = newest.model_copy(update={"now": "deposit"}), before.model_copy(update={"now": "review"})
    city.on(calls.LIST_CAMPAIGNS, calls.CampaignList(items=running))
    queue = "/bureau/recevabilite"

    def asked() -> list[str]:
        return [request.campaign for route, request, _ in city.asked if route == calls.LIST_IDEAS.route]

    manager.get(queue)
    assert asked() == [before.slug]
    city.on(calls.LIST_IDEAS, calls.DossierPage(items=(), total=0))
    assert "Rien n’attend" in manager.get(queue).text
    assert asked() == [before.slug, before.slug, newest.slug]


def test_ideas_are_admitted_with_one_key_and_refused_with_a_reason(manager: Browser, city: FakeServices) -> None:
    queue = "/bureau/recevabilite"
    shown = manager.get(queue).text
    ideas = list(dict.fromkeys(re.findall(r'name="idea_id" value="([^"]+)"', shown)))
    admitted = manager.send(queue, queue, {"idea_id": ideas[:2], "act": "admit"})
    city.on(calls.DECIDE_ADMISSIBILITY, Fault.invalid(FieldError("/text", "missing", "")))
    silent = manager.send(queue, queue, {"idea_id": ideas[0], "act": "refuse", "reason": "budget-private", "text": ""})

    assert 'data-key="p"' in shown
    assert admitted.headers["Location"] == f"{queue}?fait={len(ideas[:2])}"
    first, second = (request for route, request, _ in city.asked if route == calls.DECIDE_ADMISSIBILITY.route)
    assert (first.decision, second.decision, second.reason) == ("admit", "refuse", "budget-private")
    assert silent.status_code == 422
    assert f'value="{ideas[0]}" checked' in silent.text
