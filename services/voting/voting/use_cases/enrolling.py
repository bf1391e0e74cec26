"""Who may vote: identity is asked once a person and election; the yes is noted on the roll, a no never is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from chassis.auth import Caller
from contracts.errors import Fault
from contracts.voting import GetParticipation, Participation

from voting.domain.election import Election, State
from voting.domain.rules import Rules
from voting.domain.secrecy import pseudonym
from voting.repository import Transaction
from voting.resources import Resources
from voting.rolls import Entry

MOST_AT_ONCE = 1000


def refusals(resources: Resources, wishes: Iterable[tuple[Rules, UUID]]) -> dict[Entry, Fault]:
    """The fault for each who may not vote under these rules, or of whom nobody can tell now. Outside a transaction."""
    by_question: dict[tuple[UUID, str, str | None], set[UUID]] = defaultdict(set)
    for rules, account in wishes:
        by_question[rules.election_id, rules.eligibility_action, rules.perimeter].add(account)
    faults: dict[Entry, Fault] = {}
    for (election_id, action, place), accounts in by_question.items():
        for some in _groups(sorted(accounts, key=lambda account: account.int)):
            answers = _ask(resources, some, action, place)
            faults.update({(election_id, account): fault for account, fault in answers.items() if fault})
    return faults


def _groups(accounts: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(accounts), MOST_AT_ONCE):
        yield accounts[start : start + MOST_AT_ONCE]


def _ask(resources: Resources, accounts: Sequence[UUID], action: str, place: str | None) -> dict[UUID, Fault | None]:
    try:
        refusals = resources.eligibility.refusals(accounts, action, place)
    except Fault as fault:
        return dict.fromkeys(accounts, Fault.unavailable(f"Who may vote cannot be checked now ({fault.code})."))
    return {account: _refusal(refusals.get(account, ("unknown-account",))) for account in accounts}


def _refusal(reasons: Sequence[str]) -> Fault | None:
    if not reasons:
        return None
    return Fault.forbidden("This account may not vote here.", reasons[0])


def get_participation(resources: Resources, caller: Caller, request: GetParticipation) -> Participation:
    """May I vote here, and have I? Enrols whoever may and is not on the roll yet."""
    account = caller.citizen()
    with resources.uow() as tx:
        election = tx.elections.get(request.election_id)
        if election is None or election.state is State.DRAFT:
            raise Fault.not_found("There is no such election.")
        voted = _has_voted(resources, tx, election, account)
        enrolled = tx.rolls.enrolled([(request.election_id, account)])
    fault = None if enrolled else _enrolled(resources, election.rules, account)
    if fault is not None and not fault.reason:
        raise fault
    return Participation(voted=voted, allowed=fault is None, reason=fault.reason if fault else "")


def _enrolled(resources: Resources, rules: Rules, account: UUID) -> Fault | None:
    entry = rules.election_id, account
    fault = refusals(resources, [(rules, account)]).get(entry)
    if fault is None:
        with resources.uow() as tx:
            tx.rolls.enrol([entry])
    return fault


def _has_voted(resources: Resources, tx: Transaction, election: Election, account: UUID) -> bool:
    election_id = election.rules.election_id
    key = tx.boxes.keys(resources.box_secret, [election_id]).get(election_id)
    if key is None:
        return tx.rolls.has_voted((election_id, account))
    return tx.boxes.has(election_id, pseudonym(key, account))
