"""Preparing, announcing and reading an election: what is frozen, hashed and published at its opening."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from contracts.base import Code, Instant, Language, ListRequest, Model, Page, Reply, Request, Slug, VersionNumber
from contracts.voting.values import (
    MAX_CANDIDATES,
    Amount,
    Candidate,
    EqualShares,
    Exclusions,
    Fill,
    Grade,
    Method,
    MethodKind,
    Reason,
    SealedSetup,
    Secrecy,
    Sha256,
    State,
    Text,
    TieBreak,
    Title,
)


class ElectionContent(Request):
    """Everything that a campaign manager decides about an election."""

    slug: Slug
    title: dict[Language, Title]
    description: dict[Language, Text] = Field(default_factory=dict)
    campaign: Slug | None = None
    """What it is part of: elections of one campaign are shown together."""
    secrecy: Secrecy = Secrecy.OPEN
    sealed: SealedSetup | None = None
    """Needed for a sealed vote, and for it alone."""
    method: Method
    candidates: Annotated[tuple[Candidate, ...], Field(max_length=MAX_CANDIDATES)]
    perimeter: Code | None = None
    """A district's code; none: the whole territory."""
    eligibility_action: Code = "vote_budget"
    """What a voter must be allowed to do, in identity's words."""
    opens_at: Instant
    closes_at: Instant
    tie_break: TieBreak = TieBreak.LOWER_COST
    envelope: Amount | None = None
    fill: Fill = Fill.SKIP
    exclusions: Exclusions = ()
    equal_shares: EqualShares | None = None


class DraftElection(ElectionContent):
    """Prepare an election. The identifier is made by the caller, so that a retry makes nothing twice."""

    id: UUID


class ReviseElection(ElectionContent):
    """Change an election. Once its rules are public, ``notice`` is needed and a new version is published."""

    id: UUID
    notice: Reason | None = None
    """Why the published rules change, in words for everybody."""


class ElectionRef(Request):
    """An election, by its identifier or its slug."""

    election: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,80}$")]


class OpenElection(Request):
    """Freeze and publish the rules; voting begins at ``opens_at``."""

    id: UUID


class CloseElection(Request):
    """End the vote now."""

    id: UUID
    reason: Reason
    """Why it ends before its time, in words for everybody."""


class CancelElection(Request):
    """Call the election off: nothing will be counted."""

    id: UUID
    reason: Reason


class RulesVersion(Model):
    """A published version of the rules."""

    version: int
    sha256: Sha256
    published_at: Instant
    notice: str = ""
    """Why they changed; empty for the first."""


class ElectionSummary(Model):
    """An election in a list."""

    id: UUID
    slug: Slug
    title: dict[Language, str]
    campaign: Slug | None
    secrecy: Secrecy
    state: State
    method: MethodKind
    perimeter: Code | None
    opens_at: Instant
    closes_at: Instant
    candidates: int
    envelope: int | None
    ballots: int
    """Ballots in the box when it was last counted."""
    ballots_counted_at: Instant | None


class ElectionView(Reply):
    """An election: rules, candidates, calendar, where it stands."""

    id: UUID
    slug: Slug
    title: dict[Language, str]
    description: dict[Language, str]
    campaign: Slug | None
    secrecy: Secrecy
    sealed: SealedSetup | None = None
    state: State
    method: Method
    grades: tuple[Grade, ...]
    """The scale, best first; empty where nobody gives grades."""
    candidates: tuple[Candidate, ...]
    perimeter: Code | None
    eligibility_action: Code
    opens_at: Instant
    closes_at: Instant
    tie_break: TieBreak
    envelope: int | None
    fill: Fill
    exclusions: Exclusions = ()
    equal_shares: EqualShares | None = None
    rules: tuple[RulesVersion, ...]
    """Every published version, the one in force last."""
    ballots: int
    ballots_counted_at: Instant | None
    ended_because: str = ""
    """Why it was closed before its time or cancelled."""


class ListElections(ListRequest):
    """The public elections, those that close last first."""

    campaign: Slug | None = None
    state: State | None = None


class ListManagedElections(ListRequest):
    """Every election that a campaign manager may manage, drafts included."""


class ElectionList(Page[ElectionSummary], Reply):
    """A page of elections."""


class GetRules(ElectionRef):
    """The published rules of an election."""

    version: VersionNumber | None = None
    """None: those in force."""


class RulesDocument(Reply):
    """The rules, byte for byte: the SHA-256 of ``canonical`` in UTF-8 is ``sha256``."""

    version: int
    sha256: Sha256
    canonical: str
