"""The rules of an election: everything that decides its result. Their published text is made in ``rules_text``."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

FORMAT = "decider-election-rules/1"
LATER_FORMAT = "decider-election-rules/2"
"""That of rules which say something that the first format has no word for. All others keep their text and hash."""
FORMATS = frozenset({FORMAT, LATER_FORMAT})


class Blanks(StrEnum):
    """What a project left without a grade means."""

    WORST = "worst"
    IGNORED = "ignored"


class TieBreak(StrEnum):
    """What decides between projects that the count leaves equal."""

    LOWER_COST = "lower_cost"
    BALLOT_ORDER = "ballot_order"
    LOT = "lot"


class Fill(StrEnum):
    """How the envelope is filled."""

    SKIP = "skip"
    STOP = "stop"


class SharesUse(StrEnum):
    """What the Method of Equal Shares is computed for."""

    RULE = "rule"
    INFORMATION = "information"


class Completion(StrEnum):
    """What becomes of the money that the Method of Equal Shares leaves."""

    NONE = "none"
    MOST_VOTES = "most_votes"
    ADD_ONE = "add_one"
    ADD_ONE_MOST_VOTES = "add_one_most_votes"


Words = Mapping[str, str]
"""The same words in several languages."""


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade of majority judgment."""

    code: str
    label: Words


@dataclass(frozen=True, slots=True)
class Approval:
    """Choose up to ``max_choices``.

    A project chosen by fewer than ``minimum_votes``, or by less than ``minimum_percent`` of all ballots, cannot win.
    """

    max_choices: int
    minimum_votes: int = 1
    minimum_percent: int = 0


@dataclass(frozen=True, slots=True)
class GoodOpinions:
    """At least ``percent`` of those who judge a project must give it ``lowest_grade`` or better."""

    lowest_grade: str
    percent: int


@dataclass(frozen=True, slots=True)
class MajorityJudgment:
    """Grades, best first.

    A project whose majority grade is worse than ``minimum_grade``, or with too few ``good_opinions``, cannot win.
    """

    grades: tuple[Grade, ...]
    blanks: Blanks
    minimum_grade: str | None = None
    good_opinions: GoodOpinions | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The grades' codes, best first."""
        return tuple(grade.code for grade in self.grades)


@dataclass(frozen=True, slots=True)
class Points:
    """Distribute up to ``points`` among the projects, at most ``max_per_project`` to one (``None``: all of them).

    A project with fewer than ``minimum_points`` from all ballots together cannot win.
    """

    points: int
    max_per_project: int | None = None
    minimum_points: int = 1

    @property
    def most(self) -> int:
        """The most that a ballot may give one project."""
        return self.points if self.max_per_project is None else min(self.points, self.max_per_project)


class Opinion(StrEnum):
    """What one says of a proposal."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class ForAgainst:
    """Say of each proposal whether one is for it, against it, or abstains.

    A proposal needs more than ``majority_percent`` of the votes for and against it, and ``minimum_votes`` for it.
    """

    majority_percent: int = 50
    minimum_votes: int = 1


@dataclass(frozen=True, slots=True)
class Knapsack:
    """Choose projects that together cost no more than the envelope. What a project needs to win: as by approval."""

    minimum_votes: int = 1
    minimum_percent: int = 0


@dataclass(frozen=True, slots=True)
class Ranking:
    """Put up to ``max_ranks`` projects in order. The first gets ``max_ranks`` points, each next one less (Borda).

    A project that fewer than ``minimum_votes`` ballots rank cannot win.
    """

    max_ranks: int
    minimum_votes: int = 1


Choosing = Approval | Knapsack
"""A ballot chooses projects or not, and a project's votes are the ballots that choose it."""
Method = Choosing | MajorityJudgment | Points | ForAgainst | Ranking


def judged_by(method: Method) -> MajorityJudgment:
    """The method of a vote by grades. Raises ``TypeError`` for every other one."""
    if not isinstance(method, MajorityJudgment):
        raise TypeError("not a vote by grades")
    return method


@dataclass(frozen=True, slots=True)
class EqualShares:
    """The Method of Equal Shares, as the rule or beside it."""

    use: SharesUse
    completion: Completion


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed vote: ``threshold`` of the trustees named open its sum, together with the server."""

    trustees: tuple[str, ...]
    threshold: int
    group: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A project on the ballot."""

    id: str
    title: Words
    summary: Words = field(default_factory=dict)
    cost: int | None = None
    category: str = ""
    district: str = ""
    dossier: str | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What a campaign manager decides and, from the announcement on, everybody knows."""

    election_id: UUID
    slug: str
    title: Words
    method: Method
    candidates: tuple[Candidate, ...]
    opens_at: datetime
    closes_at: datetime
    description: Words = field(default_factory=dict)
    campaign: str | None = None
    perimeter: str | None = None
    eligibility_action: str = "vote_budget"
    tie_break: TieBreak = TieBreak.LOWER_COST
    lot_seed: str = ""
    envelope: int | None = None
    fill: Fill = Fill.SKIP
    exclusions: tuple[tuple[str, ...], ...] = ()
    """Groups of projects of which one at most can win."""
    equal_shares: EqualShares | None = None
    sealed: Sealed | None = None
    """None: an open vote."""
    candidate_ids: frozenset[str] = field(init=False, compare=False, repr=False)
    """The identifiers on the ballot: asked for with every ballot."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "candidate_ids", frozenset(candidate.id for candidate in self.candidates))


def names_winners(rules: Rules) -> bool:
    """Whether the count says more than a ranking: what an envelope pays for, or what a majority is for."""
    return rules.envelope is not None or isinstance(rules.method, ForAgainst)


def excluded_by(rules: Rules) -> dict[str, frozenset[str]]:
    """For each project that excludes others, those others."""
    found: dict[str, frozenset[str]] = {}
    for group in rules.exclusions:
        for id_ in group:
            found[id_] = found.get(id_, frozenset()) | (frozenset(group) - {id_})
    return found


def sha256(text: str) -> str:
    """The fingerprint of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
