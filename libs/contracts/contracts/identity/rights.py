"""May this person do this here? The only thing other services learn of a person.

What an action asks is data of the territory (``permissions``). Anybody may ask about themselves; about others only a
service, with its service token (role ``service``, its name as the place).
"""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from contracts.base import Code, Instant, Reply, Request
from contracts.registry import Call

SERVICE = "service"
"""The role in the token of a service; the place is the service's name."""


class Refusal(StrEnum):
    """Why not. Every reason that applies is given."""

    UNKNOWN_ACCOUNT = "unknown-account"
    LEVEL_TOO_LOW = "level-too-low"
    AGE_UNKNOWN = "age-unknown"
    TOO_YOUNG = "too-young"
    RESIDENCE_UNKNOWN = "residence-unknown"
    NOT_RESIDENT = "not-resident"
    KIND_NOT_ALLOWED = "kind-not-allowed"
    NOT_UNIQUE = "not-unique"


class AgeBand(StrEnum):
    """As much of an age as statistics need."""

    UNKNOWN = "unknown"
    UNDER_18 = "under-18"
    FROM_18 = "18-24"
    FROM_25 = "25-39"
    FROM_40 = "40-59"
    FROM_60 = "60-74"
    FROM_75 = "75-plus"


class May(Request):
    """May the account do the action, at the place (a district) if there is one?"""

    account_id: UUID
    action: Code
    place: Code | None = None


class Decision(Reply):
    """The answer, as it is true now."""

    account_id: UUID
    allowed: bool
    refusals: tuple[Refusal, ...]
    """Empty if allowed."""
    level: int
    district: Code | None
    """Where the person lives, as far as known."""
    age_band: AgeBand
    valid_until: Instant
    """Ask again after this."""


class MayMany(Request):
    """The same action at the same place, for many accounts (services only)."""

    account_ids: Annotated[tuple[UUID, ...], Field(max_length=1000)]
    action: Code
    place: Code | None = None


class Decisions(Reply):
    """One decision for each account asked for, in the same order."""

    decisions: tuple[Decision, ...]


MAY = Call("identity", "may", May, Decision, idempotent=True)
MAY_MANY = Call("identity", "may_many", MayMany, Decisions, idempotent=True)

CALLS = (MAY, MAY_MANY)
