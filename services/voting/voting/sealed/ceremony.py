"""The trustees' ceremony: invited by the campaign's managers, carried out by the trustees alone, followed by all."""

import hmac
import secrets
from hashlib import sha256
from uuid import UUID

from chassis.auth import Caller
from contracts.errors import Fault
from contracts.voting.sealed import (
    InviteTrustee,
    RestartCeremony,
    SealedElectionView,
    SendTrusteeMessage,
    TrusteeInvitation,
)

from voting import translate
from voting.domain.election import Election, State
from voting.domain.errors import DomainError
from voting.repository import Transaction
from voting.resources import Resources
from voting.sealed import opening, views
from voting.sealed.store import SealedElection
from voting.sealed.trustees import Step, Trustee, check_message
from voting.use_cases.managing import managed

CODE_BYTES = 18
_OVER = frozenset({State.PUBLISHED, State.CANCELLED})


@translate.speaks_faults
def invite_trustee(resources: Resources, caller: Caller, request: InviteTrustee) -> TrusteeInvitation:
    """Make a new code for a trustee; the one before no longer works."""
    code = secrets.token_urlsafe(CODE_BYTES)
    with resources.uow() as tx:
        election = managed(tx, caller, request.election_id)
        if election.state in _OVER:
            raise DomainError("vote-over", "The trustees of this vote have nothing left to do.")
        seat(tx, _sealed(tx, request.election_id), request.place)
        tx.sealed.give_code(request.election_id, request.place, _digest(code))
    return TrusteeInvitation(election_id=request.election_id, place=request.place, code=code)


@translate.speaks_faults
def send_trustee_message(resources: Resources, _caller: Caller, request: SendTrusteeMessage) -> SealedElectionView:
    """Check and keep a trustee's part of the ceremony."""
    with resources.uow() as tx:
        election, sealed = locked(tx, request.election_id)
        trustee = admitted(tx, sealed, request)
        step = Step(request.step)
        if trustee.sent(step) is None:
            _check(resources, tx, election, sealed, request)
            tx.sealed.receive(request.election_id, request.place, step, request.message)
        elif trustee.sent(step) != request.message:
            raise Fault.conflict("This trustee has sent another message for this step.", "already-sent")
        return views.view(resources, tx, election, sealed)


def _check(
    resources: Resources, tx: Transaction, election: Election, sealed: SealedElection, request: SendTrusteeMessage
) -> None:
    step = Step(request.step)
    if step is Step.DECRYPTION:
        _require_closed(election)
        opening.check_part(resources, tx, sealed, request.place, request.message)
        return
    _require_draft(election)
    trustees, setup = tx.sealed.trustees(request.election_id), views.setup_of(election)
    resources.apart(check_message, setup, trustees, request.place, step, request.message)


@translate.speaks_faults
def restart_ceremony(resources: Resources, caller: Caller, request: RestartCeremony) -> SealedElectionView:
    """Forget what was sent, for a reason that everybody reads."""
    with resources.uow() as tx:
        election = managed(tx, caller, request.election_id)
        _require_draft(election)
        tx.sealed.restart(request.election_id, request.reason)
        return views.view(resources, tx, election, _sealed(tx, request.election_id))


def locked(tx: Transaction, election_id: UUID) -> tuple[Election, SealedElection]:
    """A sealed election, changed by nobody else until the transaction ends. Raises *not-found*."""
    tx.elections.lock(election_id)
    return views.found(tx, str(election_id))


def admitted(tx: Transaction, sealed: SealedElection, request: SendTrusteeMessage) -> Trustee:
    """The trustee whose code this is. Raises *forbidden* for any other code."""
    trustee = seat(tx, sealed, request.place)
    known = trustee.code_sha256 or b""
    if not hmac.compare_digest(known, _digest(request.code)):
        raise Fault.forbidden("This is not the code of this trustee.", "wrong-code")
    return trustee


def seat(tx: Transaction, sealed: SealedElection, place: int) -> Trustee:
    """The trustee of a place. Raises *not-found*."""
    for trustee in tx.sealed.trustees(sealed.election_id):
        if trustee.place == place:
            return trustee
    raise Fault.not_found("This vote has no such trustee.")


def _require_draft(election: Election) -> None:
    if election.state is not State.DRAFT:
        raise DomainError("ceremony-over", "The rules are frozen: the ceremony is over.")


def _require_closed(election: Election) -> None:
    if election.state is not State.CLOSED:
        raise DomainError("step-not-now", "There is nothing to open before the vote is closed and tallied.")


def _sealed(tx: Transaction, election_id: UUID) -> SealedElection:
    return views.found(tx, str(election_id))[1]


def _digest(code: str) -> bytes:
    return sha256(code.encode()).digest()
