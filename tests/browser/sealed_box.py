"""A box of sealed votes behind the gateway: real keys, real tokens, ballots checked by libs/belenios."""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from belenios.ballots import tracker
from belenios.base58 import new_uuid
from belenios.checking import check_ballot
from belenios.decryption import lagrange
from belenios.election import Election, Question, read_election
from belenios.groups import group_named
from belenios.refusal import Refused
from belenios.testing.trial import make_trustees
from belenios.trustees import check_trustees, write_trustees
from chassis.client import Context
from contracts import voting
from contracts.errors import Fault
from contracts.identity.tokens import ISSUE_TOKEN, BlindSignature, IssueToken
from contracts.voting import sealed, sealed_ballots
from contracts.voting.sealed_board import ArchivePart
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key
from gateway.testing.stand_ins import FakeServices
from identity.security.blind_signatures import from_text, new_key, public_half, signer, to_text

GRADES = ("Très bien", "Bien", "Assez bien", "Passable", "À rejeter")
CAMPAIGN = "budget-2027"


@dataclass
class SealedVote:
    """A vote with its keys; ``cast`` are the ballots that came, in order, by their trackers."""

    slug: str
    title: str
    projects: list[str]
    grades: tuple[str, ...] = ()
    most: int = 3
    perimeter: str | None = None
    campaign: str | None = None
    closes_at: datetime = field(default_factory=lambda: datetime.now(UTC) + timedelta(days=9))
    id: UUID = field(default_factory=uuid4)
    cast: dict[str, bytes] = field(default_factory=dict)
    signed: dict[str, str] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        group = group_named("Ed25519")
        self.trustees, self.secrets = make_trustees(group, [(2, 3), (1, 1)])
        key = check_trustees(group, self.trustees)
        names = [f"projet-{number}" for number in range(len(self.projects))]
        if self.grades:
            questions = tuple(Question(name, (*self.codes, ""), 1, 1) for name in names)
        else:
            questions = (Question("projets", tuple(names), 0, self.most),)
        self.election = read_election(Election(self.title, "", "Ed25519", key, questions, new_uuid()).data)
        self.names = names
        self.token_pem = new_key()
        self.receipt_key = Ed25519PrivateKey.generate()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the grades, best first."""
        return tuple(f"g{number}" for number in range(len(self.grades)))

    def view(self) -> sealed.SealedElectionView:
        """What the API tells of it."""
        public = self.receipt_key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        asked = self.election.questions
        return sealed.SealedElectionView(
            id=self.id,
            slug=self.slug,
            title={"fr": self.title, "en": self.title},
            uuid=self.election.uuid,
            phase=sealed.Phase.OPEN,
            group="Ed25519",
            threshold=2,
            trustees=(),
            missing=(),
            questions=tuple(
                sealed.SealedQuestion(
                    candidate_id=question.text if self.grades else None,
                    answers=question.answers,
                    minimum=question.minimum,
                    maximum=question.maximum,
                )
                for question in asked
            ),
            rules_sha256=None,
            election_json=self.election.data.decode(),
            fingerprint=self.election.fingerprint,
            trustees_json=write_trustees(self.election.group, self.trustees).decode(),
            token_key=to_text(public_half(self.token_pem)),
            receipt_key=text(public),
            max_ballot_bytes=1_000_000,
            casts=10,
            casts_seconds=60,
        )

    def election_view(self) -> voting.ElectionView:
        """The election as any vote is shown."""
        now = datetime.now(UTC)
        return voting.ElectionView(
            id=self.id,
            slug=self.slug,
            title={"fr": self.title, "en": self.title},
            description={},
            campaign=self.campaign,
            secrecy=voting.Secrecy.SEALED,
            state=voting.State.OPEN,
            method=voting.JudgmentRule(blanks=voting.Blanks.IGNORED)
            if self.grades
            else voting.ApprovalRule(max_choices=self.most),
            grades=tuple(
                voting.Grade(code=code, label={"fr": label, "en": label})
                for code, label in zip(self.codes, self.grades, strict=True)
            ),
            candidates=tuple(
                voting.Candidate(
                    id=name,
                    title={"fr": title},
                    summary={"fr": f"{title} : ce que c'est, où, et pour qui."},
                    cost=40_000 + 1000 * number,
                    category="Nature en ville",
                )
                for number, (name, title) in enumerate(zip(self.names, self.projects, strict=True))
            ),
            perimeter=self.perimeter,
            eligibility_action="vote",
            opens_at=now - timedelta(days=1),
            closes_at=self.closes_at,
            tie_break=voting.TieBreak.BALLOT_ORDER,
            envelope=None,
            fill=voting.Fill.SKIP,
            rules=(),
            ballots=0,
            ballots_counted_at=None,
        )

    def summary(self) -> voting.ElectionSummary:
        """The election in a list."""
        shown = self.election_view().model_dump(include=set(voting.ElectionSummary.model_fields))
        kind = "majority_judgment" if self.grades else "approval"
        return voting.ElectionSummary.model_validate(shown | {"method": kind, "candidates": len(self.projects)})

    def sign(self, blinded: str) -> str:
        """Identity's half: once, and the same again for the same."""
        if self.signed and blinded not in self.signed:
            raise Fault.conflict("You were given a token for this election.", "token-given")
        return self.signed.setdefault(blinded, to_text(signer(self.token_pem).sign(from_text(blinded))))

    def take(self, request: sealed_ballots.CastSealedBallot) -> sealed_ballots.SealedBallotState:
        """The box's half: the token, then all of the ballot."""
        data = request.ballot.encode()
        ballot = json.loads(request.ballot)
        message = from_text(request.token.prefix) + f"decider-token|{self.id}|{ballot['credential']}".encode()
        key: Any = load_der_public_key(public_half(self.token_pem))
        try:
            padded = padding.PSS(mgf=padding.MGF1(SHA384()), salt_length=48)
            key.verify(from_text(request.token.signature), message, padded, SHA384())
        except InvalidSignature:
            raise Fault.invalid(reason="token-invalid") from None
        try:
            check_ballot(self.election, data)
        except Refused as refusal:
            return self.state(data, sealed_ballots.BallotState.REFUSED, refusal.check.value)
        self.cast.setdefault(tracker(data), data)
        return self.state(data, sealed_ballots.BallotState.RECEIVED)

    def state(
        self, data: bytes, state: sealed_ballots.BallotState, reason: str = ""
    ) -> sealed_ballots.SealedBallotState:
        """What is told of a ballot; with its receipt where it is recorded."""
        receipt = None
        if state is sealed_ballots.BallotState.RECORDED:
            said = f"decider-receipt|{self.election.uuid}|{tracker(data)}|1"
            signature = text(self.receipt_key.sign(said.encode()))
            receipt = sealed_ballots.SealedReceipt(batch=1, text=said, signature=signature)
        return sealed_ballots.SealedBallotState(
            election_id=self.id, tracker=tracker(data), state=state, reason=reason, receipt=receipt
        )

    def lagrange_key(self) -> int:
        """The whole secret key: two of the three trustees, interpolated, and the server's."""
        order = self.election.group.order
        shares = sum(self.secrets[j - 1].reveal() * lagrange(order, [1, 2], j) for j in (1, 2))
        return (shares + self.secrets[3].reveal()) % order

    def find(self, wanted: str) -> sealed_ballots.SealedBallotState:
        """A ballot that was received is recorded by now."""
        plain = wanted.replace("-", "+").replace("_", "/")
        if plain not in self.cast:
            raise Fault.not_found()
        return self.state(self.cast[plain], sealed_ballots.BallotState.RECORDED)


