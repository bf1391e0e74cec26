"""Voting tokens: a right to vote that identity signs without seeing it (RFC 9474, RSABSSA-SHA384-PSS-Randomized).

The voter's device blinds a message, has it signed once per person and election, and takes the blinding off: the box
then recognises a valid token, and nobody can tell whose it is. Who was given one is on the sign-off list.
Bytes travel in base64url without padding.
"""

from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from contracts.base import Code, Instant, Reply, Request
from contracts.identity import paper
from contracts.identity.accounts import Nothing, SignOff
from contracts.identity.words import Why
from contracts.registry import Call

Block = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{512}$")]
"""384 bytes: as long as the modulus of a key of 3072 bits."""


class OpenSignOffList(Request):
    """Open the sign-off list of an election and make its key (campaign managers).

    Whoever ``action`` allows at ``place`` (``None``: the whole city) gets a token until ``closes_at``. Of the
    elections of a campaign that have a place, a person votes in one.
    """

    election_id: UUID
    campaign_id: UUID
    action: Code
    place: Code | None = None
    closes_at: Instant


class ReadSignOffList(Request):
    """The list of an election, without persons."""

    election_id: UUID


class SignOffList(Reply):
    """What everybody may know of a sign-off list."""

    election_id: UUID
    campaign_id: UUID
    action: Code
    place: Code | None
    closes_at: Instant
    public_key: str
    """The key that tokens are verified with: DER of a SubjectPublicKeyInfo."""
    tokens: int
    """How many were given: there cannot be more ballots."""
    paper: int = 0
    """How many people were struck off for paper: there cannot be more envelopes."""
    undone: int = 0
    """How many strike-offs were undone."""


class StrikeOff(Request):
    """Strike a person off for paper, at a counter: they get no token afterwards. Again: nothing is done twice."""

    election_id: UUID
    account_id: UUID
    reason: Why


class StruckOff(Reply):
    """The person votes on paper."""

    election_id: UUID
    account_id: UUID
    at: Instant


class IssueToken(Request):
    """Have a blinded message signed. The same message again gets the same signature; another one is refused."""

    election_id: UUID
    blinded: Block


class BlindSignature(Reply):
    """The signature of what was sent, to be unblinded and checked by the voter's device."""

    blind_signature: Block


class SignOffs(Reply):
    """The caller's entries, newest first."""

    items: tuple[SignOff, ...]


OPEN_SIGN_OFF_LIST = Call("identity", "open_sign_off_list", OpenSignOffList, SignOffList, idempotent=True)
SIGN_OFF_LIST = Call("identity", "sign_off_list", ReadSignOffList, SignOffList, idempotent=True)
ISSUE_TOKEN = Call("identity", "issue_token", IssueToken, BlindSignature, idempotent=True)
STRIKE_OFF = Call("identity", "strike_off", StrikeOff, StruckOff, idempotent=True)
MY_SIGN_OFFS = Call("identity", "my_sign_offs", Nothing, SignOffs, idempotent=True)

CALLS = (OPEN_SIGN_OFF_LIST, SIGN_OFF_LIST, ISSUE_TOKEN, STRIKE_OFF, MY_SIGN_OFFS, *paper.CALLS)
