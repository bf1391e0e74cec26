"""Between the wire and the domain: requests into values, values into replies, refusals into faults."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from chassis.database import Row
from contracts import voting as wire
from contracts.errors import Fault, FieldError
from contracts.territory import Territory

from voting import methods
from voting.domain import rules
from voting.domain.count import Result
from voting.domain.decision import Decision
from voting.domain.election import Election
from voting.domain.errors import DomainError, Invalid
from voting.domain.rules import Rules

P = ParamSpec("P")
T = TypeVar("T")


def fault_of(error: DomainError | Invalid) -> Fault:
    """A refusal of the domain as it crosses the wire."""
    if isinstance(error, DomainError):
        return Fault.wrong_state(str(error), error.code)
    return Fault.invalid(*(FieldError(one.pointer, one.code, one.detail) for one in error.problems))


def speaks_faults(function: Callable[P, T]) -> Callable[P, T]:
    """A use case whose refusals leave as faults."""

    @wraps(function)
    def speak(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return function(*args, **kwargs)
        except (DomainError, Invalid) as error:
            raise fault_of(error) from None

    return speak


# -- requests into values ----------------------------------------------------------------------------------------------


def rules_of(request: wire.DraftElection | wire.ReviseElection, territory: Territory, lot_seed: str = "") -> Rules:
    """What a campaign manager asks for, with the territory's grades."""
    return Rules(
        election_id=request.id,
        slug=request.slug,
        title=request.title,
        description=request.description,
        campaign=request.campaign,
        method=methods.method_of(request.method, territory),
        candidates=tuple(rules.Candidate(**dict(candidate)) for candidate in request.candidates),
        perimeter=request.perimeter,
        eligibility_action=request.eligibility_action,
        opens_at=_whole_seconds(request.opens_at),
        closes_at=_whole_seconds(request.closes_at),
        tie_break=rules.TieBreak(request.tie_break),
        lot_seed=lot_seed,
        envelope=request.envelope,
        fill=rules.Fill(request.fill),
        exclusions=request.exclusions,
        equal_shares=_equal_shares_of(request.equal_shares),
        sealed=_sealed_of(request.sealed),
    )


def _equal_shares_of(asked: wire.EqualShares | None) -> rules.EqualShares | None:
    if asked is None:
        return None
    return rules.EqualShares(rules.SharesUse(asked.use), rules.Completion(asked.completion))


def _sealed_of(asked: wire.SealedSetup | None) -> rules.Sealed | None:
    return None if asked is None else rules.Sealed(asked.trustees, asked.threshold, asked.group)


