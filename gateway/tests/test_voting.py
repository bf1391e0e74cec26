"""The pages of votes: the booth in three steps, receipts in no address, results that explain themselves, the desk."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import falcon.testing
import pytest
from contracts import voting as calls
from contracts.errors import Fault
from gateway.testing import samples
from gateway.testing.stand_ins import Browser, FakeServices
from gateway.testing.votes import asked, example, give_examples, plain, sign_in

SLUG = "budget-2026-12e"
PAGE = f"/votes/{SLUG}"


APPROVAL = {"kind": "approval", "max_choices": 2, "minimum_votes": 1}


@pytest.fixture
def voting(services: FakeServices) -> FakeServices:
    """A service that gives its examples."""
    give_examples(services)
    return services


@pytest.fixture
def voter(browser: Browser, voting: FakeServices) -> Browser:
    sign_in(browser, voting)
    return browser


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", ["/votes", PAGE, f"{PAGE}/verifier"])
def test_public_pages_need_no_account(browser: Browser, voting: FakeServices, path: str, language: str) -> None:
    found = browser.get(path, **{"Accept-Language": language})

    assert found.status_code == 200
    assert found.text.count("<h1") == 1
    title = "12e arrondissement" if language == "fr" else "12th district"
    assert title in found.text


def test_the_booth_asks_people_to_sign_in(browser: Browser, voting: FakeServices) -> None:
    found = browser.get(f"{PAGE}/voter")

    assert found.status_code == 303
    assert found.headers["Location"].startswith("/compte/connexion?suite=")


def test_who_may_not_vote_reads_why(voter: Browser, voting: FakeServices) -> None:
    refused = calls.Participation(voted=False, allowed=False, reason="not-resident")
    voting.on(calls.GET_PARTICIPATION, refused)

    found = voter.get(f"{PAGE}/voter")

    assert found.status_code == 403
    assert "personnes qui y habitent" in plain(found.text) or "habitent" in plain(found.text)


def test_a_ballot_is_chosen_read_again_and_cast(voter: Browser, voting: FakeServices) -> None:
    given = {"mention-p1": "coup-de-coeur", "mention-p2": "", "mention-p3": "pas-convaincu", "mention-x": "bien"}
    reviewed = voter.send(f"{PAGE}/voter", f"{PAGE}/relire", given)
    fields = dict(
        re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', reviewed.text.split("/modifier")[0])
    )
    receipt = voter.post(f"{PAGE}/voter", fields)
    again = voter.post(f"{PAGE}/voter", fields)

    assert reviewed.status_code == 200
    assert "1 projet est laissé sans mention" in plain(reviewed.text)
    assert receipt.status_code == 200
    code = example(calls.CAST_BALLOT).receipt
    assert all(part in receipt.text for part in code.split("-"))
    assert again.status_code == 200
    first, second = asked(voting, calls.CAST_BALLOT)
    assert first == second
    assert first.ballot.grades == {"p1": "coup-de-coeur", "p3": "pas-convaincu"}
    assert code not in str(receipt.headers)


def test_a_ballot_goes_back_as_it_was_chosen(voter: Browser, voting: FakeServices) -> None:
    back = voter.send(f"{PAGE}/voter", f"{PAGE}/modifier", {"mention-p1": "jaime-bien"})

    assert 'name="mention-p1" value="jaime-bien" checked' in back.text


def test_too_many_choices_are_named_and_none_is_lost(voter: Browser, voting: FakeServices) -> None:
    voting.on(calls.GET_ELECTION, example(calls.GET_ELECTION, method=APPROVAL, grades=[]))

    found = voter.send(f"{PAGE}/voter", f"{PAGE}/relire", {"choix": ["p1", "p2", "p3"]})

    assert found.status_code == 422
    assert "2 projets au plus : retirez-en 1" in plain(found.text)
    assert found.text.count(" checked") == 3
    assert asked(voting, calls.CAST_BALLOT) == []


def test_an_approval_ballot_is_cast(voter: Browser, voting: FakeServices) -> None:
    voting.on(calls.GET_ELECTION, example(calls.GET_ELECTION, method=APPROVAL, grades=[]))
    cast_id = "01992000-0000-7000-8000-0000000000c1"

    voter.send(f"{PAGE}/voter", f"{PAGE}/voter", {"choix": ["p2", "p2", "nowhere"], "cast_id": cast_id})

    (request,) = asked(voting, calls.CAST_BALLOT)
    assert request.ballot.choices == ("p2",)
    assert request.cast_id == UUID(cast_id)


@pytest.mark.parametrize("step", ["voter", "relire", "modifier", "voter POST", "recu.txt"])
def test_a_sealed_vote_has_a_booth_of_its_own(voter: Browser, voting: FakeServices, step: str) -> None:
    """No step of the booth of open votes shows or sends a choice of a sealed vote in clear."""
    path = f"{PAGE}/{step.removesuffix(' POST')}"
    shown = voter.get(f"{PAGE}/voter").text
    token = re.findall(r'name="_csrf" value="([^"]+)"', shown)[0]
    voting.on(calls.GET_ELECTION, example(calls.GET_ELECTION, secrecy="sealed"))
    fields = {"mention-p1": "jaime-bien", "cast_id": str(UUID(int=5)), "_csrf": token}

    found = voter.get(path) if step == "voter" else voter.post(path, fields)

    assert (found.status_code, found.headers["Location"]) == (303, f"{PAGE}/cabine")
    assert asked(voting, calls.CAST_BALLOT) == []


def test_a_closed_vote_says_so_instead_of_failing(voter: Browser, voting: FakeServices) -> None:
    voting.on(calls.CAST_BALLOT, Fault.wrong_state("This vote is closed.", "vote-closed"))
    fields = {"mention-p1": "jaime-bien", "cast_id": str(UUID(int=5))}

    found = voter.send(f"{PAGE}/voter", f"{PAGE}/voter", fields)

    assert found.status_code == 409
    assert "Ce vote est clos" in plain(found.text)


def test_a_receipt_is_saved_as_text(voter: Browser, voting: FakeServices) -> None:
    saved = voter.send(f"{PAGE}/voter", f"{PAGE}/recu.txt", {"receipt": "AAAA-BBBB-CCCC-DDDD-EEEE"})

    assert saved.headers["Content-Type"].startswith("text/plain")
    assert "AAAA-BBBB-CCCC-DDDD-EEEE" in saved.text


def test_a_receipt_is_checked_without_an_account(browser: Browser, voting: FakeServices) -> None:
    found = browser.send(f"{PAGE}/verifier", f"{PAGE}/verifier", {"receipt": "aaaa bbbb"})
    voting.on(calls.CHECK_RECEIPT, example(calls.CHECK_RECEIPT, found=False))
    missing = browser.send(f"{PAGE}/verifier", f"{PAGE}/verifier", {"receipt": "aaaa bbbb"})
    empty = browser.send(f"{PAGE}/verifier", f"{PAGE}/verifier", {"receipt": " "})

    assert "Ce bulletin est dans l’urne" in plain(found.text)
    assert "Aucun bulletin n’a ce reçu" in plain(missing.text)
    assert empty.status_code == 422


def test_a_counted_ballot_is_shown_to_whoever_has_its_receipt(browser: Browser, voting: FakeServices) -> None:
    ballot = {"kind": "majority_judgment", "grades": {"p1": "coup-de-coeur"}}
    voting.on(calls.CHECK_RECEIPT, example(calls.CHECK_RECEIPT, number=12, ballot=ballot))

    found = browser.send(f"{PAGE}/verifier", f"{PAGE}/verifier", {"receipt": "aaaa bbbb"})

    assert "De l’ombre dans les cours d’école : Coup de cœur" in plain(found.text)


def published(voting: FakeServices, **changes: Any) -> None:
    voting.on(calls.GET_ELECTION, example(calls.GET_ELECTION, state="published"))
    voting.on(calls.GET_RESULT, example(calls.GET_RESULT, **changes))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_result_explains_each_project(browser: Browser, voting: FakeServices, language: str) -> None:
    published(voting)

    found = browser.get(f"{PAGE}/resultats", **{"Accept-Language": language})

    assert found.status_code == 200
    text = plain(found.text)
    expected = ("Retenu", "450 000 €", "Coup de cœur") if language == "fr" else ("Chosen", "€450,000", "Love it")
    assert all(one in text for one in expected)
    assert example(calls.GET_RESULT).ballots_sha256 in text


def test_an_approval_result_with_a_tie_and_a_project_that_did_not_fit(browser: Browser, voting: FakeServices) -> None:
    def project(rank: int, id_: str, cost: int, verdict: str, available: int) -> dict[str, Any]:
        return {
            "rank": rank,
            "candidate_id": id_,
            "title": {"fr": f"Projet {id_}"},
            "cost": cost,
            "dossier": None,
            "votes": 9 - rank,
            "verdict": verdict,
            "available": available,
        }

    ranking = [
        project(1, "a", 500, "won", 600),
        project(2, "b", 300, "too_expensive", 100),
        project(2, "c", 90, "won", 100),
    ]
    tie = {"candidate_ids": ["b", "c"], "decided_by": "lower_cost", "decisive": True}
    idle = {"candidate_ids": ["c", "b"], "decided_by": "lower_cost", "decisive": False}
    published(voting, method=APPROVAL, grades=[], ranking=ranking, ties=[*[idle] * 5, tie], envelope=600, spent=590)

    text = plain(browser.get(f"{PAGE}/resultats").text)

    assert "2 projets retenus" in text
    assert "« Projet b » coûte 300 €" in text
    assert text.count("Cet ordre a décidé") == 1
    assert text.count("À égalité après le décompte") == 4  # the one that decided, and three others


def test_results_before_the_count_lead_back(browser: Browser, voting: FakeServices) -> None:
    assert browser.get(f"{PAGE}/resultats").headers["Location"] == PAGE


def test_the_ballots_are_one_file_made_of_its_parts(browser: Browser, voting: FakeServices) -> None:
    published(voting)
    parts = {0: ("number;receipt_sha256;ballot\n", 1), 1: ("1;aa;\n", None)}

    def part(request: Any, _context: Any) -> Any:
        text, following = parts[request.part]
        return calls.BallotsFilePart(text=text, next=following)

    voting.on(calls.GET_BALLOTS_FILE, part)

    found = browser.get(f"{PAGE}/bulletins.csv")

    assert found.text == "number;receipt_sha256;ballot\n1;aa;\n"
    assert "attachment" in found.headers["Content-Disposition"]


def test_the_rules_are_given_byte_for_byte(browser: Browser, voting: FakeServices) -> None:
    assert browser.get(f"{PAGE}/regles.json").text == example(calls.GET_RULES).canonical


def test_a_cast_through_the_api_takes_its_identifier_from_the_key(
    api: falcon.testing.TestClient, voting: FakeServices
) -> None:
    body = {"ballot": {"kind": "approval", "choices": ["p1"]}}
    headers = {"Authorization": f"Bearer {samples.session().access_token}", "Idempotency-Key": "once"}
    path = f"/api/v1/elections/{UUID(int=9)}/ballots"

    answers = [api.simulate_post(path, json=body, headers=headers) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    first, second = asked(voting, calls.CAST_BALLOT)
    assert first.cast_id == second.cast_id


def test_without_voting_there_is_no_trace_of_it(make_app: Callable[..., Any]) -> None:
    client = falcon.testing.TestClient(make_app(services="identity,ideas"))

    assert client.simulate_get("/votes").status_code == 404
    assert "/votes" not in client.simulate_get("/", headers={"Accept-Language": "fr"}).text
    assert "/elections" not in client.simulate_get("/api/v1/openapi.json").text
