"""The result and the published ballots, from which anyone can recompute it."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from contracts.base import Code, Instant, Language, Model, Reply, Slug
from contracts.voting.decisions import Decision
from contracts.voting.elections import ElectionRef
from contracts.voting.values import (
    CandidateId,
    EqualShares,
    Exclusions,
    Fill,
    Grade,
    Method,
    Sha256,
    TieBreak,
    Verdict,
)


class GradeCount(Model):
    """How many ballots give a project this grade."""

    grade: Code
    count: int


class Judgment(Model):
    """What majority judgment says of a project."""

    grade: Code | None
    """The majority grade; none where nobody graded it."""
    profile: tuple[GradeCount, ...]
    """Best grade first, after the rule for blanks was applied."""
    blanks: int
    """Ballots that left it."""
    above: int
    """Ballots that give more than the majority grade."""
    below: int
    """Ballots that give less."""


class OpinionCounts(Model):
    """How many ballots are for a proposal, against it, or abstain; the others say nothing of it."""

    in_favour: int
    against: int
    abstained: int


class RankedProject(Model):
    """A project in the result."""

    rank: int
    """Projects that the count leaves equal have the same rank; the list is in the order of the tie-break."""
    candidate_id: CandidateId
    title: dict[Language, str]
    cost: int | None
    dossier: str | None
    votes: int | None = None
    """Ballots that chose it, ranked it, gave it points, or are for it."""
    points: int | None = None
    """Where ballots give points or rank: what it got from all of them together."""
    opinions: OpinionCounts | None = None
    """Where ballots are for or against."""
    judgment: Judgment | None = None
    verdict: Verdict
    available: int | None = None
    """What was left of the envelope when its turn came."""
    excluded_by: CandidateId | None = None
    """The incompatible project that was chosen before it."""
    price: int | None = None
    """By equal shares, if chosen: what each of its supporters paid at most, rounded."""
    together: int | None = None
    """By equal shares, if not chosen: what its supporters still had together, rounded down."""
    by_shares: Verdict | None = None
    """What equal shares would make of it, where the rules ask for this information."""


class Tie(Model):
    """Projects that the count left equal, in the order that the tie-break gave them."""

    candidate_ids: tuple[CandidateId, ...]
    decided_by: TieBreak
    decisive: bool
    """Some of them won and some did not."""


class SealedResult(Model):
    """What a sealed vote adds: where its proof is. Of single ballots nothing is known, not even which are blank."""

    uuid: str
    """The archive is ``UUID.bel``; its SHA-256 is ``ballots_sha256``."""
    fingerprint: str
    tokens: int | None
    """Given by identity: there cannot be more ballots."""
    opened_by: tuple[str, ...]
    """The trustees whose shares opened the sum, beside the server's."""


class ResultView(Reply):
    """The result. Anyone can recompute it from the published ballots."""

    election_id: UUID
    slug: Slug
    title: dict[Language, str]
    method: Method
    grades: tuple[Grade, ...]
    ranking: tuple[RankedProject, ...]
    ties: tuple[Tie, ...]
    ballots: int
    blank_ballots: int
    voters: int
    """People struck off the roll. Differs from ``ballots`` only if something went wrong: it is shown."""
    envelope: int | None
    spent: int | None
    fill: Fill
    exclusions: Exclusions = ()
    equal_shares: EqualShares | None = None
    added_to_shares: int | None = None
    """By equal shares with that completion: by how many units of money each share grew."""
    tie_break: TieBreak
    rules_sha256: Sha256
    ballots_sha256: Sha256
    """Of the file of ballots as CSV, byte for byte; of a sealed vote, of its archive."""
    published_at: Instant
    sealed: SealedResult | None = None
    decisions: tuple[Decision, ...] = ()
    """What people decided on top of the count, in that order. The count and the published files know nothing of it."""


class BallotsFormat(StrEnum):
    """The forms of the published ballots."""

    CSV = "csv"
    JSON = "json"


class GetBallotsFile(ElectionRef):
    """A part of the file of ballots; the parts, one after the other, are the file."""

    format: BallotsFormat
    part: Annotated[int, Field(ge=0, le=10**6)] = 0


class BallotsFilePart(Reply):
    """A part of the file, and the number of the next one."""

    text: str
    next: int | None
