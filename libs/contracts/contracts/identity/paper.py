"""At a counter: whether a person can be struck off for paper, striking off undone, what was done today.

Striking off itself is in :mod:`contracts.identity.tokens`, beside the tokens that share its list.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from contracts.base import Instant, Line, Model, Reply, Request, length
from contracts.identity.rights import Refusal
from contracts.identity.words import Login, Why
from contracts.registry import Call

Named = Annotated[Line, length(1, 100)]


class FindVoter(Request):
    """Find somebody who wants to vote on paper (officers of counters): by login, or by what their document says.

    By the document: names and date of birth, all three, of a person whose document an agent has seen before.
    """

    election_id: UUID
    login: Login | None = None
    given_name: Named | None = None
    family_name: Named | None = None
    birth_date: date | None = None
    reason: Why


class VoterState(StrEnum):
    """Whether a person can be struck off."""

    FREE = "free"
    TOKEN = "token"  # noqa: S105 -- a state
    """Was given a token: votes on screen."""
    PAPER = "paper"
    """Is struck off already."""
    OTHER_DISTRICT = "other-district"
    """Votes in another district of the campaign."""
    NOT_ALLOWED = "not-allowed"
    """May not vote in this election: ``refusals`` says why."""


class Voter(Reply):
    """As much of a person as an agent compares with the document, and whether they can be struck off."""

    account_id: UUID
    display_name: str
    given_name: str | None = Field(repr=False)
    family_name: str | None = Field(repr=False)
    birth_date: date | None = Field(repr=False)
    state: VoterState
    refusals: tuple[Refusal, ...] = ()
    struck_off_at: Instant | None = None


class UndoStrikeOff(Request):
    """Undo a strike-off that was a mistake: by the agent who made it, for a quarter of an hour, before the closing.

    The person can then have a token, or be struck off again. Again: nothing is done twice.
    """

    election_id: UUID
    account_id: UUID
    reason: Why


class StrikeOffUndone(Reply):
    """The person is on neither side of the list."""

    election_id: UUID
    account_id: UUID


class ReadPaperDay(Request):
    """What the counters have done for an election (officers of counters of that place)."""

    election_id: UUID


class RecentStrikeOff(Model):
    """One that the asking agent may still undo."""

    account_id: UUID
    display_name: str | None
    at: Instant
    undo_until: Instant


class PaperDay(Reply):
    """How many people were struck off: today, by the asking agent today, since the list was opened."""

    election_id: UUID
    place: str | None
    closes_at: Instant
    closed: bool
    today: int
    mine_today: int
    total: int
    undone: int
    """How many strike-offs were undone, since the list was opened."""
    recent: tuple[RecentStrikeOff, ...]
    """Newest first."""


FIND_VOTER = Call("identity", "find_voter", FindVoter, Voter, idempotent=True)
UNDO_STRIKE_OFF = Call("identity", "undo_strike_off", UndoStrikeOff, StrikeOffUndone, idempotent=True)
READ_PAPER_DAY = Call("identity", "read_paper_day", ReadPaperDay, PaperDay, idempotent=True)

CALLS = (FIND_VOTER, UNDO_STRIKE_OFF, READ_PAPER_DAY)
