"""Open ballots: what a valid one is, and the one line of text in which each is kept and published.

Approval and knapsack: ``333,12`` in the order of the identifiers. Majority judgment: ``333=jaime-bien,12=passable``.
Points: ``333=3,12=1``. For and against: ``333=for,12=abstain``. Ranking: ``333>12``, the best first. A blank ballot is
an empty line of text. The order of choosing is not kept where it is not asked for: it could tell who voted.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from voting.domain.errors import Invalid, Problem
from voting.domain.rules import (
    Approval,
    ForAgainst,
    Knapsack,
    MajorityJudgment,
    Method,
    Opinion,
    Points,
    Ranking,
    Rules,
)


@dataclass(frozen=True, slots=True)
class ApprovalBallot:
    """The chosen projects."""

    choices: frozenset[str]


@dataclass(frozen=True, slots=True)
class JudgmentBallot:
    """A grade for each judged project."""

    grades: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PointsBallot:
    """What each project gets that gets something."""

    points: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class KnapsackBallot:
    """The chosen projects, which the envelope could pay for."""

    choices: frozenset[str]


@dataclass(frozen=True, slots=True)
class OpinionBallot:
    """An opinion on each proposal about which something is said."""

    opinions: Mapping[str, Opinion]


@dataclass(frozen=True, slots=True)
class RankingBallot:
    """The ranked projects, the best first."""

    ranking: tuple[str, ...]


ChoiceBallot = ApprovalBallot | KnapsackBallot
Ballot = ChoiceBallot | JudgmentBallot | PointsBallot | OpinionBallot | RankingBallot


def check(rules: Rules, ballot: Ballot) -> None:
    """Raises :class:`Invalid` with everything that is wrong with the ballot under these rules."""
    problems = _problems(rules, ballot)
    if problems:
        raise Invalid(problems)


def _problems(rules: Rules, ballot: Ballot) -> list[Problem]:
    kind, problems = _CHECKS[type(rules.method)]
    if not isinstance(ballot, kind):
        return [Problem("/ballot/kind", "wrong-method", "This election counts another kind of ballot.")]
    return problems(rules, rules.method, ballot)


def _choice_problems(rules: Rules, method: Approval, ballot: ApprovalBallot) -> list[Problem]:
    problems = _unknown_choices(rules, ballot)
    if len(ballot.choices) > method.max_choices:
        detail = f"Choose {method.max_choices} projects at most; {len(ballot.choices)} are chosen."
        problems.append(Problem("/ballot/choices", "too-many-choices", detail))
    return problems


def _cost_problems(rules: Rules, _method: Knapsack, ballot: KnapsackBallot) -> list[Problem]:
    problems, envelope = _unknown_choices(rules, ballot), rules.envelope or 0
    cost = sum(candidate.cost or 0 for candidate in rules.candidates if candidate.id in ballot.choices)
    if cost > envelope:
        detail = f"The chosen projects cost {cost} together; the envelope is {envelope}."
        problems.append(Problem("/ballot/choices", "too-expensive", detail))
    return problems


def _unknown_choices(rules: Rules, ballot: ChoiceBallot) -> list[Problem]:
    return [_unknown("/ballot/choices", one) for one in sorted(ballot.choices - rules.candidate_ids)]


def _grade_problems(rules: Rules, method: MajorityJudgment, ballot: JudgmentBallot) -> list[Problem]:
    problems = _strangers(rules, "/ballot/grades", ballot.grades)
    known = set(method.codes)
    for project, grade in sorted(ballot.grades.items()):
        if grade not in known:
            problems.append(Problem(_at("/ballot/grades", project), "unknown-grade", f"There is no grade “{grade}”."))
    return problems


def _point_problems(rules: Rules, method: Points, ballot: PointsBallot) -> list[Problem]:
    problems = _strangers(rules, "/ballot/points", ballot.points)
    for project, points in sorted(ballot.points.items()):
        if not 1 <= points <= method.most:
            detail = f"Give a project from 1 to {method.most} points, or leave it out; it has {points}."
            problems.append(Problem(_at("/ballot/points", project), "points-out-of-range", detail))
    if (given := sum(ballot.points.values())) > method.points:
        detail = f"There are {method.points} points to give; {given} are given."
        problems.append(Problem("/ballot/points", "too-many-points", detail))
    return problems


def _rank_problems(rules: Rules, method: Ranking, ballot: RankingBallot) -> list[Problem]:
    problems, ranked = list[Problem](), ballot.ranking
    for place, project in enumerate(ranked):
        if project not in rules.candidate_ids:
            problems.append(_unknown(f"/ballot/ranking/{place}", project))
        if project in ranked[:place]:
            problems.append(Problem(f"/ballot/ranking/{place}", "duplicate", f"“{project}” is ranked already."))
    if len(ranked) > method.max_ranks:
        detail = f"Rank {method.max_ranks} projects at most; {len(ranked)} are ranked."
        problems.append(Problem("/ballot/ranking", "too-many-ranks", detail))
    return problems


def _opinion_problems(rules: Rules, _method: ForAgainst, ballot: OpinionBallot) -> list[Problem]:
    return _strangers(rules, "/ballot/opinions", ballot.opinions)


_CHECKS: dict[type[Method], tuple[type[Ballot], Callable[[Rules, Any, Any], list[Problem]]]] = {
    Approval: (ApprovalBallot, _choice_problems),
    MajorityJudgment: (JudgmentBallot, _grade_problems),
    Points: (PointsBallot, _point_problems),
    ForAgainst: (OpinionBallot, _opinion_problems),
    Knapsack: (KnapsackBallot, _cost_problems),
    Ranking: (RankingBallot, _rank_problems),
}


def _strangers(rules: Rules, pointer: str, named: Iterable[str]) -> list[Problem]:
    return [_unknown(_at(pointer, one), one) for one in sorted(set(named) - rules.candidate_ids)]


def _at(pointer: str, project: str) -> str:
    return f"{pointer}/{project.replace('~', '~0').replace('/', '~1')}"


def _unknown(pointer: str, project: str) -> Problem:
    return Problem(pointer, "unknown-project", f"There is no project “{project}” on this ballot.")


def encode(ballot: Ballot) -> str:
    """The one line of text of a valid ballot: equal ballots give equal text."""
    if isinstance(ballot, ChoiceBallot):
        return ",".join(sorted(ballot.choices))
    if isinstance(ballot, RankingBallot):
        return ">".join(ballot.ranking)
    return ",".join(f"{project}={what}" for project, what in sorted(_given(ballot).items()))


def _given(ballot: JudgmentBallot | PointsBallot | OpinionBallot) -> Mapping[str, str] | Mapping[str, int]:
    if isinstance(ballot, PointsBallot):
        return ballot.points
    return ballot.grades if isinstance(ballot, JudgmentBallot) else ballot.opinions


def decode(rules: Rules, text: str) -> Ballot:
    """The inverse of :func:`encode`. Raises ``ValueError`` for text that no valid ballot has."""
    ballot = _read(rules.method, text)
    try:
        check(rules, ballot)
    except Invalid as error:
        raise ValueError(str(error)) from None
    if encode(ballot) != text:
        raise ValueError("the ballot is not written in the one way it can be")
    return ballot


def _read(method: Method, text: str) -> Ballot:
    if isinstance(method, Ranking):
        return RankingBallot(tuple(text.split(">")) if text else ())
    parts = text.split(",") if text else []
    if isinstance(method, Approval):
        return ApprovalBallot(frozenset(parts))
    if isinstance(method, Knapsack):
        return KnapsackBallot(frozenset(parts))
    pairs = dict(_pair(part) for part in parts)
    if isinstance(method, Points):
        return PointsBallot({project: int(points) for project, points in pairs.items()})
    if isinstance(method, ForAgainst):
        return OpinionBallot({project: Opinion(opinion) for project, opinion in pairs.items()})
    return JudgmentBallot(pairs)


def _pair(part: str) -> tuple[str, str]:
    project, separator, what = part.partition("=")
    if not separator:
        raise ValueError(f"“{part}” is not a project and what it gets")
    return project, what
