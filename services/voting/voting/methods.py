"""The ways of voting and their ballots, between the wire and the domain."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from contracts import voting as wire
from contracts.territory import Territory

from voting.domain import ballots, rules
from voting.domain.count import Judged, Opinions
from voting.domain.rules import judged_by

# -- requests into values ----------------------------------------------------------------------------------------------


def method_of(method: wire.Method, territory: Territory) -> rules.Method:
    """The way of voting that is asked for, with the territory's grades."""
    if isinstance(method, wire.ApprovalRule):
        return rules.Approval(method.max_choices, method.minimum_votes, method.minimum_percent)
    if isinstance(method, wire.PointsRule):
        return rules.Points(method.points, method.max_per_project, method.minimum_points)
    if isinstance(method, wire.RankingRule):
        return rules.Ranking(method.max_ranks, method.minimum_votes)
    if isinstance(method, wire.KnapsackRule):
        return rules.Knapsack(method.minimum_votes, method.minimum_percent)
    if isinstance(method, wire.ForAgainstRule):
        return rules.ForAgainst(method.majority_percent, method.minimum_votes)
    asked = method.good_opinions
    good = rules.GoodOpinions(asked.lowest_grade, asked.percent) if asked else None
    grades = tuple(rules.Grade(grade.code, dict(grade.name.root)) for grade in territory.grades)
    return rules.MajorityJudgment(grades, rules.Blanks(method.blanks), method.minimum_grade, good)


def ballot_of(ballot: wire.Ballot) -> ballots.Ballot:
    """A ballot as the domain sees it."""
    if isinstance(ballot, wire.ApprovalBallot):
        return ballots.ApprovalBallot(frozenset(ballot.choices))
    if isinstance(ballot, wire.PointsBallot):
        return ballots.PointsBallot(ballot.points)
    if isinstance(ballot, wire.RankingBallot):
        return ballots.RankingBallot(ballot.ranking)
    if isinstance(ballot, wire.KnapsackBallot):
        return ballots.KnapsackBallot(frozenset(ballot.choices))
    if isinstance(ballot, wire.OpinionBallot):
        return ballots.OpinionBallot({id_: rules.Opinion(opinion) for id_, opinion in ballot.opinions.items()})
    return ballots.JudgmentBallot(ballot.grades)


# -- values into replies -----------------------------------------------------------------------------------------------


def method_view(method: rules.Method) -> wire.Method:
    """A way of voting as it is shown."""
    view: Callable[[Any], wire.Method] = _VIEWS[type(method)]
    return view(method)


def _approval_view(method: rules.Approval) -> wire.ApprovalRule:
    return wire.ApprovalRule(
        max_choices=method.max_choices, minimum_votes=method.minimum_votes, minimum_percent=method.minimum_percent
    )


def _judgment_rule_view(method: rules.MajorityJudgment) -> wire.JudgmentRule:
    good = method.good_opinions
    return wire.JudgmentRule(
        blanks=wire.Blanks(method.blanks),
        minimum_grade=method.minimum_grade,
        good_opinions=wire.GoodOpinions(lowest_grade=good.lowest_grade, percent=good.percent) if good else None,
    )


def _points_view(method: rules.Points) -> wire.PointsRule:
    return wire.PointsRule(
        points=method.points, max_per_project=method.max_per_project, minimum_points=method.minimum_points
    )


def _for_against_view(method: rules.ForAgainst) -> wire.ForAgainstRule:
    return wire.ForAgainstRule(majority_percent=method.majority_percent, minimum_votes=method.minimum_votes)


def _knapsack_view(method: rules.Knapsack) -> wire.KnapsackRule:
    return wire.KnapsackRule(minimum_votes=method.minimum_votes, minimum_percent=method.minimum_percent)


def _ranking_view(method: rules.Ranking) -> wire.RankingRule:
    return wire.RankingRule(max_ranks=method.max_ranks, minimum_votes=method.minimum_votes)


_VIEWS: dict[type[rules.Method], Callable[[Any], wire.Method]] = {
    rules.Approval: _approval_view,
    rules.MajorityJudgment: _judgment_rule_view,
    rules.Points: _points_view,
    rules.ForAgainst: _for_against_view,
    rules.Knapsack: _knapsack_view,
    rules.Ranking: _ranking_view,
}


def grades_view(method: rules.Method) -> tuple[wire.Grade, ...]:
    """The scale, where grades are given."""
    if not isinstance(method, rules.MajorityJudgment):
        return ()
    return tuple(wire.Grade(code=grade.code, label=dict(grade.label)) for grade in method.grades)


def ballot_view(ballot: ballots.Ballot) -> wire.Ballot:
    """A ballot as it is shown."""
    if isinstance(ballot, ballots.ApprovalBallot):
        return wire.ApprovalBallot(choices=tuple(sorted(ballot.choices)))
    if isinstance(ballot, ballots.PointsBallot):
        return wire.PointsBallot(points=dict(ballot.points))
    if isinstance(ballot, ballots.RankingBallot):
        return wire.RankingBallot(ranking=ballot.ranking)
    if isinstance(ballot, ballots.KnapsackBallot):
        return wire.KnapsackBallot(choices=tuple(sorted(ballot.choices)))
    if isinstance(ballot, ballots.OpinionBallot):
        return wire.OpinionBallot(opinions={id_: wire.Opinion(one) for id_, one in ballot.opinions.items()})
    return wire.JudgmentBallot(grades=dict(ballot.grades))


def opinions_view(opinions: Opinions | None) -> wire.OpinionCounts | None:
    """What ballots say of a proposal."""
    return wire.OpinionCounts(**asdict(opinions)) if opinions else None


def judgment_view(method: rules.Method, judged: Judged | None) -> wire.Judgment | None:
    """What majority judgment says of a project."""
    if judged is None:
        return None
    codes, gauge = judged_by(method).codes, judged.gauge
    profile = tuple(wire.GradeCount(grade=code, count=count) for code, count in zip(codes, judged.profile, strict=True))
    grade = None if gauge.grade is None else codes[gauge.grade]
    return wire.Judgment(grade=grade, profile=profile, blanks=judged.blanks, above=gauge.above, below=gauge.below)
