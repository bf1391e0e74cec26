"""The count: from ballots to a result, one ballot after the other, without ever holding them all."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from voting.domain import judgment
from voting.domain.award import Award, award
from voting.domain.ballots import ApprovalBallot, Ballot, JudgmentBallot
from voting.domain.judgment import Gauge, Profile
from voting.domain.rules import Approval, Blanks, MajorityJudgment, Rules


@dataclass(frozen=True, slots=True)
class Judged:
    """What majority judgment says of a project."""

    profile: Profile
    blanks: int
    gauge: Gauge


@dataclass(frozen=True, slots=True)
class Result:
    """The count and the winners. ``votes`` for approval, ``judgments`` for majority judgment, by project."""

    ballots: int
    blank_ballots: int
    award: Award
    votes: dict[str, int] = field(default_factory=dict)
    judgments: dict[str, Judged] = field(default_factory=dict)


def count(rules: Rules, ballots: Iterable[Ballot]) -> Result:
    """Count valid ballots by the published rules."""
    if isinstance(rules.method, Approval):
        return _count_approval(rules, rules.method, ballots)
    return _count_judgment(rules, rules.method, ballots)


def _count_approval(rules: Rules, method: Approval, ballots: Iterable[Ballot]) -> Result:
    votes: Counter[str] = Counter()
    total = blank = 0
    for ballot in ballots:
        if not isinstance(ballot, ApprovalBallot):
            raise TypeError("not an approval ballot")
        total += 1
        blank += not ballot.choices
        votes.update(ballot.choices)
    return approval_result(rules, method, votes, total, blank)


def approval_result(rules: Rules, method: Approval, votes: Counter[str], total: int, blank: int) -> Result:
    """The result of counted votes."""
    positions = range(len(rules.candidates))
    scores = [votes[candidate.id] for candidate in rules.candidates]
    groups = [[one for one in positions if scores[one] == score] for score in sorted(set(scores), reverse=True)]
    awarded = award(rules, groups, lambda project: votes[project] >= method.minimum_votes)
    return Result(total, blank, awarded, votes={candidate.id: votes[candidate.id] for candidate in rules.candidates})


def _count_judgment(rules: Rules, method: MajorityJudgment, ballots: Iterable[Ballot]) -> Result:
    given: Counter[tuple[str, str]] = Counter()
    total = blank = 0
    for ballot in ballots:
        if not isinstance(ballot, JudgmentBallot):
            raise TypeError("not a ballot of majority judgment")
        total += 1
        blank += not ballot.grades
        given.update(ballot.grades.items())
    return judgment_result(rules, method, given, total, blank)


def judgment_result(
    rules: Rules, method: MajorityJudgment, given: Counter[tuple[str, str]], total: int, blank: int
) -> Result:
    """The result of counted grades: ``given`` says how many ballots give each project each grade."""
    judged = [
        _judged(method, [given[candidate.id, code] for code in method.codes], total) for candidate in rules.candidates
    ]
    by_id = {candidate.id: one for candidate, one in zip(rules.candidates, judged, strict=True)}
    groups = judgment.ranking([one.profile for one in judged])
    awarded = award(rules, groups, lambda project: _good_enough(method, by_id[project].gauge))
    return Result(total, blank, awarded, judgments=by_id)


def _judged(method: MajorityJudgment, counts: list[int], total: int) -> Judged:
    blanks = total - sum(counts)
    if method.blanks is Blanks.WORST:
        counts[-1] += blanks
    profile = tuple(counts)
    return Judged(profile, blanks, judgment.gauge(profile))


def _good_enough(method: MajorityJudgment, gauge: Gauge) -> bool:
    if gauge.grade is None:
        return False
    return method.minimum_grade is None or gauge.grade <= method.codes.index(method.minimum_grade)
