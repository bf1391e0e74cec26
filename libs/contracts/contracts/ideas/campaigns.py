"""A campaign of the participatory budget: its calendar, its envelopes, and what was changed once it was public."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from contracts.base import Code, Distinct, Instant, Model, Payload, Prose, Reply, Request, Slug, VersionNumber, length
from contracts.ideas.words import Amount, Day, IdeaId

Year = Annotated[int, Field(ge=2000, le=2999)]


class PhaseCode(StrEnum):
    """What happens during a part of a campaign, in the order of the year."""

    DEPOSIT = "deposit"
    """Ideas are deposited."""
    REVIEW = "review"
    """Admissibility, grouping, feasibility and cost."""
    CO_CONSTRUCTION = "co_construction"
    """Workshops with the people concerned; may be left out."""
    BALLOT = "ballot"
    """The commission settles what is put to the vote."""
    VOTE = "vote"
    RESULTS = "results"
    DELIVERY = "delivery"


class PhaseWhen(StrEnum):
    """Where a day lies beside a phase."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Phase(Model):
    """A phase and its days of the territory, both included."""

    code: PhaseCode
    starts_on: Day
    ends_on: Day


class PhaseView(Phase):
    """A phase as it stands today."""

    when: PhaseWhen
    days_left: int | None
    """During the phase: days until its last one."""


class Envelope(Model):
    """What may be spent in a place, in whole units of the territory's currency."""

    place: Code | None = None
    """A district or a group of districts; ``None``: the whole territory."""
    amount: Amount


class SaveCampaign(Request):
    """Prepare a campaign, or change it. Once it is public, a change needs a reason, and both stay readable."""

    year: Year
    phases: Annotated[tuple[Phase, ...], Field(max_length=20)]
    envelopes: Annotated[tuple[Envelope, ...], Field(max_length=500)]
    version: VersionNumber | None = None
    """The version that was read; ``None``: the campaign is new."""
    reason: Annotated[Prose, length(0, 1000)] = ""


class PublishCampaign(Request):
    """Make a campaign public. Repeating it changes nothing."""

    year: Year


class ReadCampaign(Request):
    """A campaign; a draft is read by campaign managers only."""

    year: Year


class ListCampaigns(Request):
    """Every campaign, the newest first; drafts for campaign managers only."""


class CampaignChange(Model):
    """What was changed after publication, and why."""

    at: Instant
    reason: str
    moved: tuple[PhaseCode, ...]
    """Phases whose days changed, or that came or went."""
    envelopes: bool
    """Whether money changed."""


class CampaignCard(Model):
    """A campaign in a list."""

    year: Year
    slug: Slug
    """By which dossiers and votes name it."""
    public: bool
    version: int
    phases: tuple[PhaseView, ...]
    """In their order."""
    now: PhaseCode | None
    """The phase of today; ``None``: between two, before the first or after the last."""
    total: int
    """All the envelopes together."""


class CampaignView(CampaignCard, Reply):
    """A campaign, whole."""

    envelopes: tuple[Envelope, ...]
    """The whole territory first, then in the territory's order."""
    changes: tuple[CampaignChange, ...]
    """The latest first."""


class CampaignList(Reply):
    """The campaigns."""

    items: tuple[CampaignCard, ...]


class DecideAdmissibility(Request):
    """Admit ideas of a campaign to the study by services, or not, for a reason of the territory and in public words.

    All at once or none. What was decided in the meantime is left as it is: repeating a decision changes nothing.
    """

    idea_ids: Annotated[tuple[IdeaId, ...], Distinct, Field(min_length=1, max_length=100)]
    decision: Literal["admit", "refuse"]
    reason: Code | None = None
    """Needed to refuse."""
    text: Annotated[Prose, length(0, 5000)] = ""
    """What everybody reads; needed to refuse."""


class AdmissibilityDecided(Reply):
    """What became of each idea."""

    decided: tuple[IdeaId, ...]
    left: tuple[IdeaId, ...]
    """Not open any more, or unknown."""


class CampaignFact(Payload):
    """A campaign was published, or changed since."""

    slug: Slug
    year: int
    starts_on: date
    """The first day of its first phase."""
