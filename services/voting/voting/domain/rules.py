"""The rules of an election: everything that decides its result, in one canonical text whose SHA-256 is published.

The canonical text is JSON with sorted keys, no spaces, UTF-8 as it is, integers only: another program writes the same
bytes. It holds all that a recount needs.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

FORMAT = "decider-election-rules/1"


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


Words = Mapping[str, str]
"""The same words in several languages."""


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade of majority judgment."""

    code: str
    label: Words


@dataclass(frozen=True, slots=True)
class Approval:
    """Choose up to ``max_choices``; a project chosen by fewer than ``minimum_votes`` cannot win."""

    max_choices: int
    minimum_votes: int = 1


@dataclass(frozen=True, slots=True)
class MajorityJudgment:
    """Grades, best first; a project whose majority grade is worse than ``minimum_grade`` cannot win."""

    grades: tuple[Grade, ...]
    blanks: Blanks
    minimum_grade: str | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The grades' codes, best first."""
        return tuple(grade.code for grade in self.grades)


Method = Approval | MajorityJudgment


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
    candidate_ids: frozenset[str] = field(init=False, compare=False, repr=False)
    """The identifiers on the ballot: asked for with every ballot."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "candidate_ids", frozenset(candidate.id for candidate in self.candidates))


def canonical(rules: Rules, version: int) -> str:
    """The one text of these rules."""
    document = to_document(rules) | {"format": FORMAT, "version": version, "secrecy": "open"}
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """The fingerprint of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def to_document(rules: Rules) -> dict[str, Any]:
    """The rules as plain JSON values."""
    return {
        "election_id": str(rules.election_id),
        "slug": rules.slug,
        "title": dict(rules.title),
        "description": dict(rules.description),
        "campaign": rules.campaign,
        "method": _method_document(rules.method),
        "candidates": [_candidate_document(candidate) for candidate in rules.candidates],
        "perimeter": rules.perimeter,
        "eligibility_action": rules.eligibility_action,
        "opens_at": _instant(rules.opens_at),
        "closes_at": _instant(rules.closes_at),
        "tie_break": rules.tie_break.value,
        "lot_seed": rules.lot_seed,
        "envelope": rules.envelope,
        "fill": rules.fill.value,
    }


def from_document(document: Mapping[str, Any]) -> Rules:
    """The inverse of :func:`to_document`. Raises ``KeyError``, ``TypeError`` or ``ValueError`` for anything else."""
    return Rules(
        election_id=UUID(document["election_id"]),
        slug=document["slug"],
        title=document["title"],
        description=document["description"],
        campaign=document["campaign"],
        method=_method(document["method"]),
        candidates=tuple(Candidate(**candidate) for candidate in document["candidates"]),
        perimeter=document["perimeter"],
        eligibility_action=document["eligibility_action"],
        opens_at=datetime.fromisoformat(document["opens_at"]),
        closes_at=datetime.fromisoformat(document["closes_at"]),
        tie_break=TieBreak(document["tie_break"]),
        lot_seed=document["lot_seed"],
        envelope=document["envelope"],
        fill=Fill(document["fill"]),
    )


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _method_document(method: Method) -> dict[str, Any]:
    if isinstance(method, Approval):
        return {"kind": "approval", "max_choices": method.max_choices, "minimum_votes": method.minimum_votes}
    return {
        "kind": "majority_judgment",
        "grades": [{"code": grade.code, "label": dict(grade.label)} for grade in method.grades],
        "blanks": method.blanks.value,
        "minimum_grade": method.minimum_grade,
    }


def _method(document: Mapping[str, Any]) -> Method:
    if document["kind"] == "approval":
        return Approval(document["max_choices"], document["minimum_votes"])
    grades = tuple(Grade(grade["code"], grade["label"]) for grade in document["grades"])
    return MajorityJudgment(grades, Blanks(document["blanks"]), document["minimum_grade"])


def _candidate_document(candidate: Candidate) -> dict[str, Any]:
    return {
        "id": candidate.id,
        "title": dict(candidate.title),
        "summary": dict(candidate.summary),
        "cost": candidate.cost,
        "category": candidate.category,
        "district": candidate.district,
        "dossier": candidate.dossier,
    }
