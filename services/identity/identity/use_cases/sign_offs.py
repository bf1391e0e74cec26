"""Voting tokens: one for each person and election, blind-signed once the right to vote was checked."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import partial
from hashlib import sha256
from uuid import UUID

from chassis.auth import Caller
from contracts.errors import Fault, FieldError
from contracts.identity import EVERYWHERE, May, Nothing, Role
from contracts.identity.tokens import BlindSignature, IssueToken, OpenSignOffList, ReadSignOffList, SignOffs
from contracts.identity.tokens import SignOffList as ListView

from identity import queries
from identity.domain.sign_offs import SignOff, SignOffList
from identity.repository import Transaction
from identity.resources import Office
from identity.security.blind_signatures import BlindSigner, OutOfRange, from_text, new_key, public_half, signer, to_text
from identity.use_cases import checks, rights
from identity.use_cases.own_account import own_locked


def open_sign_off_list(office: Office, caller: Caller, request: OpenSignOffList) -> ListView:
    """Open a list with a key of its own. Repeating the request changes nothing, and makes no other key."""
    agent = caller.require(Role.CAMPAIGN_MANAGER, place=EVERYWHERE)
    private_key = new_key()
    with office.uow() as tx:
        checks.refuse_if(*_errors(office, request, tx.now))
        asked = SignOffList(
            **request.model_dump(),
            public_key=public_half(private_key),
            opened_at=tx.now,
            opened_by=agent,
        )
        tx.sign_offs.open(asked, private_key)
        opened = listed(tx, request.election_id)
        if not opened.is_for(asked):
            raise Fault.conflict("This election has another sign-off list.", "identifier-taken")
        return _view(tx, opened)


def sign_off_list(office: Office, _caller: Caller, request: ReadSignOffList) -> ListView:
    """What everybody may know of the list: its key, and how many tokens were given."""
    with office.uow() as tx:
        return _view(tx, listed(tx, request.election_id))


def issue_token(office: Office, caller: Caller, request: IssueToken) -> BlindSignature:
    """Sign the caller off and sign what was sent, both or neither. The same again gets the same answer."""
    account_id = caller.citizen()
    with office.uow() as tx:
        opened = listed(tx, request.election_id)
        signs = signer(tx.sign_offs.private_key(opened.election_id))
    _require_right(office, caller, opened)
    blinded = from_text(request.blinded)
    with office.uow() as tx:
        own_locked(tx, caller)
        entry = SignOff(opened.election_id, account_id, _some_time_of(tx.today), sha256(blinded).digest())
        if not tx.sign_offs.add(entry, opened):
            _require_same(tx, entry)
        elif opened.is_closed(tx.now):
            raise Fault.wrong_state("Tokens are no longer given for this election.", "voting-closed")
        return BlindSignature(blind_signature=_signed(signs, blinded))


def my_sign_offs(office: Office, caller: Caller, _request: Nothing) -> SignOffs:
    """For which elections the caller was given a token."""
    account_id = caller.citizen()
    with office.uow() as tx:
        return SignOffs(items=queries.sign_offs(tx, account_id))


def _some_time_of(day: date) -> datetime:
    """Noon stands for the whole day: the hour, beside the box's, could tell whose ballot came then."""
    return datetime.combine(day, time(12), UTC)


def _errors(office: Office, request: OpenSignOffList, now: datetime) -> Iterator[FieldError]:
    for known in (partial(rights.rule_of, office, request.action), partial(rights.districts_of, office, request.place)):
        try:
            known()
        except Fault as fault:
            yield from fault.errors
    if request.closes_at <= now:
        yield FieldError("/closes_at", "in-the-past", "This moment is in the past.")


def _signed(signs: BlindSigner, blinded: bytes) -> str:
    try:
        return to_text(signs.sign(blinded))
    except OutOfRange:
        error = FieldError("/blinded", "out-of-range", "This is not a number below the key's modulus.")
        raise Fault.invalid(error) from None


def _require_right(office: Office, caller: Caller, listed: SignOffList) -> None:
    asked = May(account_id=caller.citizen(), action=listed.action, place=listed.place)
    decision = rights.may(office, caller, asked)
    if not decision.allowed:
        raise Fault.forbidden("You may not vote in this election.", decision.refusals[0].value)


def _require_same(tx: Transaction, entry: SignOff) -> None:
    """Let a repeated request through; refuse a second token for the election, or for another district."""
    known = next((one for one in tx.sign_offs.of(entry.account_id) if one.election_id == entry.election_id), None)
    if known is None:
        raise Fault.conflict("You vote in another district in this campaign.", "other-district")
    if known.paper:
        raise Fault.conflict("You were struck off the list to vote on paper.", "votes-on-paper")
    if known.blinded_digest != entry.blinded_digest:
        raise Fault.conflict("You were given a token for this election.", "token-given")


def listed(tx: Transaction, election_id: UUID) -> SignOffList:
    """The list of an election. Raises *not-found*."""
    found = tx.sign_offs.list_of(election_id)
    if found is None:
        raise Fault.not_found("This election has no sign-off list.")
    return found


def _view(tx: Transaction, listed: SignOffList) -> ListView:
    return ListView(
        election_id=listed.election_id,
        campaign_id=listed.campaign_id,
        action=listed.action,
        place=listed.place,
        closes_at=listed.closes_at,
        public_key=to_text(listed.public_key),
        tokens=tx.sign_offs.count(listed.election_id, paper=False),
        paper=tx.sign_offs.count(listed.election_id, paper=True),
        undone=tx.sign_offs.undone(listed.election_id),
    )
