"""Commitments: made with a favourable answer or later, followed until they are done or given up."""

from dataclasses import replace
from uuid import UUID

from chassis.auth import Caller
from contracts import ideas as c
from contracts.errors import Fault

from ideas.domain import commitments
from ideas.domain.commitments import Commitment, Followed
from ideas.domain.dossier import Change, Dossier
from ideas.repository import Transaction, UnitOfWork
from ideas.translate import facts
from ideas.use_cases import access
from ideas.use_cases.reading import view
from ideas.use_cases.writing import locked


def make_commitment(uow: UnitOfWork, caller: Caller, request: c.MakeCommitment) -> c.DossierView:
    """Promise something about an accepted dossier."""
    with uow() as tx:
        one = _in_charge(tx, caller, request.idea_id)
        promise(tx, one, request)
        return view(tx, caller, str(one.id))


def promise(tx: Transaction, one: Dossier, given: c.CommitmentInput) -> Dossier:
    """Keep a promise of the service that answered; one that is there already changes nothing."""
    before = tx.commitments.find(given.commitment_id)
    if before is not None and before.idea_id != one.id:
        raise Fault.conflict("This id is taken.", "id-taken")
    if before is not None:
        return one
    made = Commitment(given.commitment_id, one.id, one.service or "", given.text, tx.today, given.due_on)
    after = tx.save(commitments.make(one, made, tx.rules, tx.now))
    tx.commitments.save(made)
    _tell(tx, after, made, "made", None)
    return after


def follow_commitment(uow: UnitOfWork, caller: Caller, request: c.FollowCommitment) -> c.DossierView:
    """Say what became of a promise."""
    with uow() as tx:
        one = _in_charge(tx, caller, request.idea_id)
        found = tx.commitments.find(request.commitment_id)
        if found is None or found.idea_id != one.id:
            raise Fault.not_found("There is no such promise.", "no-such-commitment")
        _keep(tx, _followed(tx, one, found, request), request.outcome, request.reason)
        return view(tx, caller, str(one.id))


def _followed(tx: Transaction, one: Dossier, found: Commitment, request: c.FollowCommitment) -> Followed:
    if request.outcome == "done":
        return commitments.done(one, found, tx.rules, tx.now, on=request.on, text=request.text)
    if request.outcome == "postponed":
        why = {"reason": request.reason or "", "text": request.text}
        return commitments.postponed(one, found, tx.rules, tx.now, on=request.on, **why)
    return commitments.dropped(one, found, tx.rules, tx.now, reason=request.reason, text=request.text)


def drop_all(tx: Transaction, one: Dossier, *, reason: str | None, text: str) -> Dossier:
    """An abandoned dossier leaves no promise behind."""
    for open_one in tx.commitments.opened(one.id):
        followed = commitments.dropped(one, open_one, tx.rules, tx.now, reason=reason, text=text)
        one = _keep(tx, followed, "dropped", reason)
    return one


def _keep(tx: Transaction, followed: Followed, outcome: str, reason: str | None) -> Dossier:
    commitment, (dossier, steps) = followed
    tx.commitments.save(commitment)
    promised = (commitments.next_due(tx.commitments.of_dossier(dossier.id)), tx.works.due_on(dossier.id))
    nearest = min(filter(None, promised), default=None)
    after = tx.save(Change(replace(dossier, promised_on=nearest), steps))
    _tell(tx, after, commitment, outcome, reason)
    return after


def _tell(tx: Transaction, one: Dossier, commitment: Commitment, outcome: str, reason: str | None) -> None:
    more = {"commitment_id": commitment.id, "outcome": outcome, "due_on": commitment.due_on, "reason": reason}
    fact = c.CommitmentChanged.model_validate(facts.of_dossier(one) | more)
    tx.events.append(c.COMMITMENT_CHANGED, fact, subject=one.number)


def _in_charge(tx: Transaction, caller: Caller, idea_id: UUID) -> Dossier:
    """The dossier, locked, for an agent of the service in charge. Raises *wrong state* while there is none."""
    one = locked(tx, idea_id)
    if one.service is None:
        access.agent(caller, access.EXAMINERS, (None,))
        raise Fault.wrong_state("Assign the examination to a service first.", "not-assigned")
    access.examiner(caller, one.service, tx.rules)
    return one
