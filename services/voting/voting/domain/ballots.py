"""Open ballots: what a valid one is, and the one line of text in which each is kept and published.

Approval: ``333,12`` in the order of the identifiers. Majority judgment: ``333=jaime-bien,12=pas-convaincu``. A blank
ballot is an empty line of text. The order of choosing is not kept: it could tell who voted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from voting.domain.errors import Invalid, Problem
from voting.domain.rules import Approval, MajorityJudgment, Rules


@dataclass(frozen=True, slots=True)
class ApprovalBallot:
    """The chosen projects."""

    choices: frozenset[str]


@dataclass(frozen=True, slots=True)
class JudgmentBallot:
    """A grade for each judged project."""

    grades: Mapping[str, str]


Ballot = ApprovalBallot | JudgmentBallot


def check(rules: Rules, ballot: Ballot) -> None:
    """Raises :class:`Invalid` with everything that is wrong with the ballot under these rules."""
    problems = _problems(rules, ballot)
    if problems:
        raise Invalid(problems)


def _problems(rules: Rules, ballot: Ballot) -> list[Problem]:
    method = rules.method
    if isinstance(method, Approval) and isinstance(ballot, ApprovalBallot):
        return _choice_problems(rules, method, ballot)
    if isinstance(method, MajorityJudgment) and isinstance(ballot, JudgmentBallot):
        return _grade_problems(rules, method, ballot)
    return [Problem("/ballot/kind", "wrong-method", "This election counts another kind of ballot.")]


def _choice_problems(rules: Rules, method: Approval, ballot: ApprovalBallot) -> list[Problem]:
    problems = [_unknown("/ballot/choices", one) for one in sorted(ballot.choices - rules.candidate_ids)]
    if len(ballot.choices) > method.max_choices:
        detail = f"Choose {method.max_choices} projects at most; {len(ballot.choices)} are chosen."
        problems.append(Problem("/ballot/choices", "too-many-choices", detail))
    return problems


def _grade_problems(rules: Rules, method: MajorityJudgment, ballot: JudgmentBallot) -> list[Problem]:
    problems = [_unknown(f"/ballot/grades/{one}", one) for one in sorted(ballot.grades.keys() - rules.candidate_ids)]
    known = set(method.codes)
    for project, grade in sorted(ballot.grades.items()):
        if grade not in known:
            problems.append(Problem(f"/ballot/grades/{project}", "unknown-grade", f"There is no grade “{grade}”."))
    return problems


def _unknown(pointer: str, project: str) -> Problem:
    return Problem(pointer, "unknown-project", f"There is no project “{project}” on this ballot.")


def encode(ballot: Ballot) -> str:
    """The one line of text of a valid ballot: equal ballots give equal text."""
    if isinstance(ballot, ApprovalBallot):
        return ",".join(sorted(ballot.choices))
    return ",".join(f"{project}={grade}" for project, grade in sorted(ballot.grades.items()))


def decode(rules: Rules, text: str) -> Ballot:
    """The inverse of :func:`encode`. Raises ``ValueError`` for text that no valid ballot has."""
    parts = text.split(",") if text else []
    ballot: Ballot
    if isinstance(rules.method, Approval):
        ballot = ApprovalBallot(frozenset(parts))
    else:
        ballot = JudgmentBallot(dict(_pair(part) for part in parts))
    try:
        check(rules, ballot)
    except Invalid as error:
        raise ValueError(str(error)) from None
    if encode(ballot) != text:
        raise ValueError("the ballot is not written in the one way it can be")
    return ballot


def _pair(part: str) -> tuple[str, str]:
    project, separator, grade = part.partition("=")
    if not separator:
        raise ValueError(f"“{part}” is not a project and a grade")
    return project, grade