def _whole_seconds(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


# -- values into replies -----------------------------------------------------------------------------------------------


def election_view(
    election: Election, versions: Sequence[Row], turnout: tuple[int, datetime | None]
) -> wire.ElectionView:
    """An election, with its published versions and the last count of its box."""
    of_it = election.rules
    return wire.ElectionView(
        id=of_it.election_id,
        slug=of_it.slug,
        title=dict(of_it.title),
        description=dict(of_it.description),
        campaign=of_it.campaign,
        secrecy=wire.Secrecy.SEALED if of_it.sealed else wire.Secrecy.OPEN,
        sealed=wire.SealedSetup.model_validate(asdict(of_it.sealed)) if of_it.sealed else None,
        state=wire.State(election.state),
        method=methods.method_view(of_it.method),
        grades=methods.grades_view(of_it.method),
        candidates=tuple(_candidate_view(candidate) for candidate in of_it.candidates),
        perimeter=of_it.perimeter,
        eligibility_action=of_it.eligibility_action,
        opens_at=of_it.opens_at,
        closes_at=of_it.closes_at,
        tie_break=wire.TieBreak(of_it.tie_break),
        envelope=of_it.envelope,
        fill=wire.Fill(of_it.fill),
        exclusions=of_it.exclusions,
        equal_shares=_equal_shares_view(of_it.equal_shares),
        rules=tuple(_version_view(row) for row in versions),
        ballots=turnout[0],
        ballots_counted_at=turnout[1],
        ended_because=election.ended_because,
    )


def _version_view(row: Row) -> wire.RulesVersion:
    return wire.RulesVersion(version=row.version, sha256=row.sha256, published_at=row.published_at, notice=row.notice)


def _candidate_view(candidate: rules.Candidate) -> wire.Candidate:
    return wire.Candidate(
        id=candidate.id,
        title=dict(candidate.title),
        summary=dict(candidate.summary),
        cost=candidate.cost,
        category=candidate.category,
        district=candidate.district,
        dossier=candidate.dossier,
    )


def _equal_shares_view(shares: rules.EqualShares | None) -> wire.EqualShares | None:
    if shares is None:
        return None
    return wire.EqualShares(use=wire.SharesUse(shares.use), completion=wire.Completion(shares.completion))


def result_view(
    election: Election, result: Result, *, voters: int, digests: Mapping[str, str], at: datetime
) -> wire.ResultView:
    """The result as it is published; ``digests`` are those of the rules and of the ballots."""
    of_it = election.rules
    return wire.ResultView(
        election_id=of_it.election_id,
        slug=of_it.slug,
        title=dict(of_it.title),
        method=methods.method_view(of_it.method),
        grades=methods.grades_view(of_it.method),
        ranking=_ranking(of_it, result),
        ties=_ties(of_it, result),
        ballots=result.ballots,
        blank_ballots=result.blank_ballots,
        voters=voters,
        envelope=of_it.envelope,
        spent=result.award.spent,
        fill=wire.Fill(of_it.fill),
        exclusions=of_it.exclusions,
        equal_shares=_equal_shares_view(of_it.equal_shares),
        added_to_shares=(result.by_shares or result.award).added,
        tie_break=wire.TieBreak(of_it.tie_break),
        rules_sha256=digests["rules"],
        ballots_sha256=digests["ballots"],
        published_at=at,
    )


def _ranking(of_it: Rules, result: Result) -> tuple[wire.RankedProject, ...]:
    beside = (
        {one.candidate.id: wire.Verdict(one.verdict) for one in result.by_shares.placed} if result.by_shares else {}
    )
    return tuple(
        wire.RankedProject(
            rank=placed.rank,
            candidate_id=placed.candidate.id,
            title=dict(placed.candidate.title),
            cost=placed.candidate.cost,
            dossier=placed.candidate.dossier,
            votes=result.votes.get(placed.candidate.id),
            points=result.points.get(placed.candidate.id),
            opinions=methods.opinions_view(result.opinions.get(placed.candidate.id)),
            judgment=methods.judgment_view(of_it.method, result.judgments.get(placed.candidate.id)),
            verdict=wire.Verdict(placed.verdict),
            available=placed.available,
            excluded_by=placed.excluded_by,
            price=placed.price,
            together=placed.together,
            by_shares=beside.get(placed.candidate.id),
        )
        for placed in result.award.placed
    )


def _ties(of_it: Rules, result: Result) -> tuple[wire.Tie, ...]:
    decided_by = wire.TieBreak(of_it.tie_break)
    return tuple(
        wire.Tie(candidate_ids=tie.candidate_ids, decided_by=decided_by, decisive=tie.decisive)
        for tie in result.award.ties
    )


def decision_view(decision: Decision) -> wire.Decision:
    """A decision as it is published."""
    return wire.Decision(
        id=decision.id,
        candidate_id=decision.candidate_id,
        kind=wire.DecisionKind(decision.kind),
        reason=dict(decision.reason),
        role=decision.role,
        decided_at=decision.decided_at,
    )


def event_fields(election: Election) -> dict[str, Any]:
    """What every event about an election says."""
    of_it = election.rules
    return {
        "election_id": of_it.election_id,
        "slug": of_it.slug,
        "campaign": of_it.campaign,
        "perimeter": of_it.perimeter,
        "title": dict(of_it.title),
    }


def outcomes(result: Result) -> tuple[wire.ProjectOutcome, ...]:
    """What became of each project, for the other services."""
    return tuple(
        wire.ProjectOutcome(
            candidate_id=placed.candidate.id,
            dossier=placed.candidate.dossier,
            rank=placed.rank,
            verdict=wire.Verdict(placed.verdict),
            available=placed.available,
            excluded_by=placed.excluded_by,
        )
        for placed in result.award.placed
    )
