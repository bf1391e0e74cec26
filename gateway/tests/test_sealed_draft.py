"""A sealed vote drafted at the desk: key holders in the form, what is missing, their codes, beginning again."""

from typing import Any

import pytest
from contracts import voting
from contracts.errors import Fault, FieldError
from contracts.voting import sealed
from gateway.testing import counter_samples, samples
from gateway.testing.counter_samples import VOTE
from gateway.testing.stand_ins import Browser, FakeServices
from gateway.testing.votes import asked, example, give_examples, plain

DESK = f"/bureau/votes/{VOTE}"
PAGE = f"{DESK}/depositaires"
NEW = "/bureau/votes/nouveau"
FORM = {
    "title_fr": "Budget participatif",
    "slug": "budget",
    "secrecy": "sealed",
    "trustees": "Majorité\n\n Opposition \nGreffe",
    "threshold": "2",
    "group": "Ed25519",
    "kind": "approval",
    "max_choices": "2",
    "blanks": "ignored",
    "fill": "skip",
    "tie_break": "lower_cost",
    "opens_at": "2026-09-01T10:00",
    "closes_at": "2026-09-20T23:59",
    "candidates": "p1 ; De l’ombre\np2 ; Des bancs",
}


@pytest.fixture
def manager(browser: Browser, services: FakeServices) -> Browser:
    give_examples(services)
    counter_samples.give(services)
    counter_samples.ceremony(services)
    browser.cookies["access"] = samples.token("campaign_manager")
    return browser


def test_a_sealed_vote_is_drafted_with_its_key_holders(manager: Browser, services: FakeServices) -> None:
    assert manager.send(NEW, NEW, FORM).status_code == 303
    (request,) = asked(services, voting.DRAFT_ELECTION)
    assert request.secrecy == "sealed"
    assert request.sealed.trustees == ("Majorité", "Opposition", "Greffe")
    assert (request.sealed.threshold, request.eligibility_action) == (2, "vote_sealed")
    assert manager.send(NEW, NEW, FORM | {"secrecy": "open"}).status_code == 303
    plain_one = asked(services, voting.DRAFT_ELECTION)[1]
    assert (plain_one.secrecy, plain_one.sealed, plain_one.eligibility_action) == ("open", None, "vote_budget")


def test_every_error_of_a_sealed_draft_is_said_at_once(manager: Browser, services: FakeServices) -> None:
    wrong = FORM | {"trustees": "Greffe", "threshold": "", "title_fr": "", "opens_at": "demain"}
    found = manager.send(NEW, NEW, wrong)
    assert found.status_code == 422
    for name in ("trustees", "threshold", "title_fr", "opens_at"):
        assert f'href="#{name}"' in found.text
    assert not asked(services, voting.DRAFT_ELECTION)
    too_high = FieldError("/sealed/threshold", "threshold-too-high", "More trustees are asked than there are.")
    services.on(voting.DRAFT_ELECTION, Fault.invalid(too_high))
    assert 'href="#threshold"' in manager.send(NEW, NEW, FORM | {"threshold": "9"}).text


def test_changing_a_sealed_draft_keeps_it_sealed(manager: Browser, services: FakeServices) -> None:
    edited = manager.get(f"{DESK}/modifier").text
    assert "Majorité\nOpposition\nGreffe" in edited
    one = counter_samples.election(state="draft")
    kept = {"trustees": "Majorité\nOpposition", "group": "BELENIOS-2048", "eligibility_action": one.eligibility_action}
    manager.send(f"{DESK}/modifier", f"{DESK}/modifier", FORM | kept)
    (request,) = asked(services, voting.REVISE_ELECTION)
    assert (request.sealed.trustees, request.sealed.group) == (("Majorité", "Opposition"), "BELENIOS-2048")
    assert request.eligibility_action == one.eligibility_action


def test_all_that_is_missing_is_said_before_anything_is_tried(manager: Browser, services: FakeServices) -> None:
    services.on(
        voting.GET_ELECTION, counter_samples.election(state="draft", candidates=[], closes_at="2020-01-01T00:00:00Z")
    )
    for path in (DESK, PAGE):
        shown = manager.get(path).text
        for expected in (
            "Au moins deux projets",
            "clôture à venir",
            "Un code pour : Opposition, Greffe",
            "le certificat",
        ):
            assert expected in plain(shown), expected
        assert f"{DESK}/publier" not in shown
    counter_samples.ceremony(services, ready=True)
    closes = {"opens_at": "2036-01-01T00:00:00Z", "closes_at": "2036-02-01T00:00:00Z"}
    services.on(voting.GET_ELECTION, counter_samples.election(state="draft", **closes))
    assert f"{DESK}/publier" in manager.get(PAGE).text


def test_a_code_is_shown_once(manager: Browser, services: FakeServices) -> None:
    given = manager.send(PAGE, f"{PAGE}/2", {})
    code = example(sealed.INVITE_TRUSTEE).code
    assert (given.status_code, code in given.text, "no-store" in given.headers["cache-control"]) == (
        200,
        True,
        True,
    )
    assert asked(services, sealed.INVITE_TRUSTEE)[0].place == 2
    assert code not in manager.get(PAGE).text
    for nowhere in ("99", "deux", "9" * 5000):
        assert manager.send(PAGE, f"{PAGE}/{nowhere}", {}).status_code == 422


def test_beginning_again_needs_its_reason(manager: Browser, services: FakeServices) -> None:
    counter_samples.ceremony(services, ready=True)
    assert manager.send(PAGE, PAGE, {"reason": ""}).status_code == 422
    sent = manager.send(PAGE, PAGE, {"reason": "Une clé est perdue."})
    assert sent.headers["location"] == f"{PAGE}?fait=1"
    assert asked(services, sealed.RESTART_CEREMONY)[0].reason == "Une clé est perdue."


def test_a_draft_is_called_off(manager: Browser, services: FakeServices) -> None:
    told: dict[str, Any] = {"reason": "Le vote n’a plus d’objet."}
    assert manager.send(DESK, f"{DESK}/annuler", told).status_code == 303
    assert asked(services, voting.CANCEL_ELECTION)[0].reason == told["reason"]