def text(data: bytes) -> str:
    """Base64url without padding."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def part_of(archive: bytes, number: int) -> ArchivePart:
    """An archive in two parts."""
    middle = len(archive) // 2
    return ArchivePart(
        uuid="x" * 22,
        part=number,
        parts=2,
        next=1 if number == 0 else None,
        size=len(archive),
        complete=True,
        data=text((archive[:middle], archive[middle:])[number]),
    )


def answer(services: FakeServices, votes: list[SealedVote]) -> None:
    """The services answer for these votes, and note that nothing of a session comes with a ballot."""
    known = {one.slug: one for one in votes} | {str(one.id): one for one in votes}

    def of(reference: str) -> SealedVote:
        if reference not in known:
            raise Fault.not_found()
        return known[reference]

    def listed(request: voting.ListElections, _context: Context) -> voting.ElectionList:
        return voting.ElectionList(items=tuple(one.summary() for one in votes if one.campaign == request.campaign))

    def issue(request: IssueToken, context: Context) -> BlindSignature:
        assert context.token
        return BlindSignature(blind_signature=of(str(request.election_id)).sign(request.blinded))

    def take(request: sealed_ballots.CastSealedBallot, context: Context) -> sealed_ballots.SealedBallotState:
        assert context.token is None
        return of(str(request.election_id)).take(request)

    def find(request: sealed_ballots.GetSealedBallot, context: Context) -> sealed_ballots.SealedBallotState:
        assert context.token is None
        return of(request.election).find(request.tracker)

    services.on(voting.GET_ELECTION, lambda request, _context: of(request.election).election_view())
    services.on(sealed.GET_SEALED_ELECTION, lambda request, _context: of(request.election).view())
    services.on(voting.LIST_ELECTIONS, listed)
    services.on(ISSUE_TOKEN, issue)
    services.on(sealed_ballots.CAST_SEALED_BALLOT, take)
    services.on(sealed_ballots.GET_SEALED_BALLOT, find)
