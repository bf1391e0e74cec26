"""What campaign managers decide on top of a published result."""

from chassis.auth import Caller
from contracts.errors import Fault
from contracts.voting import CHOSEN, MANAGER_ROLE, PROJECT_DECIDED, DecideProject, ProjectDecided, ResultView
from contracts.voting import DecisionKind as Kind

from voting import queries, translate
from voting.domain.decision import Decision, DecisionKind, check_decision, standing
from voting.domain.election import Election
from voting.repository import Transaction
from voting.resources import Resources
from voting.use_cases.managing import manager_of


@translate.speaks_faults
def decide_project(resources: Resources, caller: Caller, request: DecideProject) -> ResultView:
    """Award or withdraw a project, for a reason that everybody reads; the count stays what it is."""
    caller.require(MANAGER_ROLE)
    with resources.uow() as tx:
        election = tx.elections.lock(request.election_id)
        if election is None:
            raise Fault.not_found("There is no such election.")
        by = manager_of(caller, election.rules.perimeter)
        if not _known(tx, request):
            decision = _checked(resources, tx, election, request)
            tx.decisions.add(request.election_id, decision, by=by)
            _tell(tx, election, decision)
        return queries.result_of(tx, election)


def _known(tx: Transaction, request: DecideProject) -> bool:
    """Whether this decision was taken before. Raises *conflict* if another one bears its identifier."""
    election_id = tx.decisions.election_of(request.id)
    if election_id is None:
        return False
    known = next(one for one in tx.decisions.of(election_id) if one.id == request.id)
    asked = (request.election_id, request.candidate_id, DecisionKind(request.kind), request.reason)
    if (election_id, known.candidate_id, known.kind, dict(known.reason)) != asked:
        raise Fault.conflict("Another decision has this identifier.", "identifier-taken")
    return True


def _checked(resources: Resources, tx: Transaction, election: Election, request: DecideProject) -> Decision:
    decision = Decision(
        request.id, request.candidate_id, DecisionKind(request.kind), request.reason, MANAGER_ROLE, tx.now
    )
    won = {one.candidate_id for one in queries.result_of(tx, election).ranking if one.verdict in CHOSEN}
    carried_out = standing(won, tx.decisions.of(request.election_id))
    check_decision(election.rules, carried_out, decision, languages=resources.territory.languages)
    return decision


def _tell(tx: Transaction, election: Election, decision: Decision) -> None:
    dossier = next(one.dossier for one in election.rules.candidates if one.id == decision.candidate_id)
    payload = ProjectDecided(
        **translate.event_fields(election),
        candidate_id=decision.candidate_id,
        dossier=dossier,
        kind=Kind(decision.kind),
        reason=dict(decision.reason),
    )
    tx.events.append(PROJECT_DECIDED, payload, subject=election.rules.slug)
