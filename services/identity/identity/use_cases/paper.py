"""Voting on paper: at a counter a person is struck off the same list that voting tokens are given from."""

from hashlib import sha256

from chassis.auth import Caller
from contracts.errors import Fault
from contracts.identity.tokens import StrikeOff, StruckOff

from identity.domain.sign_offs import SignOff, SignOffList
from identity.repository import Transaction
from identity.resources import Office
from identity.use_cases import rights
from identity.use_cases.counter import OFFICERS
from identity.use_cases.sign_offs import listed

ON_PAPER = sha256(b"on paper").digest()


def strike_off(office: Office, caller: Caller, request: StrikeOff) -> StruckOff:
    """Strike a person off for paper, unless they were given a token. Again: the same answer, nothing is done twice."""
    agent = caller.require(*OFFICERS)
    with office.uow() as tx:
        opened = listed(tx, request.election_id)
    _require_right(office, opened, request)
    with office.uow() as tx:
        if tx.accounts.lock(request.account_id) is None:
            raise Fault.not_found("There is no such person.")
        tx.accesses.note(agent, request.account_id, "strike_off", request.reason, tx.now)
        return _struck(tx, opened, SignOff(opened.election_id, request.account_id, tx.now, ON_PAPER, paper=True))


def _require_right(office: Office, opened: SignOffList, request: StrikeOff) -> None:
    decision = rights.decided(office, request.account_id, opened.action, opened.place)
    if not decision.allowed:
        raise Fault.forbidden("This person may not vote in this election.", decision.refusals[0].value)


def _struck(tx: Transaction, opened: SignOffList, entry: SignOff) -> StruckOff:
    if tx.sign_offs.add(entry, opened):
        if opened.is_closed(tx.now):
            raise Fault.wrong_state("Nobody is struck off this list any more.", "voting-closed")
        return StruckOff(election_id=entry.election_id, account_id=entry.account_id, at=entry.at)
    known = next((one for one in tx.sign_offs.of(entry.account_id) if one.election_id == entry.election_id), None)
    if known is None:
        raise Fault.conflict("This person votes in another district in this campaign.", "other-district")
    if not known.paper:
        raise Fault.conflict("This person was given a token: they vote on screen.", "token-given")
    return StruckOff(election_id=known.election_id, account_id=known.account_id, at=known.at)
