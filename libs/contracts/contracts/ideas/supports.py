"""Supporting a dossier, and taking it back: the hot path."""

from enum import StrEnum

from contracts.base import Instant, Reply, Request
from contracts.ideas.words import IdeaId, Number


class SupportIdea(Request):
    """Support a dossier: once per person. Repeating it changes nothing."""

    idea_id: IdeaId


class WithdrawSupport(Request):
    """Take one's support back, while the dossier gathers them. Repeating it changes nothing."""

    idea_id: IdeaId


class Outcome(StrEnum):
    """What the request changed."""

    RECORDED = "recorded"
    ALREADY = "already"
    """It was so before."""
    WITHDRAWN = "withdrawn"


class SupportView(Reply):
    """How things stand after it, counted in the same transaction."""

    idea_id: IdeaId
    number: Number
    outcome: Outcome
    supported: bool
    supports: int
    threshold: int | None
    counted_at: Instant
