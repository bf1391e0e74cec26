"""Voting on paper: at a counter a person is struck off the same list that voting tokens are given from."""

from collections.abc import Iterator
from datetime import datetime, time
from hashlib import sha256
from uuid import UUID

from chassis.auth import Caller
from contracts.errors import Fault, FieldError
from contracts.identity.paper import (
    FindVoter,
    PaperDay,
    ReadPaperDay,
    RecentStrikeOff,
    StrikeOffUndone,
    UndoStrikeOff,
    Voter,
    VoterState,
)
from contracts.identity.rights import Decision
from contracts.identity.tokens import StrikeOff, StruckOff

from identity import queries
from identity.domain.accounts import Account
from identity.domain.attributes import CIVIL
from identity.domain.sign_offs import SignOff, SignOffList
from identity.repository import Transaction
from identity.resources import Office
from identity.use_cases import checks, rights
from identity.use_cases.counter import OFFICERS
from identity.use_cases.sign_offs import listed

ON_PAPER = sha256(b"on paper").digest()


def find_voter(office: Office, caller: Caller, request: FindVoter) -> Voter:
    """Who stands at the counter, and whether they can be struck off. The search is logged also if it finds nobody."""
    agent, opened = _at_counter(office, caller, request.election_id)
    with office.uow() as tx:
        checks.refuse_if(*_errors(request))
        account = _sought(office, tx, request)
        tx.accesses.note(agent, account.id if account else None, "find_voter", request.reason, tx.now)
    if account is None:
        raise Fault.not_found("There is no such person.", "unknown-voter")
    decision = rights.decided(office, account.id, opened.action, opened.place)
    with office.uow() as tx:
        entry, elsewhere = _entry_of(tx, opened, account.id), tx.sign_offs.votes_elsewhere(account.id, opened)
        return _voter(tx, account, _state(decision, entry, elsewhere=elsewhere), decision, entry)


def strike_off(office: Office, caller: Caller, request: StrikeOff) -> StruckOff:
    """Strike a person off for paper, unless they were given a token. Again: the same answer, nothing is done twice."""
    agent, opened = _at_counter(office, caller, request.election_id)
    _require_right(office, opened, request)
    with office.uow() as tx:
        if tx.accounts.lock(request.account_id) is None:
            raise Fault.not_found("There is no such person.")
        tx.accesses.note(agent, request.account_id, "strike_off", request.reason, tx.now)
        entry = SignOff(opened.election_id, request.account_id, tx.now, ON_PAPER, paper=True, struck_by=agent)
        return _struck(tx, opened, entry)


def undo_strike_off(office: Office, caller: Caller, request: UndoStrikeOff) -> StrikeOffUndone:
    """Undo a strike-off of one's own while it is fresh. The person sees that it was done, everybody how often."""
    agent, opened = _at_counter(office, caller, request.election_id)
    with office.uow() as tx:
        tx.accounts.lock(request.account_id)
        entry = _entry_of(tx, opened, request.account_id)
        if entry is not None:
            _require_fresh(entry, opened, agent, tx.now)
            tx.accesses.note(agent, request.account_id, "undo_strike_off", request.reason, tx.now)
            tx.sign_offs.undo(entry)
    return StrikeOffUndone(election_id=opened.election_id, account_id=request.account_id)


def read_paper_day(office: Office, caller: Caller, request: ReadPaperDay) -> PaperDay:
    """How many people were struck off, and whom the asking agent struck off a moment ago."""
    agent, opened = _at_counter(office, caller, request.election_id)
    with office.uow() as tx:
        midnight = datetime.combine(tx.today, time.min, office.territory.zone)
        today = tx.sign_offs.struck_since(opened.election_id, midnight)
        mine = [one for one in today if one.struck_by == agent]
        return PaperDay(
            election_id=opened.election_id,
            place=opened.place,
            closes_at=opened.closes_at,
            closed=opened.is_closed(tx.now),
            today=len(today),
            mine_today=len(mine),
            total=tx.sign_offs.count(opened.election_id, paper=True),
            undone=tx.sign_offs.undone(opened.election_id),
            recent=_recent(tx, opened, mine),
        )


