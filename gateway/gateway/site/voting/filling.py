"""A ballot as the booth's form holds it: the ballot it makes, all that is wrong with it, and nothing typed lost.

The form holds a field for each project, named after what is asked (``points-<project>``), or one field with the
chosen projects (``choix``).
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from contracts.voting import (
    ApprovalBallot,
    ApprovalRule,
    Ballot,
    ElectionView,
    ForAgainstRule,
    JudgmentBallot,
    JudgmentRule,
    KnapsackBallot,
    KnapsackRule,
    MethodKind,
    Opinion,
    OpinionBallot,
    PointsBallot,
    PointsRule,
    RankingBallot,
    RankingRule,
)

from gateway.site.visit import Visit

CHOICE = "choix"
PREFIXES: dict[MethodKind, str] = {
    "majority_judgment": "mention-",
    "points": "points-",
    "for_against": "avis-",
    "ranking": "rang-",
}
LONGEST_NUMBER = 6


@dataclass(frozen=True, slots=True)
class Filled:
    """What was filled in. ``typed`` and ``wrong`` by project; ``wrong[""]``: about the ballot as a whole."""

    ballot: Ballot
    typed: Mapping[str, str]
    wrong: Mapping[str, str] = field(default_factory=dict)
    used: int | None = None
    """Of what there is to give; ``None``: nothing is given away."""


def filled(visit: Visit, one: ElectionView) -> Filled:
    """The form as it was sent. What it does not know is left out."""
    read: Callable[[Visit, ElectionView, Any], Filled] = _READERS[one.method.kind]
    return read(visit, one, one.method)


def _typed(visit: Visit, one: ElectionView) -> dict[str, str]:
    prefix = PREFIXES[one.method.kind]
    return {candidate.id: visit.field(prefix + candidate.id).strip() for candidate in one.candidates}


def _chosen(visit: Visit, one: ElectionView) -> tuple[str, ...]:
    known = {candidate.id for candidate in one.candidates}
    return tuple(dict.fromkeys(id_ for id_ in visit.fields.get(CHOICE, ()) if id_ in known))


def _approval(visit: Visit, one: ElectionView, method: ApprovalRule) -> Filled:
    chosen = _chosen(visit, one)
    extra = len(chosen) - method.max_choices
    wrong = {"": _too_many(visit, method.max_choices, extra)} if extra > 0 else {}
    return Filled(ApprovalBallot(choices=chosen), dict.fromkeys(chosen, "on"), wrong)


def _too_many(visit: Visit, most: int, extra: int) -> str:
    return visit.count(
        "You can choose %(most)s projects at most: take %(n)s away.",
        "You can choose %(most)s projects at most: take %(n)s away.",
        extra,
        most=visit.words.number(most),
    )


def _knapsack(visit: Visit, one: ElectionView, _method: KnapsackRule) -> Filled:
    chosen, envelope = _chosen(visit, one), one.envelope or 0
    cost = sum(candidate.cost or 0 for candidate in one.candidates if candidate.id in chosen)
    wrong = {"": _too_expensive(visit, envelope, cost)} if cost > envelope else {}
    return Filled(KnapsackBallot(choices=chosen), dict.fromkeys(chosen, "on"), wrong, cost)


def _too_expensive(visit: Visit, envelope: int, cost: int) -> str:
    def money(amount: int) -> str:
        return visit.words.money(amount, visit.territory.currency)

    return visit.text(
        "Your projects cost %(cost)s together and the envelope is %(envelope)s: take away what costs %(extra)s.",
        cost=money(cost),
        envelope=money(envelope),
        extra=money(cost - envelope),
    )


def _judgment(visit: Visit, one: ElectionView, _method: JudgmentRule) -> Filled:
    codes = {grade.code for grade in one.grades}
    typed = _typed(visit, one)
    return Filled(JudgmentBallot(grades={id_: grade for id_, grade in typed.items() if grade in codes}), typed)


def _opinions(visit: Visit, one: ElectionView, _method: ForAgainstRule) -> Filled:
    typed, known = _typed(visit, one), {opinion.value: opinion for opinion in Opinion}
    return Filled(OpinionBallot(opinions={id_: known[said] for id_, said in typed.items() if said in known}), typed)


def _points(visit: Visit, one: ElectionView, method: PointsRule) -> Filled:
    typed = _typed(visit, one)
    numbers = {id_: _whole(text) for id_, text in typed.items() if text}
    most = min(method.points, method.max_per_project or method.points)
    wrong = {id_: said for id_, number in numbers.items() if (said := _wrong_points(visit, number, most))}
    given = {id_: number for id_, number in numbers.items() if number}
    used = sum(given.values())
    if used > method.points:
        wrong[""] = _too_many_points(visit, method.points, used)
    possible = {id_: number for id_, number in given.items() if id_ not in wrong}
    return Filled(PointsBallot(points=possible), typed, wrong, used)


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None


def _wrong_points(visit: Visit, number: int | None, most: int) -> str:
    if number is None:
        return visit.text("Write a whole number, or nothing.")
    if number > most:
        return visit.count("%(n)s point at most for one project.", "%(n)s points at most for one project.", most)
    return ""


def _too_many_points(visit: Visit, points: int, used: int) -> str:
    number = visit.words.number
    return visit.text(
        "You have given %(used)s points and have %(points)s: take %(extra)s away.",
        used=number(used),
        points=number(points),
        extra=number(used - points),
    )


def _ranking(visit: Visit, one: ElectionView, method: RankingRule) -> Filled:
    """A place that is left free between two others says nothing: the order counts."""
    typed = _typed(visit, one)
    places = {id_: place for id_, text in typed.items() if 1 <= (place := _whole(text) or 0) <= method.max_ranks}
    taken = Counter(places.values())
    twice = visit.text("Another project has this place too.")
    wrong = {id_: twice for id_, place in places.items() if taken[place] > 1}
    return Filled(RankingBallot(ranking=tuple(sorted(places, key=places.__getitem__))), typed, wrong)


_READERS: dict[MethodKind, Callable[[Visit, ElectionView, Any], Filled]] = {
    "approval": _approval,
    "majority_judgment": _judgment,
    "points": _points,
    "for_against": _opinions,
    "knapsack": _knapsack,
    "ranking": _ranking,
}
