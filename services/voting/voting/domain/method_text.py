"""The ways of voting as plain JSON values, for the text of the rules."""

from collections.abc import Mapping
from typing import Any

from voting.domain.rules import (
    Approval,
    Blanks,
    ForAgainst,
    GoodOpinions,
    Grade,
    Knapsack,
    MajorityJudgment,
    Method,
    Points,
    Ranking,
)

_FIRST = frozenset({"approval", "majority_judgment"})
_LATER = frozenset({"minimum_percent", "good_opinions"})


def is_later(document: Mapping[str, Any]) -> bool:
    """Whether the first format of the rules has no word for this way of voting."""
    return document["kind"] not in _FIRST or bool(_LATER & document.keys())


def method_document(method: Method) -> dict[str, Any]:
    """A way of voting as plain JSON values."""
    if isinstance(method, Approval):
        later = {"minimum_percent": method.minimum_percent} if method.minimum_percent else {}
        return {"kind": "approval", "max_choices": method.max_choices, "minimum_votes": method.minimum_votes} | later
    if isinstance(method, Points):
        return {
            "kind": "points",
            "points": method.points,
            "max_per_project": method.max_per_project,
            "minimum_points": method.minimum_points,
        }
    if isinstance(method, ForAgainst):
        majority, minimum = method.majority_percent, method.minimum_votes
        return {"kind": "for_against", "majority_percent": majority, "minimum_votes": minimum}
    if isinstance(method, Knapsack):
        votes, percent = method.minimum_votes, method.minimum_percent
        return {"kind": "knapsack", "minimum_votes": votes, "minimum_percent": percent}
    if isinstance(method, Ranking):
        return {"kind": "ranking", "max_ranks": method.max_ranks, "minimum_votes": method.minimum_votes}
    return _judgment_document(method)


def _judgment_document(method: MajorityJudgment) -> dict[str, Any]:
    document: dict[str, Any] = {
        "kind": "majority_judgment",
        "grades": [{"code": grade.code, "label": dict(grade.label)} for grade in method.grades],
        "blanks": method.blanks.value,
        "minimum_grade": method.minimum_grade,
    }
    if good := method.good_opinions:
        document["good_opinions"] = {"lowest_grade": good.lowest_grade, "percent": good.percent}
    return document


def method_of(document: Mapping[str, Any]) -> Method:
    """The inverse of :func:`method_document`. Raises ``KeyError``, ``TypeError`` or ``ValueError``."""
    kind = document["kind"]
    if kind == "approval":
        return Approval(document["max_choices"], document["minimum_votes"], document.get("minimum_percent", 0))
    if kind == "points":
        return Points(document["points"], document["max_per_project"], document["minimum_points"])
    if kind == "for_against":
        return ForAgainst(document["majority_percent"], document["minimum_votes"])
    if kind == "knapsack":
        return Knapsack(document["minimum_votes"], document["minimum_percent"])
    if kind == "ranking":
        return Ranking(document["max_ranks"], document["minimum_votes"])
    if kind != "majority_judgment":
        raise ValueError(f"its method is {kind!r}")
    good = document.get("good_opinions")
    return MajorityJudgment(
        tuple(Grade(grade["code"], grade["label"]) for grade in document["grades"]),
        Blanks(document["blanks"]),
        document["minimum_grade"],
        good and GoodOpinions(good["lowest_grade"], good["percent"]),
    )