def _at_counter(office: Office, caller: Caller, election_id: UUID) -> tuple[UUID, SignOffList]:
    """The agent, an officer of the election's place (for a vote of the whole city: of any), and its list."""
    agent = caller.require(*OFFICERS)
    with office.uow() as tx:
        opened = listed(tx, election_id)
    places = {opened.place, *(rights.districts_of(office, opened.place) or ())}
    if not any(caller.has(role, place) for role in OFFICERS for place in places):
        raise Fault.forbidden("Your counter is not of this place.", "other-counter")
    return agent, opened


def _errors(request: FindVoter) -> Iterator[FieldError]:
    given = [getattr(request, name) for name in CIVIL]
    if request.login is None and not any(given):
        yield FieldError("/login", "missing", "Give a login, or what the document says.")
    elif request.login is None:
        names = (name for name, value in zip(CIVIL, given, strict=True) if value is None)
        yield from (FieldError(f"/{name}", "missing", "Give all three.") for name in names)


def _sought(office: Office, tx: Transaction, request: FindVoter) -> Account | None:
    if request.login is not None:
        return tx.accounts.by_login(office.vault.login_index(request.login))
    said = (request.given_name or "", request.family_name or "", str(request.birth_date))
    return tx.accounts.by_person(office.vault.person_key(said))


def _entry_of(tx: Transaction, opened: SignOffList, account_id: UUID) -> SignOff | None:
    return next((one for one in tx.sign_offs.of(account_id) if one.election_id == opened.election_id), None)


def _voter(tx: Transaction, account: Account, state: VoterState, decision: Decision, entry: SignOff | None) -> Voter:
    known = tx.attributes.of_many([account.id], *CIVIL).get(account.id, {})
    return Voter.model_validate(
        {name: known[name].value if name in known else None for name in CIVIL}
        | {
            "account_id": account.id,
            "display_name": account.display_name,
            "state": state,
            "refusals": decision.refusals,
            "struck_off_at": entry.at if entry and entry.paper else None,
        }
    )


def _state(decision: Decision, entry: SignOff | None, *, elsewhere: bool) -> VoterState:
    if entry is not None:
        return VoterState.PAPER if entry.paper else VoterState.TOKEN
    if elsewhere:
        return VoterState.OTHER_DISTRICT
    return VoterState.FREE if decision.allowed else VoterState.NOT_ALLOWED


def _require_fresh(entry: SignOff, opened: SignOffList, agent: UUID, now: datetime) -> None:
    if not entry.paper:
        raise Fault.conflict("This person was given a token: they vote on screen.", "token-given")
    if entry.struck_by != agent:
        raise Fault.forbidden("Only the agent who struck the person off can undo it.", "another-agents-strike-off")
    if now >= entry.undo_until(opened):
        raise Fault.wrong_state("It is too late to undo this.", "too-late-to-undo")


def _recent(tx: Transaction, opened: SignOffList, mine: list[SignOff]) -> tuple[RecentStrikeOff, ...]:
    fresh = [one for one in mine if tx.now < one.undo_until(opened)]
    names = queries.public_names(tx, (one.account_id for one in fresh))
    return tuple(
        RecentStrikeOff(
            account_id=one.account_id,
            display_name=names[one.account_id][0] if one.account_id in names else None,
            at=one.at,
            undo_until=one.undo_until(opened),
        )
        for one in fresh
    )


def _require_right(office: Office, opened: SignOffList, request: StrikeOff) -> None:
    decision = rights.decided(office, request.account_id, opened.action, opened.place)
    if not decision.allowed:
        raise Fault.forbidden("This person may not vote in this election.", decision.refusals[0].value)


def _struck(tx: Transaction, opened: SignOffList, entry: SignOff) -> StruckOff:
    if tx.sign_offs.add(entry, opened):
        if opened.is_closed(tx.now):
            raise Fault.wrong_state("Nobody is struck off this list any more.", "voting-closed")
        return StruckOff(election_id=entry.election_id, account_id=entry.account_id, at=entry.at)
    known = _entry_of(tx, opened, entry.account_id)
    if known is None:
        raise Fault.conflict("This person votes in another district in this campaign.", "other-district")
    if not known.paper:
        raise Fault.conflict("This person was given a token: they vote on screen.", "token-given")
    return StruckOff(election_id=known.election_id, account_id=known.account_id, at=known.at)
