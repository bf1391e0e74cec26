"""Who was signed off for an election: the electronic form of the list that voters sign at a polling station."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

UNDO_WITHIN = timedelta(minutes=15)
"""Long enough to see a mistake at the counter, too short to come back without the envelope."""


@dataclass(frozen=True, slots=True)
class SignOffList:
    """Who may be signed off (``action`` at ``place``; ``None``: the whole city), and until when."""

    election_id: UUID
    campaign_id: UUID
    action: str
    place: str | None
    closes_at: datetime
    public_key: bytes
    """DER of a SubjectPublicKeyInfo."""
    opened_at: datetime
    opened_by: UUID

    def is_closed(self, now: datetime) -> bool:
        """Whether tokens are no longer given."""
        return now >= self.closes_at

    def is_for(self, other: "SignOffList") -> bool:
        """Whether the other list asks for the same, whatever its key and the moment of its opening."""
        mine, theirs = ((one.campaign_id, one.action, one.place, one.closes_at) for one in (self, other))
        return mine == theirs


@dataclass(frozen=True, slots=True)
class SignOff:
    """That a person was given a token, or struck off for paper.

    ``at`` tells the day of a token, not the hour.
    ``blinded_digest``: of what was signed, to recognise the same request. ``struck_by``: the agent at the counter.
    """

    election_id: UUID
    account_id: UUID
    at: datetime
    blinded_digest: bytes = field(repr=False)
    paper: bool = False
    struck_by: UUID | None = None

    def undo_until(self, opened: SignOffList) -> datetime:
        """Until when a strike-off may be undone."""
        return min(self.at + UNDO_WITHIN, opened.closes_at)
