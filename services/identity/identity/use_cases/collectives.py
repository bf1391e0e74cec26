"""Associations and other collectives, and the persons who speak for them."""

from chassis.auth import Caller
from contracts.errors import Fault
from contracts.identity import (
    CITIZEN_REGISTERED,
    AccountKind,
    ActAs,
    CitizenRegistered,
    CollectiveReply,
    Collectives,
    Nothing,
    OpenCollective,
    Session,
)

from identity import translate
from identity.domain.accounts import Account, Kind
from identity.domain.attributes import DECLARED
from identity.repository import Transaction
from identity.resources import Office
from identity.use_cases import checks
from identity.use_cases.own_account import own
from identity.use_cases.sessions import open_session


def open_collective(office: Office, caller: Caller, request: OpenCollective) -> CollectiveReply:
    """Declare a collective and become its first representative. Repeating the request changes nothing."""
    checks.refuse_if(*checks.of_language(office, request.language))
    with office.uow() as tx:
        person = _person(tx, caller)
        collective = Account(
            id=request.account_id,
            kind=Kind.COLLECTIVE,
            display_name=request.display_name,
            language=request.language,
            created_at=tx.now,
            register_number=request.register_number,
            collective_level=DECLARED,
        )
        if tx.accounts.add(collective):
            _begin(tx, collective, person)
        elif not tx.collectives.represents(person.id, collective.id):
            raise Fault.conflict("This identifier belongs to another account.", "identifier-taken")
        known = tx.accounts.get(collective.id) or collective
    return CollectiveReply.model_validate(translate.collective_view(known).model_dump())


def _begin(tx: Transaction, collective: Account, person: Account) -> None:
    tx.collectives.add_representative(collective.id, person.id)
    registered = CitizenRegistered(account_id=collective.id, kind=AccountKind.COLLECTIVE, at_counter=False)
    tx.events.append(CITIZEN_REGISTERED, registered, subject=str(collective.id))


def _person(tx: Transaction, caller: Caller) -> Account:
    account = own(tx, caller)
    if account.kind is not Kind.PERSON:
        raise Fault.forbidden("Only a person can do this: leave the collective's session first.", "person-needed")
    return account


def my_collectives(office: Office, caller: Caller, _request: Nothing) -> Collectives:
    """The collectives that the caller may speak for."""
    with office.uow() as tx:
        mine = tx.collectives.of(caller.citizen())
    return Collectives(collectives=tuple(translate.collective_view(one) for one in mine))


def act_as(office: Office, caller: Caller, request: ActAs) -> Session:
    """Begin a session in which the caller speaks for a collective."""
    with office.uow() as tx:
        person = _person(tx, caller)
        if not tx.collectives.represents(person.id, request.account_id):
            raise Fault.forbidden("You do not speak for this collective.", "not-a-representative")
        return open_session(office, tx, request.account_id, request.device, actor=person.id)
