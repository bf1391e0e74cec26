"""The desk of campaign managers: prepare a vote, publish its rules, end it; every error in its place."""

import re

import pytest
from contracts import voting as calls
from contracts.errors import Fault, FieldError
from gateway.testing.stand_ins import Browser, FakeServices
from gateway.testing.votes import asked, example, give_examples, plain, sign_in


@pytest.fixture
def voting(services: FakeServices) -> FakeServices:
    give_examples(services)
    return services


@pytest.fixture
def manager(browser: Browser, voting: FakeServices) -> Browser:
    sign_in(browser, voting, "campaign_manager")
    return browser


FORM = {
    "title_fr": "Budget participatif",
    "slug": "budget",
    "kind": "approval",
    "max_choices": "3",
    "blanks": "ignored",
    "fill": "skip",
    "tie_break": "lot",
    "envelope": "600000",
    "opens_at": "2026-09-01T10:00",
    "closes_at": "2026-09-20T23:59",
    "candidates": "p1 ; De l’ombre ; 450 000 ; Nature ; 12e ; PAR-2025-000412\n\np2;Des bancs;1000",
}


def test_a_manager_prepares_a_vote(manager: Browser, voting: FakeServices) -> None:
    sent = manager.send("/bureau/votes/nouveau", "/bureau/votes/nouveau", FORM)

    assert sent.status_code == 303
    (request,) = asked(voting, calls.DRAFT_ELECTION)
    assert request.method == calls.ApprovalRule(max_choices=3)
    assert [(one.id, one.cost, one.dossier) for one in request.candidates] == [
        ("p1", 450_000, "PAR-2025-000412"),
        ("p2", 1000, None),
    ]
    assert request.opens_at.isoformat() == "2026-09-01T10:00:00+02:00"


def test_everything_wrong_with_a_vote_is_said_beside_its_field(manager: Browser, voting: FakeServices) -> None:
    wrong = FORM | {"title_fr": "", "opens_at": "demain", "candidates": "!! ; x ; gratuit"}

    found = manager.send("/bureau/votes/nouveau", "/bureau/votes/nouveau", wrong)

    assert found.status_code == 422
    assert {'href="#title_fr"', 'href="#opens_at"', 'href="#candidates"'} <= set(re.findall(r'href="#\w+"', found.text))
    assert "gratuit" in found.text


def test_what_keeps_the_rules_from_being_published_is_said(manager: Browser, voting: FakeServices) -> None:
    voting.on(calls.GET_ELECTION, example(calls.GET_ELECTION, state="draft", rules=[]))
    missing = FieldError("/candidates", "too-few-projects", "A vote needs at least two projects.")
    voting.on(calls.OPEN_ELECTION, Fault.invalid(missing))
    place = f"/bureau/votes/{example(calls.GET_ELECTION).id}"

    found = manager.send(place, f"{place}/publier", {})

    assert found.status_code == 422
    assert "au moins deux projets" in plain(found.text)


def test_the_desk_shows_edits_and_ends_a_vote(manager: Browser, voting: FakeServices) -> None:
    place = f"/bureau/votes/{example(calls.GET_ELECTION).id}"

    listed, edited = manager.get("/bureau/votes"), manager.get(f"{place}/modifier")
    silent = manager.send(place, f"{place}/clore", {"reason": ""})
    closed = manager.send(place, f"{place}/annuler", {"reason": "Le vote n’a plus d’objet."})

    assert listed.status_code == edited.status_code == 200
    assert "p1 ; De l’ombre dans les cours d’école ; 450000" in edited.text
    assert silent.status_code == 422
    assert closed.status_code == 303
    assert asked(voting, calls.CANCEL_ELECTION)[0].reason == "Le vote n’a plus d’objet."


def test_the_desk_is_for_agents(browser: Browser, voting: FakeServices) -> None:
    sign_in(browser, voting)

    assert browser.get("/bureau/votes").status_code == 403
