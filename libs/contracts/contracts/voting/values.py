"""The words of a vote: methods, rules, candidates, states. Amounts are whole units of the territory's currency."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from contracts.base import Code, Distinct, Language, Line, Model, Prose, WithoutNul, length

MAX_CANDIDATES = 500
MAX_POINTS = 1000
MAX_RANKS = 20
MANAGER_ROLE = "campaign_manager"
CandidateId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$")]
"""A project's identifier within its election; stable, printed on the ballot's file."""
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
ReceiptCode = Annotated[str, StringConstraints(max_length=40, strip_whitespace=True, to_upper=True), WithoutNul]
"""The voter's proof: 20 letters and digits in groups of four, as printed on the receipt."""
Amount = Annotated[int, Field(ge=0, le=10**12)]
Percent = Annotated[int, Field(ge=0, le=100)]
Title = Annotated[Line, length(3, 300)]
Text = Annotated[Prose, length(0, 5000)]
Reason = Annotated[Prose, length(10, 2000)]


class Secrecy(StrEnum):
    """How ballots are kept."""

    OPEN = "open"
    """In clear, apart from their voters."""
    SEALED = "sealed"
    """Encrypted on the voter's device; only their sum is ever opened (docs/sealed-votes.md)."""


class State(StrEnum):
    """Where an election stands. From ``announced`` on, its rules are frozen and public."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Blanks(StrEnum):
    """What a project left without a grade means, by majority judgment."""

    WORST = "worst"
    """It counts as the worst grade: every project is judged by everybody."""
    IGNORED = "ignored"
    """It is left out: a project is judged by those who graded it."""


class TieBreak(StrEnum):
    """What decides between projects that the count leaves equal."""

    LOWER_COST = "lower_cost"
    """The cheaper one first, then the order on the ballot."""
    BALLOT_ORDER = "ballot_order"
    """The order on the ballot."""
    LOT = "lot"
    """An order drawn before the opening: by the SHA-256 of the lot's published seed and the project's identifier."""


class Fill(StrEnum):
    """How the envelope is filled, in the order of the ranking."""

    SKIP = "skip"
    """Take each project that still fits."""
    STOP = "stop"
    """Stop at the first that does not fit."""


class Verdict(StrEnum):
    """Why a project won or did not."""

    WON = "won"
    ADOPTED = "adopted"
    """By a majority of its own: there is no envelope that it would have to fit into."""
    COMPLETED = "completed"
    """By equal shares: chosen with the money that the shares left."""
    TOO_EXPENSIVE = "too_expensive"
    AFTER_STOP = "after_stop"
    BELOW_MINIMUM = "below_minimum"
    """Fewer votes, or a worse majority grade, than the rules ask for."""
    TOO_FEW_GOOD = "too_few_good"
    """Too small a share of the ballots chose it, or gave it a good grade."""
    REJECTED = "rejected"
    """Too small a share of the votes for and against it is for it."""
    EXCLUDED = "excluded"
    """Another project that it is incompatible with was chosen before it."""
    NOT_SHARED = "not_shared"
    """By equal shares: its supporters could not pay for it together."""
    RANKED = "ranked"
    """There is no envelope: the ranking is the result."""


CHOSEN = frozenset({Verdict.WON, Verdict.ADOPTED, Verdict.COMPLETED})
"""What a project that the count chose has become."""


class SharesUse(StrEnum):
    """What the Method of Equal Shares is computed for."""

    RULE = "rule"
    """It decides."""
    INFORMATION = "information"
    """It is shown beside the result."""


class Completion(StrEnum):
    """What becomes of the money that the Method of Equal Shares leaves."""

    NONE = "none"
    MOST_VOTES = "most_votes"
    """Projects are chosen with it in the order of the ranking, each that fits."""
    ADD_ONE = "add_one"
    """The shares grow by one unit of money again and again, as long as the chosen projects fit into the envelope."""
    ADD_ONE_MOST_VOTES = "add_one_most_votes"
    """The one, then the other."""


class EqualShares(Model):
    """The Method of Equal Shares, for ballots that choose projects and an envelope."""

    use: SharesUse
    completion: Completion = Completion.ADD_ONE_MOST_VOTES


class SealedSetup(Model):
    """Who can open a sealed vote together, beside the server: ``threshold`` of the trustees."""

    trustees: Annotated[tuple[Annotated[Line, length(2, 120)], ...], Field(min_length=2, max_length=30), Distinct]
    """Their names, as everybody reads them."""
    threshold: Annotated[int, Field(ge=1, le=30)]
    group: Literal["Ed25519", "BELENIOS-2048"] = "Ed25519"
    """``BELENIOS-2048`` is larger and slower, and read by every version of the Belenios project's tool."""


