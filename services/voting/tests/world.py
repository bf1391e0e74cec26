"""What the tests of voting share: elections, people, and an identity that says who may vote."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import jwt
import sqlalchemy as sa
from chassis.auth import Caller, Grant, TokenVerifier
from chassis.batching import BatchItem
from chassis.database import Database
from contracts.base import Reply
from contracts.errors import Fault
from contracts.identity.tokens import SignOffList
from contracts.territory import load_territory
from contracts.voting import (
    ApprovalBallot,
    BallotReceipt,
    CastBallot,
    DraftElection,
    ElectionView,
    JudgmentBallot,
    OpenElection,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from voting.domain.rules import Rules
from voting.repository import Transaction, UnitOfWork
from voting.resources import Resources
from voting.sealed.checks import Reference
from voting.tables import elections
from voting.use_cases import casting, closing, preparing

ROOT = Path(__file__).parents[3]
PARIS = load_territory(ROOT / "territories" / "paris")
SECRET = b"a secret of the tests, thirty-two long"


def _token_key() -> RSAPrivateKey:
    key = load_pem_private_key((Path(__file__).parent / "token-key.pem").read_bytes(), password=None)
    assert isinstance(key, RSAPrivateKey)
    return key


TOKEN_KEY = _token_key()
"""With which the identity of these tests signs voting tokens: it opens nothing else anywhere."""


@dataclass
class Register:
    """An identity that refuses the accounts it is told to, and counts how often it is asked."""

    refused: dict[UUID, str] = field(default_factory=dict)
    asked: list[int] = field(default_factory=list)
    unreachable: bool = False
    tokens: int = 0
    paper: int = 0
    meanwhile: Callable[[], None] = lambda: None
    """What happens while identity thinks."""

    def refusals(self, accounts: Sequence[UUID], action: str, place: str | None) -> dict[UUID, tuple[str, ...]]:
        self.asked.append(len(accounts))
        self.meanwhile()
        if self.unreachable:
            raise Fault.deadline("identity gave no answer in time.")
        return {one: (self.refused[one],) if one in self.refused else () for one in accounts}

    def open_list(self, token: str, rules: Rules, campaign: UUID) -> bytes:
        if self.unreachable:
            raise Fault.deadline("identity gave no answer in time.")
        return TOKEN_KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def list_of(self, election_id: UUID) -> SignOffList:
        if self.unreachable:
            raise Fault.deadline("identity gave no answer in time.")
        return SignOffList(
            election_id=election_id,
            campaign_id=election_id,
            action="vote_sealed",
            place=None,
            closes_at=NOW,
            public_key="",
            tokens=self.tokens,
            paper=self.paper,
        )


@dataclass
class Waiting:
    """The queue of sealed ballots to check, in memory; it may be away."""

    references: list[Reference] = field(default_factory=list)
    away: bool = False

    def add(self, references: Sequence[Reference]) -> None:
        self.references.extend(() if self.away else references)

    def is_empty(self) -> bool:
        return not self.away and not self.references


class NoVerifier(TokenVerifier):
    """Use cases are called after the token was verified."""

    def __init__(self) -> None:
        super().__init__(Path("/nonexistent"))


def make_resources(url: str, register: Register) -> Resources:
    uow = UnitOfWork(Database(url, size=4), Transaction)
    return Resources(uow, NoVerifier(), PARIS, register, SECRET, Waiting())


def manager(*places: str) -> Caller:
    return Caller(uuid4(), 250, (Grant("campaign_manager", frozenset(places or ("*",))),))


def citizen(account: UUID | None = None) -> Caller:
    return Caller(account or uuid4(), 250)


NOW = datetime.now(UTC)
PROJECTS = (("shade", 400), ("bikes", 300), ("books", 200), ("benches", 100))


def draft(**changes: Any) -> DraftElection:
    """A complete draft of an approval vote that is already due to open."""
    identifier = changes.pop("id", uuid4())
    content: dict[str, Any] = {
        "id": identifier,
        "slug": f"budget-{str(identifier)[:8]}",
        "title": {"fr": "Budget participatif 2026", "en": "Participatory budget 2026"},
        "campaign": "budget-2026",
        "method": {"kind": "approval", "max_choices": 2},
        "candidates": [
            {"id": code, "title": {"fr": f"Projet {code}", "en": f"Project {code}"}, "cost": cost}
            for code, cost in PROJECTS
        ],
        "opens_at": NOW - timedelta(hours=1),
        "closes_at": NOW + timedelta(days=7),
        "envelope": 600,
    }
    return DraftElection.model_validate(content | changes)


JUDGMENT: dict[str, Any] = {"kind": "majority_judgment", "blanks": "worst"}


@dataclass
class World:
    """A voting service on a database of its own, without its doors."""

    resources: Resources
    register: Register
    manager: Caller = field(default_factory=manager)

    @property
    def queue(self) -> Waiting:
        """Of sealed ballots to check."""
        assert isinstance(self.resources.checks, Waiting)
        return self.resources.checks

    def open(self, **changes: Any) -> ElectionView:
        """An election that takes ballots."""
        drafted = preparing.draft_election(self.resources, self.manager, draft(**changes))
        preparing.open_election(self.resources, self.manager, OpenElection(id=drafted.id))
        closing.follow_calendar(self.resources)
        return drafted

    def cast(self, *casts: tuple[Caller, CastBallot]) -> list[Reply | Fault]:
        """One batch."""
        return casting.cast_ballots(self.resources, [BatchItem(caller, request) for caller, request in casts])

    def vote(self, voter: Caller, election: ElectionView, *choices: str, **grades: Any) -> BallotReceipt:
        """One voter's ballot, alone in its batch, which must be accepted."""
        (answer,) = self.cast((voter, ballot(election, *choices, **grades)))
        assert isinstance(answer, BallotReceipt), answer
        return answer

    def let_time_pass(self, election_id: UUID) -> None:
        """The closing time of an election arrives."""
        with self.resources.uow() as tx:
            past = tx.now - timedelta(seconds=1)
            tx.connection.execute(sa.update(elections).where(elections.c.id == election_id).values(closes_at=past))
            tx.connection.execute(
                sa.text(
                    "UPDATE elections SET rules = jsonb_set(rules, '{closes_at}', to_jsonb(CAST(:at AS text)))"
                    " WHERE id = :id"
                ),
                {"at": past.isoformat(), "id": election_id},
            )

    def count(self, election_id: UUID) -> None:
        """The election closes and its result is published."""
        self.let_time_pass(election_id)
        closing.follow_calendar(self.resources)

    def rows(self, query: str, **parameters: Any) -> Sequence[sa.Row[Any]]:
        with self.resources.uow() as tx:
            return tx.connection.execute(sa.text(query), parameters).all()

    def events(self, topic: str) -> list[dict[str, Any]]:
        rows = self.rows("SELECT payload FROM event_log WHERE topic = :topic ORDER BY position", topic=topic)
        return [row.payload for row in rows]


def ballot(election: ElectionView, *choices: str, cast_id: UUID | None = None, **grades: str) -> CastBallot:
    kind = election.method.kind
    content = ApprovalBallot(choices=choices) if kind == "approval" else JudgmentBallot(grades=grades)
    return CastBallot(election_id=election.id, cast_id=cast_id or uuid4(), ballot=content)


def signing_key(jwks: Path) -> Ed25519PrivateKey:
    """A key, and its public half in a JWKS file."""
    key = Ed25519PrivateKey.generate()
    public = json.loads(jwt.algorithms.OKPAlgorithm.to_jwk(key.public_key()))
    jwks.write_text(json.dumps({"keys": [public | {"kid": "test"}]}))
    return key
