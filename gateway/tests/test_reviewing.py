"""Supports that look made up: the desk's pages, what each state offers, and the public report."""

from typing import Any

import pytest
from contracts import ideas
from contracts.errors import Fault
from gateway.testing import city, fraud_samples, samples
from gateway.testing.fraud_samples import GROUP
from gateway.testing.stand_ins import Browser, FakeServices

PAGE = f"/bureau/soutiens/{GROUP}"


@pytest.fixture
def moderator(browser: Browser, services: FakeServices) -> Browser:
    city.populate(services)
    browser.cookies["access"] = samples.token("moderator")
    return browser


def asked(services: FakeServices, call: Any) -> list[Any]:
    return [request for route, request, _ in services.asked if route == call.route]


@pytest.mark.parametrize(
    ("standing", "offered"),
    [
        ({"state": ideas.FraudState.OPEN}, {"ecarter", "proposer"}),
        ({"state": ideas.FraudState.PROPOSED, "may_confirm": True}, {"confirmer", "ecarter"}),
        ({"state": ideas.FraudState.PROPOSED, "may_confirm": False}, {"ecarter"}),
        ({"state": ideas.FraudState.INVALIDATED}, {"rendre"}),
        ({"state": ideas.FraudState.DISMISSED}, set()),
        ({"state": ideas.FraudState.UNDONE}, set()),
    ],
)
def test_each_state_offers_what_can_be_done(
    moderator: Browser, services: FakeServices, standing: dict[str, Any], offered: set[str]
) -> None:
    services.on(ideas.READ_FRAUD_GROUP, fraud_samples.view(**standing))
    shown = moderator.get(PAGE).text
    names = ("ecarter", "proposer", "confirmer", "rendre")
    assert {name for name in names if f'action="{PAGE}/{name}"' in shown} == offered


def test_the_reasons_are_said_with_their_numbers_and_the_preview_with_both_counts(moderator: Browser) -> None:
    shown = moderator.get(PAGE).text.replace("\u202f", " ").replace("\u00a0", " ")
    assert "58 soutiens en 10 minutes ; d’habitude 2." in shown
    assert "58 comptes" in shown
    assert "Un toutes les 11 secondes." in shown
    assert "1 204" in shown
    assert "1 144" in shown


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "Plusieurs par seconde."), (1, "Un par seconde."), (2, "Un toutes les 2 secondes.")]
)
def test_a_pace_is_said_as_one_says_it(moderator: Browser, services: FakeServices, seconds: int, words: str) -> None:
    pace = ideas.FraudReason(signal=ideas.Signal.REGULAR, points=10, found=seconds, usual=None)
    services.on(ideas.READ_FRAUD_GROUP, fraud_samples.view(reasons=(pace,)))
    assert words in moderator.get(PAGE).text.replace("\u00a0", " ")


def test_proposing_needs_a_public_text_and_confirming_a_colleague(moderator: Browser, services: FakeServices) -> None:
    assert moderator.send(PAGE, f"{PAGE}/proposer", {"text": ""}).status_code == 422
    assert not asked(services, ideas.PROPOSE_INVALIDATION)
    said = {"text": "Des comptes faits le matin même, toutes les dix secondes."}
    assert moderator.send(PAGE, f"{PAGE}/proposer", said).headers["location"] == f"{PAGE}?fait=proposer"
    services.on(ideas.CONFIRM_INVALIDATION, Fault.forbidden("Not by you.", "another-agent"))
    services.on(ideas.READ_FRAUD_GROUP, fraud_samples.view(state=ideas.FraudState.PROPOSED, may_confirm=True))
    refused = moderator.send(PAGE, f"{PAGE}/confirmer", {})
    assert refused.status_code == 403
    assert "un autre agent le confirme" in refused.text


def test_the_queue_and_the_log_are_for_their_roles(moderator: Browser, services: FakeServices) -> None:
    assert "Comptes récents" in moderator.get("/bureau/soutiens").text
    moderator.cookies["access"] = samples.token("auditor")
    log = moderator.get("/bureau/soutiens/journal").text
    assert "A retiré" in log
    assert "Karim L." in log


def test_everybody_reads_the_report_and_finds_it(browser: Browser, services: FakeServices) -> None:
    city.populate(services)
    shown = browser.get("/transparence/soutiens").text.replace("\u202f", " ").replace("\u00a0", " ")
    assert "184 210" in shown
    assert "8 groupes ont été reconnus réels." in shown
    assert 'href="/transparence/soutiens"' in browser.get("/transparence").text


def test_the_report_is_data_as_well(api: Any, services: FakeServices) -> None:
    city.populate(services)
    assert api.simulate_get("/api/v1/transparency/supports").json["supports_taken_out"] == 212
