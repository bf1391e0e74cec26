"""The count: from ballots to a result, one ballot after the other, without ever holding them all."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from voting.domain import judgment
from voting.domain.award import Award, Barrier, Verdict, award
from voting.domain.ballots import Ballot, ChoiceBallot, JudgmentBallot, OpinionBallot, PointsBallot, RankingBallot
from voting.domain.judgment import Gauge, Profile
from voting.domain.rules import (
    Blanks,
    Choosing,
    EqualShares,
    ForAgainst,
    MajorityJudgment,
    Opinion,
    Points,
    Ranking,
    Rules,
    SharesUse,
    judged_by,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What majority judgment says of a project."""

    profile: Profile
    blanks: int
    gauge: Gauge


@dataclass(frozen=True, slots=True)
class Opinions:
    """How many ballots are for a proposal, against it, or abstain."""

    in_favour: int
    against: int
    abstained: int


@dataclass(frozen=True, slots=True)
class Result:
    """The count and the winners, by project: ``judgments`` for majority judgment, else ``votes``, the ballots that name
    it or are for it; ``points``, what they give it together, where they give points; ``opinions`` on proposals.

    ``by_shares``: what equal shares would choose, where the rules ask for it as information.
    """

    ballots: int
    blank_ballots: int
    award: Award
    votes: dict[str, int] = field(default_factory=dict)
    points: dict[str, int] = field(default_factory=dict)
    opinions: dict[str, Opinions] = field(default_factory=dict)
    judgments: dict[str, Judged] = field(default_factory=dict)
    by_shares: Award | None = None


def count(rules: Rules, ballots: Iterable[Ballot]) -> Result:
    """Count valid ballots by the published rules."""
    if isinstance(rules.method, Choosing):
        return _count_choices(rules, rules.method, ballots)
    if isinstance(rules.method, Points):
        return _count_points(rules, _points(ballots), points_needed=rules.method.minimum_points)
    if isinstance(rules.method, Ranking):
        return _count_points(rules, _borda(rules.method, ballots), votes_needed=rules.method.minimum_votes)
    if isinstance(rules.method, ForAgainst):
        return _count_opinions(rules, rules.method, ballots)
    return _count_judgment(rules, judged_by(rules.method), ballots)


def _count_choices(rules: Rules, method: Choosing, ballots: Iterable[Ballot]) -> Result:
    if rules.equal_shares is not None:
        return _count_shares(rules, method, rules.equal_shares, Counter(_choices(ballots)))
    votes: Counter[str] = Counter()
    total = blank = 0
    for choices in _choices(ballots):
        total += 1
        blank += not choices
        votes.update(choices)
    return approval_result(rules, method, votes, total, blank)


def _choices(ballots: Iterable[Ballot]) -> Iterator[frozenset[str]]:
    for ballot in ballots:
        if not isinstance(ballot, ChoiceBallot):
            raise TypeError("not a ballot that chooses projects")
        yield ballot.choices


def approval_result(rules: Rules, method: Choosing, votes: Counter[str], total: int, blank: int) -> Result:
    """The result of counted votes."""
    awarded = award(rules, _by_score(rules, votes), _vote_barrier(method, votes, total))
    return Result(total, blank, awarded, votes=_each(rules, votes))


def _each(rules: Rules, tally: Counter[str]) -> dict[str, int]:
    return {candidate.id: tally[candidate.id] for candidate in rules.candidates}


def _count_shares(rules: Rules, method: Choosing, shares: EqualShares, ballots: Counter[frozenset[str]]) -> Result:
    votes: Counter[str] = Counter()
    for choices, many in ballots.items():
        votes.update(dict.fromkeys(choices, many))
    total = sum(ballots.values())
    by_votes = approval_result(rules, method, votes, total, ballots[frozenset()])
    barrier = _vote_barrier(method, votes, total)
    from voting.domain.shares_award import award_by_shares  # noqa: PLC0415 -- loads numpy, for such a count only

    by_shares = award_by_shares(rules, shares, _by_score(rules, votes), barrier, ballots)
    if shares.use is SharesUse.RULE:
        return replace(by_votes, award=by_shares)
    return replace(by_votes, by_shares=by_shares)


