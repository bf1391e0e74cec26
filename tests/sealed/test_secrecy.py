"""Nothing holds an account and a credential together: no row, no message, no log line, no answer.

Three people with a session each have a right to vote signed and cast a sealed ballot, through the public API, on real
processes. Then everything that was written anywhere is searched for both halves.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep
from uuid import uuid4

import pytest
from belenios.credentials import derive, new_credential, public_credential
from belenios.election import read_election
from belenios.sealing import seal
from chassis.testing.private_rabbitmq import PrivateRabbitMQ
from contracts.voting.sealed import SealedElectionView, Step
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from decider_demo.sealed_booth import blind, decoded, encoded, unblind

from services.voting.tests.sealed_world import Trustees
from tests.sealed.secrecy_town import Town, running

PEOPLE = ("ada@example.org", "grace@example.org", "emmy@example.org")
BOSS = "boss@example.org"


@pytest.fixture(scope="module")
def town(
    broker: PrivateRabbitMQ, fresh_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    urls = {service: fresh_database(service) for service in ("identity", "voting")}
    with running(broker, urls, tmp_path_factory.mktemp("town")) as town:
        yield town


@dataclass
class Voter:
    """Both halves of somebody: what names the person, and what names the ballot."""

    email: str
    person: set[str] = field(default_factory=set)
    ballot: set[str] = field(default_factory=set)


def open_vote(town: Town) -> SealedElectionView:
    town.account(BOSS, "campaign_manager")
    boss = {"Authorization": f"Bearer {town.session(BOSS)}"}
    now, id_ = datetime.now(UTC).replace(microsecond=0), str(uuid4())
    projects = [{"id": code, "title": {"fr": f"Projet {code}"}} for code in ("un", "deux")]
    content = {
        "id": id_,
        "slug": "secret",
        "title": {"fr": "Un vote secret"},
        "secrecy": "sealed",
        "sealed": {"trustees": ["Première dépositaire", "Second dépositaire"], "threshold": 2},
        "method": {"kind": "approval", "max_choices": 1},
        "candidates": projects,
        "eligibility_action": "vote",
        "opens_at": now.isoformat(),
        "closes_at": (now + timedelta(days=1)).isoformat(),
    }
    town.ask("POST", "/elections", content, **boss)
    codes = [town.ask("POST", f"/elections/{id_}/trustees/{place}/code", {}, **boss)["code"] for place in (1, 2)]
    trustees = Trustees.of(look(town))
    for step in (Step.CERTIFICATE, Step.SHARES, Step.KEY):
        for place, code in enumerate(codes, 1):
            message = trustees.message(look(town), place, step)
            sent = {"code": code, "step": step.value, "message": message}
            town.ask("POST", f"/elections/{id_}/trustees/{place}/messages", sent)
    town.ask("POST", f"/elections/{id_}/opening", {}, **boss)
    return until(town, lambda view: view.phase == "open")


def look(town: Town) -> SealedElectionView:
    return SealedElectionView.model_validate(town.ask("GET", "/elections/secret/sealed"))


def until(town: Town, holds: Callable[[SealedElectionView], bool]) -> SealedElectionView:
    end = monotonic() + 60
    while not holds(view := look(town)):
        assert monotonic() < end
        sleep(0.3)
    return view


def vote(town: Town, view: SealedElectionView, email: str) -> Voter:
    """Somebody with a session, a cookie and a trace of theirs has a token signed, then casts from the same browser."""
    account = town.account(email)
    session, trace = town.session(email), f"trace-of-{account}"
    browser = {"X_Request_Id": trace, "Cookie": f"__Host-session={session}"}
    election = read_election((view.election_json or "").encode())
    secret = derive(election.group, election.uuid, new_credential())
    credential = election.group.text(public_credential(election.group, secret))
    right = token(town, view, credential, browser | {"Authorization": f"Bearer {session}"})
    ballot = seal(election, secret, [[1, 0]]).decode()
    path = f"/elections/{view.id}/sealed-ballots"
    state = town.ask("POST", path, {"ballot": ballot, "token": right}, **browser)
    end = monotonic() + 60
    while state["state"] == "received":
        assert monotonic() < end
        sleep(0.2)
        tracker = state["tracker"].translate(str.maketrans("+/", "-_"))
        state = town.ask("GET", f"{path}/{tracker}", **browser)
    assert state["state"] == "recorded"
    digests = {sha256(ballot.encode()).hexdigest(), sha256(credential.encode()).hexdigest()}
    named = {credential, state["tracker"], right["signature"], right["prefix"], *digests}
    return Voter(email, {account, email, session, trace}, named)


def token(town: Town, view: SealedElectionView, credential: str, headers: dict[str, str]) -> dict[str, str]:
    key = load_der_public_key(decoded(view.token_key or ""))
    assert isinstance(key, RSAPublicKey)
    prefix = uuid4().bytes + uuid4().bytes
    prepared = prefix + f"decider-token|{view.id}|{credential}".encode()
    blinded, inverse = blind(key, prepared)
    signed = town.ask("POST", f"/sign-off-lists/{view.id}/tokens", {"blinded": encoded(blinded)}, **headers)
    return {"prefix": encoded(prefix), "signature": encoded(unblind(key, prepared, signed["blind_signature"], inverse))}


def together(texts: list[str], voters: list[Voter]) -> list[str]:
    """The texts that name a person and a ballot, anybody's."""
    people = [name for voter in voters for name in voter.person]
    ballots = [name for voter in voters for name in voter.ballot]
    return [
        text[:300] for text in texts if any(name in text for name in people) and any(name in text for name in ballots)
    ]


def naming(texts: list[str], names: set[str]) -> int:
    return sum(any(name in text for name in names) for text in texts)


def test_no_row_message_log_or_answer_holds_an_account_and_a_credential(
    town: Town, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    view = open_vote(town)
    voters = [vote(town, view, email) for email in PEOPLE]
    places = {
        "rows": town.rows(),
        "messages": town.firehose.messages,
        "logs": [*town.logs(), *"\n".join(capsys.readouterr()).splitlines()],
        "answers": town.answers,
    }

    for place, texts in places.items():
        assert together(texts, voters) == [], place
    for voter in voters:
        assert naming(places["rows"], voter.person) >= 2, "the search finds people in rows"
        assert naming(places["rows"], voter.ballot) >= 2, "and ballots"
        assert naming(places["messages"], voter.person) >= 2
        assert naming(places["messages"], voter.ballot) >= 2
        assert naming(places["answers"], voter.ballot) >= 1
        assert naming(places["logs"], voter.ballot) == 0, "no log line tells of a ballot at all"
    cast = [text for text in town.answers if '"tracker"' in text]
    assert cast
    assert not [text for text in cast if "set-cookie" in text.lower() or "x-request-id" in text.lower()]
    assert not [text for text in town.firehose.messages if "cast_sealed_ballot" in text and "trace-of-" in text]