class Outcome(StrEnum):
    """What casting did."""

    RECORDED = "recorded"
    REPLACED = "replaced"
    ALREADY_THERE = "already_there"
    """The same cast came again."""
    SUPERSEDED = "superseded"
    """The same cast came again, late: a later ballot of the same voter has taken its place."""


class ApprovalRule(Model):
    """Choose up to ``max_choices`` projects; the most chosen comes first."""

    kind: Literal["approval"] = "approval"
    max_choices: Annotated[int, Field(ge=1, le=MAX_CANDIDATES)]
    minimum_votes: Annotated[int, Field(ge=0, le=10**9)] = 1
    """A project chosen by fewer cannot win."""
    minimum_percent: Percent = 0
    """A project chosen by less than this share of all ballots cannot win."""


class Grade(Model):
    """A grade, from the territory's scale."""

    code: Code
    label: dict[Language, Line]


class GoodOpinions(Model):
    """The share of those who judge a project that must give it ``lowest_grade`` or better."""

    lowest_grade: Code
    percent: Annotated[int, Field(ge=1, le=100)]


class JudgmentRule(Model):
    """Give each project a grade of the territory's scale, or leave it; the best majority grade comes first."""

    kind: Literal["majority_judgment"] = "majority_judgment"
    blanks: Blanks
    minimum_grade: Code | None = None
    """A project whose majority grade is worse cannot win."""
    good_opinions: GoodOpinions | None = None
    """A project with fewer good opinions cannot win."""


class PointsRule(Model):
    """Distribute points among the projects; the one with most points comes first."""

    kind: Literal["points"] = "points"
    points: Annotated[int, Field(ge=1, le=MAX_POINTS)]
    """How many each voter can give. They need not give all of them."""
    max_per_project: Annotated[int, Field(ge=1, le=MAX_POINTS)] | None = None
    """The most that a voter can give one project; none: all of them."""
    minimum_points: Annotated[int, Field(ge=0, le=10**9)] = 1
    """A project with fewer points from all ballots together cannot win."""


class Opinion(StrEnum):
    """What one says of a proposal."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class ForAgainstRule(Model):
    """Say of each proposal whether one is for it, against it, or abstains.

    The one with the greatest lead of votes for over votes against comes first. Without an envelope each proposal is
    adopted or rejected by itself.
    """

    kind: Literal["for_against"] = "for_against"
    majority_percent: Annotated[int, Field(ge=0, le=99)] = 50
    """More than this share of the votes for and against must be for it."""
    minimum_votes: Annotated[int, Field(ge=0, le=10**9)] = 1
    """With fewer votes for it a proposal cannot be adopted."""


class KnapsackRule(Model):
    """Choose projects that together cost no more than the envelope; the most chosen comes first."""

    kind: Literal["knapsack"] = "knapsack"
    minimum_votes: Annotated[int, Field(ge=0, le=10**9)] = 1
    """A project chosen by fewer cannot win."""
    minimum_percent: Percent = 0
    """A project chosen by less than this share of all ballots cannot win."""


class RankingRule(Model):
    """Put some projects in order. The first gets ``max_ranks`` points, each next one less; most points come first."""

    kind: Literal["ranking"] = "ranking"
    max_ranks: Annotated[int, Field(ge=1, le=MAX_RANKS)]
    minimum_votes: Annotated[int, Field(ge=0, le=10**9)] = 1
    """A project that fewer ballots rank cannot win."""


Exclusion = Annotated[tuple[CandidateId, ...], Field(min_length=2, max_length=MAX_CANDIDATES), Distinct]
"""Incompatible projects: one of them at most can win."""
Exclusions = Annotated[tuple[Exclusion, ...], Field(max_length=MAX_CANDIDATES)]
Method = Annotated[
    ApprovalRule | JudgmentRule | PointsRule | ForAgainstRule | KnapsackRule | RankingRule, Field(discriminator="kind")
]
MethodKind = Literal["approval", "majority_judgment", "points", "for_against", "knapsack", "ranking"]


class Candidate(Model):
    """A project on the ballot."""

    id: CandidateId
    title: dict[Language, Title]
    summary: dict[Language, Text] = Field(default_factory=dict)
    cost: Amount | None = None
    """Needed where there is an envelope."""
    category: Annotated[Line, length(0, 200)] = ""
    district: Annotated[Line, length(0, 200)] = ""
    """Where it would be built, as shown to people."""
    dossier: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,5}-\d{4}-\d{6}$")] | None = None
    """The number of the dossier it comes from."""
