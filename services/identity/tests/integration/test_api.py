"""The same through the public API: the gateway in this process, identity in its own, the bus between them."""

import json
from typing import Any

import falcon.testing
import pytest
from contracts import identity as contract
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from identity.security.blind_signatures import from_text, to_text
from uuid_utils.compat import uuid7

from services.identity.tests.blind_client import blind, finalize, prepare
from services.identity.tests.suite import Suite
from services.identity.tests.world import ANOTHER, PASSWORD, WHY

BOSS = "boss@example.org"


class Api:
    """Sends JSON, with a token if there is one."""

    def __init__(self, client: falcon.testing.TestClient) -> None:
        self._client = client

    def __call__(self, method: str, path: str, body: object = None, token: str | None = None) -> falcon.testing.Result:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        sent = None if body is None else json.dumps(body)
        return self._client.simulate_request(method, f"/api/v1{path}", body=sent, headers=headers)


@pytest.fixture(scope="module")
def api(gateway: falcon.testing.TestClient) -> Api:
    return Api(gateway)


def form(email: str, **changes: object) -> dict[str, object]:
    content = {"email": email, "password": PASSWORD, "display_name": "Camille", "language": "fr"}
    return content | {"accepts_terms": True} | changes


def mailed(suite: Suite, event: Any) -> contract.Contact:
    """What notifications would write into the mail for the next such event."""
    told = suite.listener.next(event)
    contact: contract.Contact = suite.ask(contract.CONTACT_FOR_DELIVERY, suite.service_token, **told)
    return contact


def signed_in(api: Api, suite: Suite, email: str) -> dict[str, Any]:
    assert api("POST", "/accounts", form(email)).status_code == 202
    link = mailed(suite, contract.CONFIRMATION_REQUESTED).secret
    assert api("POST", "/accounts/confirmations", {"token": link}).status_code == 200
    answer = api("POST", "/sessions", {"login": email, "password": PASSWORD})
    assert answer.status_code == 201
    session: dict[str, Any] = answer.json
    return session


def test_a_whole_account_through_the_api(api: Api, suite: Suite) -> None:
    session = signed_in(api, suite, "ada@example.org")
    token = session["access_token"]
    assert api("GET", "/me", token=token).json["level"] == 200
    declared = api("PUT", "/me/attributes", {"attributes": {"home_district": "75012"}}, token)
    assert {one["name"] for one in declared.json["attributes"]} == {"email", "home_district"}
    question = f"/rights/support_idea?account_id={session['account_id']}"
    assert api("GET", question, token=token).json["allowed"] is True
    renewed = api("POST", "/sessions/refresh", {"refresh_token": session["refresh_token"]}).json
    assert len(api("GET", "/me/sessions", token=renewed["access_token"]).json["sessions"]) == 1
    exported = api("GET", "/me/export", token=token)
    assert exported.headers["cache-control"] == "private, no-cache"
    assert api("DELETE", "/me/sessions", token=token).status_code == 200
    assert api("POST", "/sessions/refresh", {"refresh_token": renewed["refresh_token"]}).status_code == 401


def test_the_same_answer_for_a_known_and_an_unknown_address(api: Api, suite: Suite) -> None:
    arguments = ("create-account", "--email", "known@example.org", "--display-name", "Camille")
    assert suite.command(*arguments, typed=f"{PASSWORD}\n").returncode == 0
    answers = [
        api("POST", "/accounts/password-mails", {"email": email})
        for email in ("known2@example.org", "nobody@example.org")
    ]
    assert {(answer.status_code, answer.text) for answer in answers} == {(202, "{}")}
    refused = [
        api("POST", "/sessions", {"login": email, "password": ANOTHER})
        for email in ("known@example.org", "nobody@example.org")
    ]
    for answer in refused:
        answer.json.pop("trace", None)
    assert {answer.status_code for answer in refused} == {401}
    assert len({answer.json["detail"] for answer in refused}) == 1


def test_every_error_of_a_form_comes_at_once_with_its_place(api: Api) -> None:
    wrong = form("not an address", password="short", display_name="", accepts_terms=False, surprise=1)
    answer = api("POST", "/accounts", wrong)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert {error["pointer"] for error in answer.json["errors"]} == {
        "/email",
        "/password",
        "/display_name",
        "/accepts_terms",
        "/surprise",
    }
    assert "short" not in [error.get("input") for error in answer.json["errors"]]


def test_a_locked_login_says_when_to_come_back(api: Api) -> None:
    for _ in range(5):
        assert api("POST", "/sessions", {"login": "lock@example.org", "password": ANOTHER}).status_code == 401
    answer = api("POST", "/sessions", {"login": "lock@example.org", "password": ANOTHER})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 60


