"""At the counter: open an account for a person, certify what a document says. What the agent did is on the record."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from chassis.auth import Caller
from contracts.base import Empty
from contracts.errors import Fault, FieldError
from contracts.identity import (
    ATTRIBUTE_CERTIFIED,
    CITIZEN_REGISTERED,
    AccountKind,
    AttributeCertified,
    AttributeName,
    Certified,
    CertifyAttributes,
    CitizenRegistered,
    CounterAccount,
    OpenCounterAccount,
    Role,
    ValidateCollective,
)

from identity.domain.accounts import Account, Kind, Purpose
from identity.domain.attributes import Attribute, accepted, civil_identity
from identity.domain.logins import CARD_DIGITS, card_number, code, code_as_typed
from identity.repository import Transaction
from identity.resources import Office
from identity.security.vault import digest
from identity.use_cases import checks, links

OFFICERS = (Role.COUNTER_OFFICER, Role.ADMINISTRATOR)
CARD_TRIES = 20


def open_counter_account(office: Office, caller: Caller, request: OpenCounterAccount) -> CounterAccount:
    """Open an account for somebody at the counter, who gets a card number and a code. Repeating gives a new code."""
    agent = caller.require(*OFFICERS)
    first_code = code(secrets.token_bytes(16))
    with office.uow() as tx:
        checks.refuse_if(*_errors(office, tx, request))
        until = tx.now + timedelta(days=office.territory.accounts.activation_days)
        account = replace(
            _opened(office, tx, request, agent),
            activation_digest=digest(code_as_typed(first_code)),
            activation_until=until,
        )
        tx.accounts.save(account)
        tx.accesses.note(agent, account.id, "open_counter_account", request.reason, tx.now)
        return CounterAccount(
            account_id=account.id, login=account.card_number or "", code=first_code, code_expires_at=until
        )


def _errors(office: Office, tx: Transaction, request: OpenCounterAccount) -> list[FieldError]:
    errors = [
        *checks.of_attributes(office, request.attributes, tx.today),
        *checks.of_language(office, request.language),
    ]
    if not request.attributes.model_dump(exclude_none=True):
        errors.append(FieldError("/attributes", "missing", "Say what the document shows."))
    return errors


def _opened(office: Office, tx: Transaction, request: OpenCounterAccount, agent: UUID) -> Account:
    account = Account(
        id=request.account_id,
        kind=Kind.PERSON,
        display_name=request.display_name,
        language=request.language,
        created_at=tx.now,
        card_number=_free_card(),
    )
    if not tx.accounts.add(account):
        return _waiting(tx, request.account_id)
    tx.accounts.set_login(account.id, "card", office.vault.login_index(account.card_number or ""))
    known = checks.attributes(request.attributes, request.level, tx.now)
    account = certify(office, tx, account, known, agent)
    if request.email is not None:
        _mail_link(office, tx, account, request.email)
    registered = CitizenRegistered(account_id=account.id, kind=AccountKind.PERSON, at_counter=True)
    tx.events.append(CITIZEN_REGISTERED, registered, subject=str(account.id))
    return account


def _waiting(tx: Transaction, account_id: UUID) -> Account:
    """The account that was opened by the same request before, as long as nobody has used it."""
    account = tx.accounts.lock(account_id)
    if account is None or not account.at_counter or account.password_hash is not None:
        raise Fault.conflict("This identifier belongs to another account.", "identifier-taken")
    return account


def _free_card() -> str:
    return card_number(secrets.randbelow(10**CARD_DIGITS))


def _mail_link(office: Office, tx: Transaction, account: Account, address: str) -> None:
    free = tx.accounts.by_login(office.vault.login_index(address)) is None
    link = links.new_link(office, tx, Purpose.CONFIRM_EMAIL, links.Addressee(address, account.id, deliverable=free))
    tx.links.add(link)
    links.tell(tx, link)


def certify(office: Office, tx: Transaction, account: Account, offered: Iterable[Attribute], agent: UUID) -> Account:
    """Save what an agent has certified, and tell it. Raises *conflict* if the same human has another account."""
    known = dict(tx.attributes.of(account.id))
    new = accepted(known, offered)
    tx.attributes.put(account.id, new, agent)
    for one in new:
        fact = AttributeCertified(account_id=account.id, attribute=AttributeName(one.name), level=one.level)
        tx.events.append(ATTRIBUTE_CERTIFIED, fact, subject=str(account.id))
    human = civil_identity(known | {one.name: one for one in new})
    if human is None:
        return account
    key = office.vault.person_key(human)
    if tx.accounts.other_of_person(key, account.id) is not None:
        raise Fault.conflict("This person already has an account.", "person-known")
    return replace(account, person_key=key)


def certify_attributes(office: Office, caller: Caller, request: CertifyAttributes) -> Certified:
    """Certify what a document says of a person. A better proof that is already there stays."""
    agent = caller.require(*OFFICERS)
    with office.uow() as tx:
        checks.refuse_if(*checks.of_attributes(office, request.attributes, tx.today))
        account = tx.accounts.lock(request.account_id)
        if account is None or account.kind is not Kind.PERSON:
            raise Fault.not_found("There is no such person.")
        offered = checks.attributes(request.attributes, request.level, tx.now)
        tx.accounts.save(certify(office, tx, account, offered, agent))
        tx.accesses.note(agent, account.id, "certify_attributes", request.reason, tx.now)
        return Certified(
            account_id=account.id, attributes=tuple(AttributeName(one.name) for one in offered), level=request.level
        )


def validate_collective(office: Office, caller: Caller, request: ValidateCollective) -> Empty:
    """The collective is what it says it is."""
    agent = caller.require(*OFFICERS)
    with office.uow() as tx:
        account = tx.accounts.lock(request.account_id)
        if account is None or account.collective_level is None:
            raise Fault.not_found("There is no such collective.")
        tx.accounts.save(replace(account, collective_level=max(account.collective_level, request.level)))
        tx.accesses.note(agent, account.id, "validate_collective", request.reason, tx.now)
    return Empty()
