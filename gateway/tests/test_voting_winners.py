"""Why projects win or not, and what people decide on top: on the page of results and at the desk."""

from typing import Any
from uuid import UUID

import pytest
from contracts import voting as calls
from contracts.errors import Fault, FieldError
from gateway.testing.stand_ins import Browser, FakeServices
from gateway.testing.votes import asked, example, give_examples, plain, sign_in

PAGE = "/votes/budget-2026-12e/resultats"
DESK = f"/bureau/votes/{UUID(int=1)}"
SHARES = {"use": "information", "completion": "add_one"}


@pytest.fixture
def voting(services: FakeServices) -> FakeServices:
    give_examples(services)
    services.on(calls.GET_ELECTION, example(calls.GET_ELECTION, state="published"))
    return services


@pytest.fixture
def manager(browser: Browser, voting: FakeServices) -> Browser:
    sign_in(browser, voting, "campaign_manager")
    return browser


def placed(id_: str, verdict: str, **more: Any) -> dict[str, Any]:
    basis = {"rank": 1, "candidate_id": id_, "title": {"fr": f"Projet {id_}"}, "cost": 500, "dossier": None, "votes": 9}
    return basis | {"verdict": verdict} | more


REASONS = {
    "won": (placed("a", "won", available=600), "Il reste 100 € dans l’enveloppe."),
    "completed": (placed("a", "completed", available=600), "les parts ont laissé : il reste 100 €"),
    "paid": (placed("a", "won", price=12), "Il prend au plus 12 € sur la part"),
    "too_expensive": (placed("a", "too_expensive", available=90), "Coûte 500 € ; il restait 90 € à son tour."),
    "after_stop": (placed("a", "after_stop"), "les règles s’arrêtent là"),
    "below_minimum": (placed("a", "below_minimum"), "Il lui fallait 30 voix"),
    "too_few_good": (placed("a", "too_few_good"), "Moins de 5 % des bulletins l’ont choisi."),
    "excluded": (placed("a", "excluded", excluded_by="b"), "Incompatible avec « Projet b », retenu avant lui."),
    "not_shared": (placed("a", "not_shared", together=80), "Il coûte 500 € ; il restait 80 € en tout"),
}


@pytest.mark.parametrize(("project", "words"), REASONS.values(), ids=REASONS.keys())
def test_every_reason_is_said(browser: Browser, voting: FakeServices, project: dict[str, Any], words: str) -> None:
    method = {"kind": "approval", "max_choices": 2, "minimum_votes": 30, "minimum_percent": 5}
    ranking = [project, placed("b", "won", available=600)]
    voting.on(calls.GET_RESULT, example(calls.GET_RESULT, method=method, grades=[], ranking=ranking, ties=[]))

    assert words in plain(browser.get(PAGE).text).replace("\u202f", " ")


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        ("below_minimum", "Il lui fallait au moins la mention « Pourquoi pas ? »"),
        ("too_few_good", "Moins de 60 % lui donnent « J’aime bien » ou mieux."),
    ],
)
def test_the_reasons_of_majority_judgment(browser: Browser, voting: FakeServices, verdict: str, words: str) -> None:
    result = example(calls.GET_RESULT).model_dump(mode="json")
    result["method"] |= {"good_opinions": {"lowest_grade": "jaime-bien", "percent": 60}}
    result["ranking"][0]["verdict"] = verdict
    voting.on(calls.GET_RESULT, example(calls.GET_RESULT, method=result["method"], ranking=result["ranking"]))

    text = plain(browser.get(PAGE).text).replace("\u202f", " ")

    assert words in text
    assert "Il faut qu’au moins 60 % lui donnent « J’aime bien » ou mieux." in text


def test_decisions_stand_apart_from_the_count(browser: Browser, voting: FakeServices) -> None:
    voting.on(calls.GET_RESULT, example(calls.DECIDE_PROJECT))
    (decision,) = example(calls.DECIDE_PROJECT).decisions

    page = browser.get(PAGE)

    before, ranking = page.text.split('id="ranking"')
    assert "Décidé après le décompte" in before
    assert decision.reason["fr"] in before
    assert "Décision : Responsable de campagne" in plain(before)
    assert "3 projets sont réalisés" in plain(before)
    assert "2 projets retenus" in plain(before)
    assert "Ajouté par une décision" in ranking


