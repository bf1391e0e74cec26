"""From Pabulib's words to ours: a file as the body of a new election and of its ballots."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.voting import MAX_RANKS

from voting.pabulib.reading import Meta, Reader, Vote, whole

OPINIONS = {1: "for", 0: "abstain", -1: "against"}
"""What the points of a file mean that gives -1, 0 or 1 to each project."""


class NotOffered(ValueError):
    """The file holds ballots of a kind that is not voted here."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a Pabulib file does not say of an election and we need."""

    id: str
    slug: str
    opens_at: datetime
    closes_at: datetime
    eligibility_action: str = "vote_budget"
    language: str = "fr"


def draft_of(reader: Reader, frame: Frame) -> dict[str, Any]:
    """The body of ``POST /elections`` for this file. Raises :class:`NotOffered`."""
    title = reader.meta.get("description") or f"{reader.meta.get('unit')} {reader.meta.get('instance')}"
    return {
        "id": frame.id,
        "slug": frame.slug,
        "title": {frame.language: title[:300]},
        "method": _method(reader),
        "candidates": [_candidate(reader, id_, frame.language) for id_ in reader.projects],
        "eligibility_action": frame.eligibility_action,
        "opens_at": frame.opens_at.isoformat(),
        "closes_at": frame.closes_at.isoformat(),
        "envelope": reader.meta.budget or None,
    }


def _method(reader: Reader) -> dict[str, Any]:
    meta = reader.meta
    threshold = meta.get("min_project_score_threshold")
    minimum = int(threshold) if threshold.isdigit() else 1
    if meta.vote_type in {"approval", "choose-1"}:
        if _as_the_budget(meta):
            return {"kind": "knapsack", "minimum_votes": minimum}
        most = meta.max_length or len(reader.projects)
        return {"kind": "approval", "max_choices": most, "minimum_votes": minimum}
    if meta.vote_type == "cumulative" and meta.get("max_sum_points").isdigit():
        points, most_to_one = int(meta.get("max_sum_points")), meta.get("max_points")
        cap = int(most_to_one) if most_to_one.isdigit() else None
        return {"kind": "points", "points": points, "max_per_project": cap, "minimum_points": minimum}
    most = meta.max_length or len(reader.projects)
    if meta.vote_type == "ordinal" and most <= MAX_RANKS:
        return {"kind": "ranking", "max_ranks": most, "minimum_votes": 1}
    if meta.vote_type == "scoring" and (meta.get("min_points"), meta.get("max_points")) == ("-1", "1"):
        return {"kind": "for_against", "majority_percent": 50, "minimum_votes": minimum}
    raise NotOffered(f"ballots of the kind {meta.vote_type} can be checked, not voted again")


def _as_the_budget(meta: Meta) -> bool:
    """Whether a ballot may cost as much as the budget and no more."""
    most = meta.get("max_sum_cost")
    try:
        return bool(most) and whole(most) == meta.budget
    except ValueError:
        return False


def _candidate(reader: Reader, id_: str, language: str) -> dict[str, Any]:
    project = reader.projects[id_]
    name = " ".join(project.name.split())
    return {
        "id": id_,
        "title": {language: (name if len(name) >= 3 else f"Projet {id_}")[:300]},
        "cost": project.cost,
        "category": project.fields.get("category", "")[:200],
        "district": (project.fields.get("district") or project.fields.get("neighborhood") or "")[:200],
    }


def ballot_of(kind: str, vote: Vote) -> dict[str, Any]:
    """The ballot of a vote for an election of this kind, as in the body of ``POST /elections/{id}/ballots``."""
    if kind in {"approval", "knapsack"}:
        return {"kind": kind, "choices": list(vote.choices)}
    if kind == "ranking":
        return {"kind": kind, "ranking": list(vote.choices)}
    given = zip(vote.choices, vote.points or (), strict=True)
    if kind == "points":
        return {"kind": kind, "points": {project: points for project, points in given if points}}
    return {"kind": kind, "opinions": {project: OPINIONS[points] for project, points in given}}
