"""What ideas tells: ids, numbers, codes, counts, and the public title of what was published. Never who supports."""

from datetime import date
from typing import Literal
from uuid import UUID

from contracts.base import AccountId, Code, Payload, Slug
from contracts.ideas.appeals import AppealOutcome
from contracts.ideas.campaigns import CampaignFact
from contracts.ideas.examination import CommitmentId, Verdict
from contracts.ideas.words import CommentId, IdeaId, Number, State
from contracts.registry import Event


class IdeaFact(Payload):
    """Something happened to a dossier."""

    idea_id: IdeaId
    number: Number
    kind: Code
    author_id: AccountId | None
    """``None``: the account is no more, or the dossier was imported."""


class IdeaDeposited(IdeaFact):
    """A dossier was deposited; it may still wait for moderation."""

    state: State
    theme: Code
    district: Code | None


class IdeaOpened(IdeaFact):
    """A dossier is published and gathers supports."""

    title: str
    theme: Code
    district: Code | None
    campaign: Slug | None
    closes_on: date | None
    by_appeal: bool = False
    """Its author's appeal was granted, and ``appeal_decided`` tells them."""


class IdeaRefused(IdeaFact):
    """Moderation refused it."""

    reason: Code


class IdeaHidden(IdeaFact):
    """Moderation hid a published dossier."""

    reason: Code


class AttachmentHidden(IdeaHidden):
    """Moderation hid one photo or document of it; the rest stays."""

    attachment_id: UUID


class IdeaRestored(IdeaFact):
    """It is shown again."""

    state: State
    by_appeal: bool = False
    """Its author's appeal was granted, and ``appeal_decided`` tells them."""


class IdeaEnded(IdeaFact):
    """It expired, or its author withdrew it."""


class IdeaSupported(IdeaFact):
    """The count of supports changed: one fact for all that came in together."""

    supports: int
    threshold: int | None
    change: int
    progress: int | None
    """33, 66 or 100 the first time that this share of the threshold was reached."""


class StageFact(IdeaFact):
    """A stage was reached, or lost because supports were found invalid."""

    stage: Code
    supports: int
    due_on: date | None


class StageAnswered(IdeaFact):
    """What was owed at a stage was said."""

    stage: Code
    service: Code


class ExaminationAssigned(IdeaFact):
    """A service examines it."""

    service: Code
    due_on: date


class OpinionAsked(IdeaFact):
    """A service is asked for its opinion."""

    service: Code
    due_on: date


class OpinionGiven(IdeaFact):
    """A service gave the opinion that it was asked for."""

    service: Code
    asked_by: Code
    verdict: Verdict


class ExaminationOverdue(IdeaFact):
    """Something that services owe was not done by its date: told once per date."""

    awaited: Code
    """As in the queue: ``stage``, ``assignment``, ``answer``, ``opinion`` or ``follow-up``."""
    services: tuple[Code, ...]
    """Who should act; empty: nobody is named yet."""
    due_on: date


class CommitmentChanged(IdeaFact):
    """Something was promised, done, postponed or dropped."""

    commitment_id: CommitmentId
    outcome: Literal["made", "done", "postponed", "dropped"]
    due_on: date
    reason: Code | None


class AnswerPublished(IdeaFact):
    """The administration answered."""

    outcome: State
    reason: Code | None
    service: Code | None


class StepRecorded(IdeaFact):
    """What became of it: a new state, or news (``changed`` is false)."""

    position: int
    state: State
    changed: bool


class DossierTakenOver(Payload):
    """A dossier came from another platform: nothing to tell anybody, but its title is known."""

    idea_id: IdeaId
    number: Number
    kind: Code
    title: str
    theme: Code
    district: Code | None
    campaign: Slug | None
    state: State


class AppealDecided(IdeaFact):
    """Another moderator decided an appeal about a dossier or a message; ``author_id`` is whoever appealed."""

    comment_id: CommentId | None
    outcome: AppealOutcome
    reason: Code
    contested: Code
    """The decision that it is about: ``refuse`` or ``hide``."""


class IdeaMerged(IdeaFact):
    """It was joined to another dossier. Its supporters, whom ideas tells notifications when asked, may step out."""

    merge_id: UUID
    into: Number
    into_title: str
    reason: Code
    leave_until: date