def test_equal_shares_are_shown_beside_as_information(browser: Browser, voting: FakeServices) -> None:
    ranking = [placed("a", "won", available=600, by_shares="not_shared"), placed("b", "excluded", by_shares="won")]
    voting.on(calls.GET_RESULT, example(calls.GET_RESULT, ranking=ranking, equal_shares=SHARES, method=APPROVAL))

    text = plain(browser.get(PAGE).text)

    assert "Elle retiendrait aussi : Projet b" in text
    assert "Elle ne retiendrait pas : Projet a" in text


def test_equal_shares_as_the_rule_tell_of_no_order_in_which_projects_did_not_fit(
    browser: Browser, voting: FakeServices
) -> None:
    ranking = [placed("a", "too_expensive", available=90), placed("b", "won", price=3)]
    changes = {"ranking": ranking, "method": APPROVAL, "ties": []}
    voting.on(calls.GET_RESULT, example(calls.GET_RESULT, **changes, equal_shares=SHARES | {"use": "rule"}))

    text = plain(browser.get(PAGE).text)

    assert "elle ne tenait pas" not in text
    assert "il ne tenait pas" not in text
    assert "Chaque bulletin reçoit la même part de l’enveloppe" in text


APPROVAL = {"kind": "approval", "max_choices": 2}
SENT = {"candidate_id": "p3", "kind": "awarded", "reason_fr": "Le conseil le finance.", "id": str(UUID(int=7))}


def test_a_manager_decides_at_the_desk(manager: Browser, voting: FakeServices) -> None:
    sent = manager.send(DESK, f"{DESK}/decider", SENT)

    (request,) = asked(voting, calls.DECIDE_PROJECT)
    assert sent.headers["Location"] == PAGE
    assert (request.id, request.candidate_id, request.kind) == (UUID(int=7), "p3", "awarded")
    assert request.reason == {"fr": "Le conseil le finance."}


def test_what_is_wrong_with_a_decision_is_said_in_its_place(manager: Browser, voting: FakeServices) -> None:
    voting.on(calls.DECIDE_PROJECT, Fault.invalid(FieldError("/candidate_id", "unknown-project", "No.")))

    refused = manager.send(DESK, f"{DESK}/decider", SENT)
    short = manager.send(DESK, f"{DESK}/decider", SENT | {"reason_fr": "Non"})

    assert (refused.status_code, short.status_code) == (422, 422)
    assert "Choisissez un projet de la liste." in plain(refused.text)
    assert "Le conseil le finance." in refused.text
    assert 'aria-invalid="true"' in short.text


def test_the_editor_keeps_every_rule_about_winners(manager: Browser, voting: FakeServices) -> None:
    method = APPROVAL | {"minimum_votes": 4, "minimum_percent": 5}
    changes = {"state": "draft", "method": method, "exclusions": [["p1", "p2"]], "equal_shares": SHARES, "grades": []}
    one = example(calls.GET_ELECTION, **changes)
    voting.on(calls.GET_ELECTION, one)
    page = manager.get(f"{DESK}/modifier").text

    assert 'value="4"' in page
    assert "p1 ; p2" in page

    typed = {
        "title_fr": "Budget participatif",
        "slug": "budget",
        "kind": "approval",
        "max_choices": "2",
        "minimum_votes": "4",
        "minimum_percent": "5",
        "fill": "skip",
        "tie_break": "lot",
        "shares": "information",
        "completion": "add_one",
        "envelope": "900",
        "opens_at": "2026-09-01T10:00",
        "closes_at": "2026-09-20T23:59",
        "candidates": "p1;De l’ombre;450\np2;Des bancs;10",
        "exclusions": "p1 ; p2\n\n",
    }
    manager.send(f"{DESK}/modifier", f"{DESK}/modifier", typed)
    (request,) = asked(voting, calls.REVISE_ELECTION)
    assert (request.method, request.exclusions, request.equal_shares) == (one.method, one.exclusions, one.equal_shares)