def _by_score(rules: Rules, tally: Counter[str]) -> list[list[int]]:
    positions = range(len(rules.candidates))
    scores = [tally[candidate.id] for candidate in rules.candidates]
    return [[one for one in positions if scores[one] == score] for score in sorted(set(scores), reverse=True)]


def _vote_barrier(method: Choosing, votes: Counter[str], total: int) -> Barrier:
    def barrier(project: str) -> Verdict | None:
        if votes[project] < method.minimum_votes:
            return Verdict.BELOW_MINIMUM
        return Verdict.TOO_FEW_GOOD if 100 * votes[project] < method.minimum_percent * total else None

    return barrier


def _count_points(
    rules: Rules, ballots: Iterable[Mapping[str, int]], *, points_needed: int = 0, votes_needed: int = 0
) -> Result:
    points: Counter[str] = Counter()
    votes: Counter[str] = Counter()
    total = blank = 0
    for given in ballots:
        total += 1
        blank += not given
        points.update(given)
        votes.update(given.keys())

    def barrier(project: str) -> Verdict | None:
        enough = points[project] >= points_needed and votes[project] >= votes_needed
        return None if enough else Verdict.BELOW_MINIMUM

    awarded = award(rules, _by_score(rules, points), barrier)
    return Result(total, blank, awarded, votes=_each(rules, votes), points=_each(rules, points))


def _points(ballots: Iterable[Ballot]) -> Iterator[Mapping[str, int]]:
    for ballot in ballots:
        if not isinstance(ballot, PointsBallot):
            raise TypeError("not a ballot of points")
        yield ballot.points


def _borda(method: Ranking, ballots: Iterable[Ballot]) -> Iterator[Mapping[str, int]]:
    for ballot in ballots:
        if not isinstance(ballot, RankingBallot):
            raise TypeError("not a ballot that ranks projects")
        yield {project: method.max_ranks - place for place, project in enumerate(ballot.ranking)}


def _count_opinions(rules: Rules, method: ForAgainst, ballots: Iterable[Ballot]) -> Result:
    given: Counter[tuple[str, Opinion]] = Counter()
    total = blank = 0
    for ballot in ballots:
        if not isinstance(ballot, OpinionBallot):
            raise TypeError("not a ballot of opinions")
        total += 1
        blank += not ballot.opinions
        given.update(ballot.opinions.items())
    opinions = {
        candidate.id: Opinions(*(given[candidate.id, opinion] for opinion in Opinion)) for candidate in rules.candidates
    }
    lead = Counter({project: one.in_favour - one.against for project, one in opinions.items()})
    awarded = award(rules, _by_score(rules, lead), lambda project: _majority_barrier(method, opinions[project]))
    votes = {project: one.in_favour for project, one in opinions.items()}
    return Result(total, blank, awarded, votes=votes, opinions=opinions)


def _majority_barrier(method: ForAgainst, given: Opinions) -> Verdict | None:
    if given.in_favour < method.minimum_votes:
        return Verdict.BELOW_MINIMUM
    enough = 100 * given.in_favour > method.majority_percent * (given.in_favour + given.against)
    return None if enough else Verdict.REJECTED


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
    awarded = award(rules, groups, lambda project: _judgment_barrier(method, by_id[project]))
    return Result(total, blank, awarded, judgments=by_id)


def _judged(method: MajorityJudgment, counts: list[int], total: int) -> Judged:
    blanks = total - sum(counts)
    if method.blanks is Blanks.WORST:
        counts[-1] += blanks
    profile = tuple(counts)
    return Judged(profile, blanks, judgment.gauge(profile))


def _judgment_barrier(method: MajorityJudgment, judged: Judged) -> Verdict | None:
    grade, good = judged.gauge.grade, method.good_opinions
    if grade is None or (method.minimum_grade is not None and grade > method.codes.index(method.minimum_grade)):
        return Verdict.BELOW_MINIMUM
    if good is None:
        return None
    opinions = sum(judged.profile[: method.codes.index(good.lowest_grade) + 1])
    return Verdict.TOO_FEW_GOOD if 100 * opinions < good.percent * sum(judged.profile) else None
