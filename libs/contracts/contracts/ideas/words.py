"""The words of ideas: numbers, states, places, clocks, steps of a record."""

from datetime import date
from enum import StrEnum
from typing import Annotated, NewType, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from contracts.base import Code, Instant, Line, Model, Point, Prose, length

IdeaId = NewType("IdeaId", UUID)
CommentId = NewType("CommentId", UUID)

_NUMBER = r"[A-Z]{2,5}-\d{4}-\d{6,9}"
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
Number = Annotated[str, StringConstraints(pattern=rf"^{_NUMBER}$")]
"""A dossier's number, for life: ``PAR-2026-004217``."""
DossierKey = Annotated[str, StringConstraints(pattern=rf"^({_NUMBER}|{_UUID})$")]
"""A dossier by its number or by its id."""
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256, in hexadecimal."""

Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]
Amount = Annotated[int, Field(ge=0, le=10**15)]
"""A cost, in whole units of the territory's currency."""
Tally = Annotated[int, Field(ge=0, le=10**9)]

Title = Annotated[Line, length(1, 200)]
"""The territory narrows it for each kind (15 to 80)."""
Body = Annotated[Prose, length(1, 10_000)]
"""Markdown. The territory narrows its length for each kind (500 to 2,000)."""
PublicText = Annotated[Prose, length(10, 5000)]
"""What an agent says in public, in Markdown."""
CommentText = Annotated[Prose, length(1, 5000)]
"""The territory narrows it (1,000)."""


class State(StrEnum):
    """Where a dossier stands. Nothing is ever deleted."""

    SUBMITTED = "submitted"
    """Waits for moderation before it is published."""
    OPEN = "open"
    """Gathers supports."""
    REFUSED = "refused"
    """By moderation, with a reason."""
    UNDER_EXAMINATION = "under_examination"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DELIVERED = "delivered"
    ABANDONED = "abandoned"
    EXPIRED = "expired"
    """The period ended below the threshold."""
    MERGED = "merged"
    """Joined to another dossier."""
    WITHDRAWN = "withdrawn"
    """By its author."""
    HIDDEN = "hidden"
    """By moderation, after it was published."""
    CONCLUDED = "concluded"
    """A debate whose synthesis is public."""


class Scope(StrEnum):
    """How precisely a dossier is placed."""

    CITY = "city"
    DISTRICT = "district"
    POINT = "point"


class PlaceInput(Model):
    """Where it is about: the whole territory, a district, or a point with the address that was typed."""

    scope: Scope
    district: Code | None = None
    point: Point | None = None
    address: Annotated[Line, length(1, 200)] | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.scope is Scope.DISTRICT and self.district is None:
            raise PydanticCustomError("district-missing", "say which district")
        if self.scope is Scope.POINT and self.point is None:
            raise PydanticCustomError("point-missing", "say where on the map")
        return self


class PlaceView(Model):
    """Where a dossier is about. A point always has its district."""

    scope: Scope
    district: Code | None
    point: Point | None
    address: str | None


class ClockKind(StrEnum):
    """What is awaited."""

    MODERATION = "moderation"
    SUPPORTS = "supports"
    """The end of gathering supports."""
    STAGE = "stage"
    """What is owed at a stage: ``stage`` says which."""
    ASSIGNMENT = "assignment"
    ANSWER = "answer"
    COMMITMENT = "commitment"
    """The next thing that was promised."""
    DEBATE = "debate"
    """The end of a debate."""
    SYNTHESIS = "synthesis"
    """What the administration heard in a debate that is over."""


class Clock(Model):
    """A promise and its date."""

    kind: ClockKind
    stage: Code | None = None
    due_at: Instant
    due_on: date
    """The same as a day of the territory."""
    days_left: int
    """Negative: so many days late."""


class Actor(StrEnum):
    """Who acted: a role, never a name."""

    AUTHOR = "author"
    MODERATION = "moderation"
    SERVICE = "service"
    """A service of the administration; the step says which."""
    COUNTER = "counter"
    """The counting of supports."""
    CLOCK = "clock"
    IMPORT = "import"
    """Taken over from another platform."""
    VOTE = "vote"
    """The count of a vote."""


