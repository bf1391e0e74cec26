"""What a vote decided comes back to the projects: each record says that it won, or why it did not."""

from collections.abc import Sequence

from chassis.auth import Caller
from contracts import ideas as c
from contracts.voting import CHOSEN, DecisionKind, ProjectDecided, ProjectOutcome, ResultPublished, Verdict

from ideas.domain import ballot
from ideas.domain.ballot import Outcome
from ideas.domain.dossier import State
from ideas.domain.project import Dossiers, Project, Standing
from ideas.repository import Transaction, UnitOfWork
from ideas.use_cases.grouping import view
from ideas.use_cases.settling import campaign_of, settled, tell

BEFORE_WORKS = frozenset({State.UNDER_EXAMINATION, State.ACCEPTED, State.DECLINED})
"""Once works are planned, a project is given up by those who build it, not by a late decision on the count."""


def result_published(tx: Transaction, payload: ResultPublished) -> None:
    """Each project of the vote learns what became of it. A vote without an envelope selects nothing by itself."""
    for one in payload.projects:
        project = tx.projects.numbered(one.dossier) if one.dossier else None
        if project is None or one.verdict is Verdict.RANKED:
            continue
        if project.standing is Standing.ON_BALLOT:
            outcome = Outcome(one.verdict in CHOSEN, "vote", _facts(payload.slug, one))
            _keep(tx, project, tx.dossiers.lock_all(project.ideas), outcome)


def _facts(vote: str, one: ProjectOutcome) -> dict[str, str | int]:
    facts: dict[str, str | int] = {"vote": vote, "rank": one.rank, "verdict": one.verdict.value}
    if one.available is not None:
        facts["available"] = one.available
    return facts | ({"excluded_by": one.excluded_by} if one.excluded_by else {})


def project_decided(tx: Transaction, payload: ProjectDecided, languages: Sequence[str]) -> None:
    """People awarded or withdrew a project after the count: the record says so, with their reason."""
    project = tx.projects.numbered(payload.dossier) if payload.dossier else None
    if project is None or project.voted is None:
        return
    words = next((payload.reason[one] for one in languages if one in payload.reason), "")
    facts: dict[str, str | int] = {"vote": payload.slug, "decided": payload.kind.value}
    dossiers = tx.dossiers.lock_all(project.ideas)
    if dossiers[project.id].state in BEFORE_WORKS:
        _keep(tx, project, dossiers, Outcome(payload.kind is DecisionKind.AWARDED, "service", facts, words))


def enter_result(uow: UnitOfWork, caller: Caller, request: c.EnterResult) -> c.ProjectView:
    """What a vote decided that was held elsewhere."""
    with uow() as tx:
        project, dossiers = settled(tx, caller, request.idea_id)
        ballot.results_begun(campaign_of(tx, project), tx.today)
        outcome = Outcome(request.outcome == "selected", "service", {"decided": "entered"}, request.text)
        _keep(tx, project, dossiers, outcome)
        return view(tx, str(project.id))


def _keep(tx: Transaction, project: Project, dossiers: Dossiers, outcome: Outcome) -> None:
    after, changes = ballot.decided(project, dossiers, tx.now, outcome)
    if changes:
        tx.projects.save(after)
        tell(tx, changes, dossiers)