def test_agents_do_their_work_through_the_api(api: Api, suite: Suite) -> None:
    arguments = ("create-account", "--email", BOSS, "--display-name", "Maud", "--role", "administrator")
    assert suite.command(*arguments, typed=f"{PASSWORD}\n").returncode == 0
    boss = api("POST", "/sessions", {"login": BOSS, "password": PASSWORD}).json["access_token"]
    opened = api(
        "POST",
        "/counter",
        {
            "display_name": "Josée",
            "language": "fr",
            "attributes": {"given_name": "Josée", "birth_date": "1951-03-14"},
            "level": 400,
            "reason": WHY,
        },
        boss,
    )
    assert opened.status_code == 201
    first = {"login": opened.json["login"], "code": opened.json["code"], "password": ANOTHER}
    person = api("POST", "/accounts/activations", first).json
    grant = {"account_id": person["account_id"], "role": "moderator", "places": ["*"], "reason": WHY}
    given = api("POST", "/grants", grant, boss)
    assert given.status_code == 201
    assert api("GET", f"/grants?account_id={person['account_id']}", token=boss).json["items"] == [given.json]
    read = api("POST", f"/counter/{person['account_id']}/readings", {"reason": WHY}, boss)
    assert {one["level"] for one in read.json["attributes"]} == {400}
    mine = api("GET", "/me/accesses", token=person["access_token"]).json["items"]
    assert [one["action"] for one in mine] == ["read_account", "grant_role", "open_counter_account"]
    assert api("POST", f"/grants/{given.json['grant_id']}/revocation", {"reason": WHY}, boss).status_code == 200
    assert api("POST", "/grants", grant, person["access_token"]).status_code == 403
    assert api("GET", "/grants").status_code == 401


def test_a_voting_token_through_the_api(api: Api, suite: Suite) -> None:
    arguments = (
        "create-account",
        "--email",
        "clerk@example.org",
        "--display-name",
        "Nour",
        "--role",
        "campaign_manager",
    )
    assert suite.command(*arguments, typed=f"{PASSWORD}\n").returncode == 0
    clerk = api("POST", "/sessions", {"login": "clerk@example.org", "password": PASSWORD}).json["access_token"]
    election = str(uuid7())
    asked = {
        "election_id": election,
        "campaign_id": str(uuid7()),
        "action": "vote",
        "closes_at": "2099-10-01T18:00:00Z",
    }
    opened = api("POST", "/sign-off-lists", asked, clerk)
    assert opened.status_code == 201
    seen = api("GET", f"/sign-off-lists/{election}")
    assert (seen.status_code, seen.json) == (200, opened.json)
    key = load_der_public_key(from_text(seen.json["public_key"]))
    assert isinstance(key, RSAPublicKey)
    voter, prepared = signed_in(api, suite, "voter@example.org")["access_token"], prepare(b"a credential")
    blinded = blind(key, prepared)
    path, sent = f"/sign-off-lists/{election}/tokens", {"blinded": to_text(blinded.data)}
    assert api("POST", path, sent).status_code == 401
    answer = api("POST", path, sent, voter)
    assert answer.status_code == 200
    assert finalize(key, prepared, from_text(answer.json["blind_signature"]), blinded.inverse)
    assert api("POST", path, sent, voter).json == answer.json
    other = {"blinded": to_text(blind(key, prepared).data)}
    assert api("POST", path, other, voter).json["reason"] == "token-given"
    assert api("POST", path, {"blinded": "short"}, voter).status_code == 422
    assert [one["election_id"] for one in api("GET", "/me/sign-offs", token=voter).json["items"]] == [election]
    assert api("POST", "/sign-off-lists", asked, voter).status_code == 403


def test_a_collective_speaks_through_the_api(api: Api, suite: Suite) -> None:
    token = signed_in(api, suite, "garden@example.org")["access_token"]
    account = str(uuid7())
    made = api("POST", "/collectives", {"account_id": account, "display_name": "Jardins", "language": "fr"}, token)
    assert made.status_code == 201
    acting = api("POST", f"/collectives/{account}/sessions", {}, token)
    assert acting.status_code == 201
    assert api("GET", "/me", token=acting.json["access_token"]).json["kind"] == "collective"


@pytest.mark.parametrize(
    "text", ["\x00", "\ud800", "\u202eabc\u202c", "𝕿𝖍𝖊" * 30, "'; DROP TABLE accounts; --", "😀" * 300]
)
def test_hostile_text_never_breaks_anything(api: Api, text: str) -> None:
    for path, body in (
        ("/accounts", form("x@example.org", display_name=text, password=text)),
        ("/accounts", form(text)),
        ("/sessions", {"login": text, "password": text, "device": text}),
        ("/sessions/refresh", {"refresh_token": text}),
        ("/accounts/confirmations", {"token": text}),
        ("/accounts/passwords", {"token": text, "password": text}),
        ("/accounts/activations", {"login": text, "code": text, "password": text}),
    ):
        assert api("POST", path, body).status_code in {202, 400, 401, 409, 422, 429}, path
