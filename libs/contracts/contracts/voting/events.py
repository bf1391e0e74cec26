"""What voting tells the other services: facts about elections, never about a voter or a ballot."""

from uuid import UUID

from pydantic import Field

from contracts.base import Code, Instant, Language, Model, Payload, Slug
from contracts.voting.decisions import DecisionKind
from contracts.voting.values import CandidateId, Sha256, Verdict


class ElectionEvent(Payload):
    """Something happened to an election."""

    election_id: UUID
    slug: Slug
    campaign: Slug | None
    perimeter: Code | None
    title: dict[Language, str] = Field(default_factory=dict)
    """Its title in each language, so that it can be named to people."""


class ElectionAnnounced(ElectionEvent):
    """Its rules are frozen and public."""

    rules_sha256: Sha256
    opens_at: Instant
    closes_at: Instant


class ElectionRulesChanged(ElectionEvent):
    """A new version of its rules is public."""

    version: int
    rules_sha256: Sha256
    opens_at: Instant
    closes_at: Instant


class ElectionOpened(ElectionEvent):
    """Voting has begun."""

    closes_at: Instant


class ElectionClosed(ElectionEvent):
    """Voting has ended."""


class ElectionCancelled(ElectionEvent):
    """It was called off."""


class ProjectOutcome(Model):
    """What became of a project."""

    candidate_id: CandidateId
    dossier: str | None
    rank: int
    verdict: Verdict
    available: int | None = None
    """What was left of the envelope when its turn came."""
    excluded_by: CandidateId | None = None
    """The incompatible project that was chosen before it."""


class ResultPublished(ElectionEvent):
    """The result and the ballots are public."""

    ballots: int
    rules_sha256: Sha256
    ballots_sha256: Sha256
    projects: tuple[ProjectOutcome, ...]


class ProjectDecided(ElectionEvent):
    """After the count, a project was awarded or withdrawn by people."""

    candidate_id: CandidateId
    dossier: str | None
    kind: DecisionKind
    reason: dict[Language, str]
