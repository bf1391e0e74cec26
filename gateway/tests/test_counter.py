"""The counter of voting on paper: somebody is found, struck off, refused in words, and a mistake is undone."""

from typing import Any

import pytest
from contracts import voting
from contracts.errors import Fault
from contracts.identity import paper, tokens
from gateway.testing import counter_samples, samples
from gateway.testing.counter_samples import HERE, PERSON, VOTE
from gateway.testing.stand_ins import Browser, FakeServices
from gateway.testing.votes import asked, plain

PAGE = f"{HERE}/emargement"


@pytest.fixture
def officer(browser: Browser, services: FakeServices) -> Browser:
    counter_samples.give(services)
    browser.cookies["access"] = samples.token("counter_officer")
    return browser


def test_open_sealed_votes_of_ones_place_are_listed(officer: Browser, services: FakeServices) -> None:
    votes = [
        counter_samples.election(title={"fr": title}, perimeter=place, secrecy=secrecy)
        for title, place, secrecy in (
            ("Toute la ville", None, "sealed"),
            ("Mon secteur", "75012", "sealed"),
            ("Un autre", "75013", "sealed"),
            ("En clair", "75012", "open"),
        )
    ]
    services.on(voting.LIST_ELECTIONS, counter_samples.summaries(*votes))
    officer.cookies["access"] = samples.token("counter_officer", places=("75012",))
    shown = plain(officer.get("/bureau/vote-papier").text)
    assert ("Toute la ville" in shown, "Mon secteur" in shown) == (True, True)
    assert ("Un autre" in shown, "En clair" in shown) == (False, False)
    services.on(voting.LIST_ELECTIONS, counter_samples.summaries())
    assert "Aucun vote sur papier en ce moment" in plain(officer.get("/bureau/vote-papier").text)


def test_somebody_is_found_then_struck_off(officer: Browser, services: FakeServices) -> None:
    found = officer.send(PAGE, f"{PAGE}/chercher", {"login": "rosa@example.org"})
    assert (found.status_code, "Rosa Luxembourg" in found.text, "5 mars 1970" in plain(found.text)) == (200, True, True)
    (sought,) = asked(services, paper.FIND_VOTER)
    assert (sought.election_id, sought.login) == (VOTE, "rosa@example.org")
    assert sought.reason.startswith("Vote sur papier")
    sent = officer.send(PAGE, f"{PAGE}/rayer", {"account_id": str(PERSON)})
    assert sent.headers["location"] == f"{PAGE}?fait=emarge"
    assert asked(services, tokens.STRIKE_OFF)[0].account_id == PERSON
    assert "Rosa L. a émargé : remettez le bulletin." in plain(officer.get(f"{PAGE}?fait=emarge").text)


def test_by_the_document_everything_missing_is_said_at_once(officer: Browser, services: FakeServices) -> None:
    typed = {"family_name": "Luxembourg", "given_name": "", "birth_date": "hier"}
    found = officer.send(PAGE, f"{PAGE}/chercher", typed)
    assert found.status_code == 422
    for expected in ('href="#d-birth_date"', 'href="#d-given_name"', 'value="Luxembourg"'):
        assert expected in found.text
    assert not asked(services, paper.FIND_VOTER)
    officer.send(PAGE, f"{PAGE}/chercher", typed | {"given_name": "Rosa", "birth_date": "1970-03-05"})
    assert asked(services, paper.FIND_VOTER)[0].family_name == "Luxembourg"


@pytest.mark.parametrize(
    ("state", "more", "words"),
    [
        ("token", {}, "aucun bulletin papier ne peut lui être remis"),
        ("paper", {"struck_off_at": samples.NOW}, "aucun second bulletin"),
        ("other-district", {}, "Cette personne en a choisi un autre"),
        ("not-allowed", {"refusals": ("too-young",)}, "Elle n’a pas l’âge requis"),
    ],
)
def test_who_cannot_be_struck_off_is_told_apart(
    officer: Browser, services: FakeServices, state: str, more: dict[str, Any], words: str
) -> None:
    services.on(paper.FIND_VOTER, counter_samples.voter(state, **more))
    found = officer.send(PAGE, f"{PAGE}/chercher", {"login": "rosa@example.org"})
    assert words in plain(found.text)
    assert f"{PAGE}/rayer" not in found.text


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("token-given", "a reçu un droit de vote en ligne"),
        ("voting-closed", "on n’émarge plus"),
        ("other-counter", "votre guichet n’est pas de ce secteur"),
    ],
)
def test_a_refusal_at_the_last_moment_is_in_the_agents_words(
    officer: Browser, services: FakeServices, reason: str, words: str
) -> None:
    services.on(tokens.STRIKE_OFF, Fault.conflict("No.", reason))
    refused = officer.send(PAGE, f"{PAGE}/rayer", {"account_id": str(PERSON)})
    assert (refused.status_code, words in plain(refused.text)) == (409, True)


def test_nobody_found_keeps_what_was_typed(officer: Browser, services: FakeServices) -> None:
    services.on(paper.FIND_VOTER, Fault.not_found("No.", "unknown-voter"))
    found = officer.send(PAGE, f"{PAGE}/chercher", {"login": "rosa@example.org"})
    assert (found.status_code, "rosa@example.org" in found.text) == (404, True)
    assert "Personne n’a été trouvé" in plain(found.text)


def test_a_mistake_is_undone_with_its_reason(officer: Browser, services: FakeServices) -> None:
    silent = officer.send(PAGE, f"{PAGE}/annuler", {"account_id": str(PERSON), "reason": ""})
    assert (silent.status_code, 'href="#u1-reason"' in silent.text) == (422, True)
    undone = officer.send(PAGE, f"{PAGE}/annuler", {"account_id": str(PERSON), "reason": "Une homonyme"})
    assert undone.headers["location"] == f"{PAGE}?fait=annule"
    assert asked(services, paper.UNDO_STRIKE_OFF)[0].reason == "Une homonyme"


def test_the_count_of_the_day_is_shown_and_a_closed_list_takes_nobody(officer: Browser, services: FakeServices) -> None:
    assert "Émargements faits par vous 4" in plain(officer.get(PAGE).text)
    services.on(paper.READ_PAPER_DAY, counter_samples.day(closed=True, recent=()))
    shown = officer.get(PAGE).text
    assert ("on n’émarge plus" in shown, f"{PAGE}/chercher" in shown) == (True, False)


def test_it_is_for_sealed_votes_and_agents(officer: Browser, services: FakeServices) -> None:
    services.on(voting.GET_ELECTION, counter_samples.election(secrecy="open", sealed=None))
    assert officer.get(PAGE).status_code == 404
    officer.cookies["access"] = samples.token()
    assert officer.get(PAGE).status_code == 403
