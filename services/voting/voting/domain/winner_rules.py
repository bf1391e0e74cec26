"""What the rules may not say about winners."""

from collections.abc import Iterable

from voting.domain.errors import Problem
from voting.domain.rules import Choosing, Knapsack, MajorityJudgment, Points, Rules


def winner_problems(rules: Rules) -> list[Problem]:
    """Everything that is wrong with thresholds, exclusions and the way of choosing, draft or not."""
    return [*_method_problems(rules), *_exclusion_problems(rules), *_shares_problems(rules)]


def _method_problems(rules: Rules) -> Iterable[Problem]:
    if isinstance(rules.method, MajorityJudgment):
        return _grade_problems(rules.method)
    if isinstance(rules.method, Knapsack):
        return _envelope_problems(rules)
    return _point_problems(rules.method) if isinstance(rules.method, Points) else ()


def _grade_problems(method: MajorityJudgment) -> Iterable[Problem]:
    if method.minimum_grade not in {None, *method.codes}:
        yield Problem("/method/minimum_grade", "unknown-grade", "There is no such grade.")
    if method.good_opinions and method.good_opinions.lowest_grade not in method.codes:
        yield Problem("/method/good_opinions/lowest_grade", "unknown-grade", "There is no such grade.")


def _envelope_problems(rules: Rules) -> Iterable[Problem]:
    if rules.envelope is None:
        yield Problem("/envelope", "missing", "A knapsack needs an envelope.")


def _point_problems(method: Points) -> Iterable[Problem]:
    if method.max_per_project is not None and method.max_per_project > method.points:
        detail = "One project cannot get more points than there are to give."
        yield Problem("/method/max_per_project", "more-than-points", detail)


def _exclusion_problems(rules: Rules) -> Iterable[Problem]:
    for place, group in enumerate(rules.exclusions):
        for id_ in sorted(set(group) - rules.candidate_ids):
            yield Problem(f"/exclusions/{place}", "unknown-project", f"There is no project “{id_}” on this ballot.")
        if len(set(group)) < 2 or len(set(group)) < len(group):
            detail = "Name at least two projects, each once, of which only one can win."
            yield Problem(f"/exclusions/{place}", "too-few-projects", detail)


def _shares_problems(rules: Rules) -> Iterable[Problem]:
    if rules.equal_shares is None:
        return
    if not isinstance(rules.method, Choosing):
        yield Problem("/equal_shares", "needs-approval", "Equal shares need ballots that choose projects.")
    if rules.envelope is None and not isinstance(rules.method, Knapsack):
        yield Problem("/envelope", "missing", "Equal shares need an envelope.")