class IdeaUnmerged(IdeaFact):
    """It stands alone again."""

    merge_id: UUID
    into: Number
    carried: bool
    """Whether its supporters had been carried over."""


class SupportsCarried(IdeaFact):
    """The supporters of dossiers that were joined to it count for it now."""

    merge_id: UUID
    joined: int
    """How many people the count gained."""
    supports: int


class DebateConcluded(IdeaFact):
    """A service said in public what it heard in a debate."""

    service: Code


IDEA_DEPOSITED = Event("ideas", "idea_deposited", 1, IdeaDeposited)
IDEA_OPENED = Event("ideas", "idea_opened", 1, IdeaOpened)
IDEA_REFUSED = Event("ideas", "idea_refused", 1, IdeaRefused)
IDEA_HIDDEN = Event("ideas", "idea_hidden", 1, IdeaHidden)
ATTACHMENT_HIDDEN = Event("ideas", "attachment_hidden", 1, AttachmentHidden)
IDEA_RESTORED = Event("ideas", "idea_restored", 1, IdeaRestored)
IDEA_EXPIRED = Event("ideas", "idea_expired", 1, IdeaEnded)
IDEA_WITHDRAWN = Event("ideas", "idea_withdrawn", 1, IdeaEnded)
IDEA_SUPPORTED = Event("ideas", "idea_supported", 1, IdeaSupported)
STAGE_REACHED = Event("ideas", "stage_reached", 1, StageFact)
STAGE_LOST = Event("ideas", "stage_lost", 1, StageFact)
STAGE_ANSWERED = Event("ideas", "stage_answered", 1, StageAnswered)
EXAMINATION_ASSIGNED = Event("ideas", "examination_assigned", 1, ExaminationAssigned)
OPINION_ASKED = Event("ideas", "opinion_asked", 1, OpinionAsked)
OPINION_GIVEN = Event("ideas", "opinion_given", 1, OpinionGiven)
EXAMINATION_OVERDUE = Event("ideas", "examination_overdue", 1, ExaminationOverdue)
COMMITMENT_CHANGED = Event("ideas", "commitment_changed", 1, CommitmentChanged)
ANSWER_PUBLISHED = Event("ideas", "answer_published", 1, AnswerPublished)
STEP_RECORDED = Event("ideas", "step_recorded", 1, StepRecorded)
DOSSIER_IMPORTED = Event("ideas", "dossier_imported", 1, DossierTakenOver)
CAMPAIGN_PUBLISHED = Event("ideas", "campaign_published", 1, CampaignFact)
CAMPAIGN_CHANGED = Event("ideas", "campaign_changed", 1, CampaignFact)
APPEAL_DECIDED = Event("ideas", "appeal_decided", 1, AppealDecided)
DEBATE_CONCLUDED = Event("ideas", "debate_concluded", 1, DebateConcluded)
IDEA_MERGED = Event("ideas", "idea_merged", 1, IdeaMerged)
IDEA_UNMERGED = Event("ideas", "idea_unmerged", 1, IdeaUnmerged)
SUPPORTS_CARRIED = Event("ideas", "supports_carried", 1, SupportsCarried)

EVENTS = (
    IDEA_DEPOSITED,
    IDEA_OPENED,
    IDEA_REFUSED,
    IDEA_HIDDEN,
    ATTACHMENT_HIDDEN,
    IDEA_RESTORED,
    IDEA_EXPIRED,
    IDEA_WITHDRAWN,
    IDEA_SUPPORTED,
    STAGE_REACHED,
    STAGE_LOST,
    STAGE_ANSWERED,
    EXAMINATION_ASSIGNED,
    OPINION_ASKED,
    OPINION_GIVEN,
    EXAMINATION_OVERDUE,
    COMMITMENT_CHANGED,
    ANSWER_PUBLISHED,
    STEP_RECORDED,
    DOSSIER_IMPORTED,
    CAMPAIGN_PUBLISHED,
    CAMPAIGN_CHANGED,
    APPEAL_DECIDED,
    DEBATE_CONCLUDED,
    IDEA_MERGED,
    IDEA_UNMERGED,
    SUPPORTS_CARRIED,
)