class StepKind(StrEnum):
    """What can happen to a dossier."""

    DEPOSITED = "deposited"
    EDITED = "edited"
    ADDENDUM = "addendum"
    OPENED = "opened"
    APPROVED = "approved"
    """Read by a moderator after it was published, and kept."""
    REFUSED = "refused"
    STAGE_REACHED = "stage_reached"
    STAGE_LOST = "stage_lost"
    """Supports found invalid brought the count below the stage."""
    SUPPORTS_INVALIDATED = "supports_invalidated"
    """``number`` supports were found invalid and are no longer counted."""
    SUPPORTS_GIVEN_BACK = "supports_given_back"
    """``number`` supports that had been found invalid count again."""
    STAGE_ANSWERED = "stage_answered"
    ASSIGNED = "assigned"
    PASSED_ON = "passed_on"
    """To another service: ``to`` says which, ``direction`` which way in the tree (``up``, ``down``, ``across``)."""
    OPINION_ASKED = "opinion_asked"
    OPINION_GIVEN = "opinion_given"
    FEASIBILITY = "feasibility"
    ADMITTED = "admitted"
    """Among the ideas of a participatory budget that services study; ``due_on``: by when."""
    NOT_ADMITTED = "not_admitted"
    PROJECT_FORMED = "project_formed"
    """It leads a project of the participatory budget; ``with``: the numbers of the ideas that joined it."""
    PROJECT_CHANGED = "project_changed"
    """``joined``, ``left``: numbers of ideas; ``content``: the digest of the project's title and description."""
    PROJECT_DISSOLVED = "project_dissolved"
    GROUPED = "grouped"
    """It became part of a project; ``project``: that project's number."""
    UNGROUPED = "ungrouped"
    INCOMPATIBLE = "incompatible"
    """It and another project exclude one another; ``other``: that project's number."""
    COMPATIBLE = "compatible"
    RETAINED = "retained"
    """The commission puts the project to the vote; ``cost``; ``due_on``: when the result is public."""
    SET_ASIDE = "set_aside"
    """The commission does not."""
    ON_BALLOT = "on_ballot"
    """Put to the vote at this ``cost``; ``list``: the digest of the whole list; ``together``: how many are on it."""
    SELECTED = "selected"
    """It won the vote: ``vote``, ``rank``, ``verdict``; or people decided so afterwards (``decided``)."""
    NOT_SELECTED = "not_selected"
    """It did not: ``vote``, ``rank``, ``verdict``, ``available``, ``excluded_by``; or people decided so afterwards."""
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DELIVERED = "delivered"
    ABANDONED = "abandoned"
    COMMITMENT_MADE = "commitment_made"
    COMMITMENT_DONE = "commitment_done"
    COMMITMENT_POSTPONED = "commitment_postponed"
    COMMITMENT_DROPPED = "commitment_dropped"
    NEWS = "news"
    """Told without a change of state."""
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"
    RESTORED = "restored"
    IMPORTED = "imported"
    ATTACHMENT_HIDDEN = "attachment_hidden"
    """One attachment, not the dossier: ``attachment`` is its SHA-256."""
    ATTACHMENT_RESTORED = "attachment_restored"
    CONCLUDED = "concluded"
    """A service says in public what it heard in a debate."""
    APPEALED = "appealed"
    """The author asked for another reading."""
    APPEAL_UPHELD = "appeal_upheld"
    APPEAL_OVERTURNED = "appeal_overturned"
    MERGED = "merged"
    """Joined to another dossier: ``into`` says which, ``leave_until`` until when supporters may step out."""
    ASKED_AGAIN = "asked_again"
    """The same is asked for again: on both sides, ``number`` says where."""
    JOINED = "joined"
    """Another dossier, ``number``, was joined to it."""
    SUPPORTS_CARRIED = "supports_carried"
    """The supporters of what was joined count: ``joined`` more, which makes ``supports``."""
    UNMERGED = "unmerged"
    """It stands alone again, as it was."""
    PAPER_COUNTED = "paper_counted"
    """``number`` signatures, collected ``on`` a day at ``place``; ``instead_of`` those of the batch it corrects."""
    PAPER_WITHDRAWN = "paper_withdrawn"
    PARTED = "parted"
    """What had been joined to it stands alone again."""


class StepView(Model):
    """One step of a record. ``hash`` is the SHA-256 of ``previous`` and of the canonical form of the rest."""

    position: Annotated[int, Field(ge=1)]
    at: Instant
    kind: StepKind
    actor: Actor
    service: Code | None
    reason: Code | None
    text: str
    text_digest: Digest
    """The SHA-256 of the text, which is what the chain holds: a text that moderation withholds is empty here."""
    facts: dict[str, str | int]
    """What the kind needs: ``stage``, ``supports``, ``due_on``, ``late_days``, ``on``, ``content`` (a digest) …"""
    previous: Digest
    hash: Digest
