"""Casting a sealed ballot: nothing of the request but the ballot and its token goes any further."""

import json
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any
from uuid import UUID

import contracts
import falcon
import falcon.testing
import pytest
from contracts import voting as calls
from contracts.voting.sealed_ballots import CAST_SEALED_BALLOT, GET_SEALED_BALLOT, SealedBallotState
from contracts.voting.sealed_board import GET_SEALED_ARCHIVE, ArchivePart, GetSealedArchive
from contracts.voting.sealed_paper import GET_PAPER_COUNTS, PaperCounts, PaperPlace, PaperState
from gateway.testing.stand_ins import Browser, FakeServices
from gateway.testing.votes import example as example_of
from gateway.testing.votes import give_examples, plain

ELECTION = "01992000-0000-7000-8000-0000000000f1"
CAST = f"/api/v1/elections/{ELECTION}/sealed-ballots"
EXAMPLES = Path(contracts.__file__).parents[1] / "examples" / "voting"
FROM_SOMEBODY = {"Cookie": "session=abc; lang=en", "X-Request-Id": "the-same-as-before", "Accept-Language": "en"}


def example(part: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXAMPLES / "cast_sealed_ballot.json").read_text(encoding="utf-8"))[part]
    return found


@pytest.fixture
def body(services: FakeServices) -> dict[str, Any]:
    reply = SealedBallotState.model_validate(example("reply"))
    services.on(CAST_SEALED_BALLOT, reply)
    services.on(GET_SEALED_BALLOT, reply)
    return {name: value for name, value in example("request").items() if name != "election_id"}


@pytest.fixture
def no_cookie_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise AssertionError("a cookie was read")

    monkeypatch.setattr(falcon.Request, "cookies", property(refuse))
    monkeypatch.setattr(falcon.Request, "get_cookie_values", refuse)


@pytest.mark.usefixtures("no_cookie_is_read")
def test_a_ballot_goes_on_without_session_trace_or_language(
    api: falcon.testing.TestClient, services: FakeServices, body: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    result = api.simulate_post(CAST, json=body, headers=FROM_SOMEBODY)

    assert result.status_code == 200
    assert result.json["state"] == "received"
    ((_, request, context),) = services.asked
    assert (request.election_id, request.ballot) == (UUID(ELECTION), body["ballot"])
    assert context.to_wire() == {"token": None, "trace": "", "locale": ""}
    assert {"set-cookie", "x-request-id"}.isdisjoint({name.lower() for name in result.headers})
    assert result.headers["cache-control"] == "no-store"
    assert "the-same-as-before" not in "".join(capsys.readouterr())


@pytest.mark.usefixtures("no_cookie_is_read")
def test_finding_a_ballot_by_its_tracker_is_as_anonymous(
    api: falcon.testing.TestClient, services: FakeServices, body: dict[str, Any]
) -> None:
    tracker = example("reply")["tracker"].replace("+", "-").replace("/", "_")
    result = api.simulate_get(f"{CAST}/{tracker}", headers=FROM_SOMEBODY)
    assert result.status_code == 200
    assert services.asked[0][2].to_wire() == {"token": None, "trace": "", "locale": ""}
    assert "x-request-id" not in result.headers
    assert body


def test_a_request_that_says_whose_it_is_goes_nowhere(
    api: falcon.testing.TestClient, services: FakeServices, body: dict[str, Any]
) -> None:
    result = api.simulate_post(CAST, json=body, headers={"Authorization": "Bearer abc.def.ghi"})
    assert (result.status_code, result.json["reason"], result.json["trace"]) == (422, "not-anonymous", "")
    assert services.asked == []


def test_a_ballot_may_be_longer_than_what_others_send_but_not_endless(
    api: falcon.testing.TestClient, services: FakeServices, body: dict[str, Any]
) -> None:
    assert api.simulate_post(CAST, json=body | {"ballot": "x" * 900_000}).status_code == 200
    assert api.simulate_post(CAST, json=body | {"ballot": "x" * 1_000_001}).status_code == 422
    assert api.simulate_post(CAST, json=body | {"ballot": "x" * 1_200_000}).status_code == 413
    assert len(services.asked) == 1


def test_the_archive_is_one_file_made_of_its_parts(api: falcon.testing.TestClient, services: FakeServices) -> None:
    pieces = (b"BELENIOS", b" and the rest")

    def part(request: GetSealedArchive, _context: object) -> ArchivePart:
        return ArchivePart(
            uuid="WsGyeEw8jLpX7a",
            part=request.part,
            parts=2,
            next=1 - request.part or None,
            size=sum(map(len, pieces)),
            complete=True,
            data=urlsafe_b64encode(pieces[request.part]).decode().rstrip("="),
        )

    services.on(GET_SEALED_ARCHIVE, part)
    result = api.simulate_get("/votes/rue-scolaire-12e/archive.bel")
    assert result.content == b"".join(pieces)
    assert result.headers["content-length"] == str(len(result.content))
    assert "WsGyeEw8jLpX7a.bel" in result.headers["content-disposition"]
    again = api.simulate_get("/votes/rue-scolaire-12e/archive.bel", headers={"If-None-Match": result.headers["etag"]})
    assert again.status_code == 304


def sealed_result(services: FakeServices, *places: PaperPlace) -> None:
    give_examples(services)
    services.on(calls.GET_ELECTION, example_of(calls.GET_ELECTION, state="published", secrecy="sealed"))
    proof = {"uuid": "WsGyeEw8jLpX7a", "fingerprint": "F" * 43, "tokens": 12, "opened_by": ["Greffe", "Université"]}
    services.on(calls.GET_RESULT, example_of(calls.GET_RESULT, sealed=proof))
    counts = PaperCounts(election_id=UUID(ELECTION), struck_off=4, places=places)
    services.on(GET_PAPER_COUNTS, counts)


def test_a_sealed_result_shows_its_proof_and_paper_beside_it(browser: Browser, services: FakeServices) -> None:
    grades = {"compost": {"coup-de-coeur": 3}}
    settled = PaperPlace(place="75012", state=PaperState.SETTLED, envelopes=3, grades=grades)
    sealed_result(services, settled, PaperPlace(place="75013", state=PaperState.DIFFERENT))
    text = browser.get("/votes/budget-2026-12e/resultats").text
    assert "/archive.bel" in text
    assert "bulletins.csv" not in text
    words = plain(text)
    assert "12 droits de vote remis" in words
    assert "Greffe, Université" in words
    assert "4 personnes ont été émargées" in words
    assert "3 enveloppes" in words
    assert "les deux comptages diffèrent" in words


def test_without_paper_there_is_no_word_of_it(browser: Browser, services: FakeServices) -> None:
    sealed_result(services)
    assert "Sur papier" not in plain(browser.get("/votes/budget-2026-12e/resultats").text)
