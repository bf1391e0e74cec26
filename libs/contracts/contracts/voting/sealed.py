"""Sealed votes: their parameters, the trustees who hold the key, and the steps that these send.

What trustees and booths compute is written by the Belenios protocol (docs/protocol.md) and travels here as text, byte
for byte: docs/sealed-api.md says what to send. Bytes that are no text travel in base64url without padding.
"""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from contracts.base import Language, Model, Reply, Request, Slug, WithoutNul
from contracts.registry import Call
from contracts.voting.elections import ElectionRef
from contracts.voting.values import CandidateId, Reason, Sha256

MOST_MESSAGE = 400_000
Place = Annotated[int, Field(ge=1, le=30)]
"""A trustee's number, from 1."""
TrusteeCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_-]{20,64}$")]
Message = Annotated[str, StringConstraints(min_length=2, max_length=MOST_MESSAGE), WithoutNul]
"""JSON as the protocol writes it, compact, byte for byte."""
Fingerprint = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]{43}$")]
"""SHA-256 in Base64 without padding, as the protocol writes it."""


class Phase(StrEnum):
    """Where a sealed vote stands."""

    CEREMONY = "ceremony"
    """Trustees are making the key."""
    READY = "ready"
    """The key is made; the rules can be frozen."""
    FROZEN = "frozen"
    """Rules and key are public and final; voting has not begun."""
    OPEN = "open"
    TALLYING = "tallying"
    """Closed: the last ballots are being checked, all of them added up, sealed."""
    DECRYPTING = "decrypting"
    """The sealed sum waits for the trustees."""
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Step(StrEnum):
    """What a trustee sends, in this order; each step of the ceremony needs the one before from all trustees."""

    CERTIFICATE = "certificate"
    SHARES = "shares"
    KEY = "key"
    DECRYPTION = "decryption"
    """After the vote was tallied: the partial decryption of the sealed sum."""


class TrusteeView(Model):
    """A trustee, and what was received of the ceremony: all of it may be published."""

    place: int
    name: str
    invited: bool
    certificate: str | None
    shares: str | None
    key: str | None
    decrypted: bool


class MissingStep(Model):
    """What is waited for, and from which trustees."""

    step: Step
    places: tuple[int, ...]


class SealedQuestion(Model):
    """A question of ``election_json``: what its answers stand for."""

    candidate_id: CandidateId | None
    """Majority judgment: the project that is judged. Approval: none, the answers are the projects."""
    answers: tuple[str, ...]
    """Approval: the identifiers of the projects. Majority judgment: the codes of the grades, best first; where the
    rules ignore projects left without a grade, a last answer ``""`` says that one leaves it."""
    minimum: int
    maximum: int


class SealedElectionView(Reply):
    """All that booths, trustees and verifiers need to know of a sealed vote."""

    id: UUID
    slug: Slug
    title: dict[Language, str]
    uuid: str
    """Its identifier in the archive and in ballots."""
    phase: Phase
    group: str
    threshold: int
    """So many of the trustees are needed to open the sum, and the server."""
    trustees: tuple[TrusteeView, ...]
    missing: tuple[MissingStep, ...]
    """What the vote waits for now; empty: for no trustee."""
    questions: tuple[SealedQuestion, ...]
    rules_sha256: Sha256 | None
    election_json: str | None
    """The rules as the protocol writes them, byte for byte; none until they are frozen."""
    fingerprint: Fingerprint | None
    """Of ``election_json``: every ballot bears it."""
    trustees_json: str | None
    """The key holders' public keys and proofs: the trustees', then the server's."""
    token_key: str | None
    """Identity's public key for the tokens of this vote: DER of a SubjectPublicKeyInfo, in base64url."""
    receipt_key: str | None
    """The Ed25519 key that signs receipts and board heads: 32 bytes, in base64url."""
    max_ballot_bytes: int
    casts: int
    casts_seconds: int
    """So many ballots with one credential are taken within so many seconds."""
    restarted_because: str = ""
    """Why the ceremony was begun again, if it was."""


class InviteTrustee(Request):
    """Give a trustee the code with which they send their part (campaign managers). Again: a new code; the old ends."""

    election_id: UUID
    place: Place


class TrusteeInvitation(Reply):
    """Shown once. Give it to the trustee in person."""

    election_id: UUID
    place: int
    code: TrusteeCode


class SendTrusteeMessage(Request):
    """A trustee's part in one step. The same again changes nothing; another one is refused."""

    election_id: UUID
    place: Place
    code: TrusteeCode
    step: Step
    message: Message


class RestartCeremony(Request):
    """Forget all that was sent and begin again, for a reason that everybody reads (campaign managers). Codes stay."""

    election_id: UUID
    reason: Reason


GET_SEALED_ELECTION = Call("voting", "get_sealed_election", ElectionRef, SealedElectionView, idempotent=True)
INVITE_TRUSTEE = Call("voting", "invite_trustee", InviteTrustee, TrusteeInvitation, idempotent=False)
SEND_TRUSTEE_MESSAGE = Call("voting", "send_trustee_message", SendTrusteeMessage, SealedElectionView, idempotent=True)
RESTART_CEREMONY = Call("voting", "restart_ceremony", RestartCeremony, SealedElectionView, idempotent=True)

CALLS = (GET_SEALED_ELECTION, INVITE_TRUSTEE, SEND_TRUSTEE_MESSAGE, RESTART_CEREMONY)
