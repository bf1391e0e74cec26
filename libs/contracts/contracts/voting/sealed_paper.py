"""Paper beside a sealed vote: counts of each place, entered by two agents who do not see each other's, never mixed."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from contracts.base import Code, Model, Reply, Request
from contracts.registry import Call
from contracts.voting.elections import ElectionRef
from contracts.voting.values import MAX_CANDIDATES, CandidateId

Count = Annotated[int, Field(ge=0, le=10**7)]
Votes = Annotated[dict[CandidateId, Count], Field(max_length=MAX_CANDIDATES)]
Grades = Annotated[
    dict[CandidateId, Annotated[dict[Code, Count], Field(max_length=20)]], Field(max_length=MAX_CANDIDATES)
]


class EnterPaperCount(Request):
    """What was counted at a place (campaign managers, officers of counters). Again: in the place of one's first entry.

    The place's count stands once two agents have entered the same.
    """

    election_id: UUID
    place: Code
    envelopes: Count
    votes: Votes | None = None
    """Approval: the votes of each project; one left out has none."""
    grades: Grades | None = None
    """Majority judgment: for each project how often each grade was given."""


class PaperState(StrEnum):
    """How far the count of a place is."""

    WAITING = "waiting"
    """One agent has entered it."""
    DIFFERENT = "different"
    """Two agents have entered different numbers: it is not published."""
    SETTLED = "settled"


class PaperPlace(Model):
    """The count of a place; the numbers once it is settled."""

    place: Code
    state: PaperState
    envelopes: int | None = None
    votes: dict[CandidateId, int] | None = None
    grades: dict[CandidateId, dict[Code, int]] | None = None
    changed: int = 0
    """How often a number was entered anew after it was first entered."""


class ReadPaperEntries(Request):
    """What was entered for a place (campaign managers, officers of counters of that place)."""

    election_id: UUID
    place: Code


class PaperEntry(Model):
    """What an agent entered."""

    mine: bool
    envelopes: int
    votes: dict[CandidateId, int] | None = None
    grades: dict[CandidateId, dict[Code, int]] | None = None


class PaperDifference(Model):
    """A number on which the entries differ, by its place in :class:`EnterPaperCount`."""

    pointer: str
    numbers: tuple[int, ...]
    """In the order of the entries."""


class PaperEntries(Reply):
    """The caller's own entry first; the others' only once the caller has entered a count, too."""

    election_id: UUID
    place: Code
    state: PaperState | None
    """None: nobody has entered anything."""
    entered: int
    """How many agents have."""
    entries: tuple[PaperEntry, ...] = ()
    differences: tuple[PaperDifference, ...] = ()


class PaperCounts(Reply):
    """The places, by their codes. Nothing of it is in the sealed result."""

    election_id: UUID
    struck_off: int | None
    """People whom identity has struck off for paper: there cannot be more envelopes. None: it could not be asked."""
    places: tuple[PaperPlace, ...]


ENTER_PAPER_COUNT = Call("voting", "enter_paper_count", EnterPaperCount, PaperCounts, idempotent=True)
GET_PAPER_COUNTS = Call("voting", "get_paper_counts", ElectionRef, PaperCounts, idempotent=True)
READ_PAPER_ENTRIES = Call("voting", "read_paper_entries", ReadPaperEntries, PaperEntries, idempotent=True)

CALLS = (ENTER_PAPER_COUNT, GET_PAPER_COUNTS, READ_PAPER_ENTRIES)
