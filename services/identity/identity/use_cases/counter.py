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


def open_counter_account(office: Office, caller: Caller, request: OpenCounterAccount) -> CounterAccount:
    """Open an account for somebody at the counter, who gets a card number and a code. Repeating gives a new code."""
    agent = caller.require(*OFFICERS)
    first_code = code(secrets.token_bytes(16))
    with office.uow() as tx:
        checks.refuse_if(*_errors(office, tx, request))
        wanted = _wanted(office, tx, request, digest(code_as_typed(first_code)))
        account = _opened(office, tx, wanted, request, agent) if tx.accounts.add(wanted) else _waiting(tx, wanted)
        tx.accesses.note(agent, account.id, "open_counter_account", request.reason, tx.now)
        return _card(account, first_code)


def _card(account: Account, first_code: str) -> CounterAccount:
    return CounterAccount.model_validate(
        {
            "account_id": account.id,
            "login": account.card_number,
            "code": first_code,
            "code_expires_at": account.activation_until,
        }
    )


def _errors(office: Office, tx: Transaction, request: OpenCounterAccount) -> list[FieldError]:
    errors = [
        *checks.of_attributes(office, request.attributes, tx.today),
        *checks.of_language(office, request.language),
    ]
    if not request.attributes.model_dump(exclude_none=True):
        errors.append(FieldError("/attributes", "missing", "Say what the document shows."))
    return errors


def _wanted(office: Office, tx: Transaction, request: OpenCounterAccount, code_digest: bytes) -> Account:
    return Account(
        id=request.account_id,
        kind=Kind.PERSON,
        display_name=request.display_name,
        language=request.language,
        created_at=tx.now,
        card_number=_free_card(office, tx),
        activation_digest=code_digest,
        activation_until=tx.now + timedelta(days=office.territory.accounts.activation_days),
    )


def _free_card(office: Office, tx: Transaction) -> str:
    """A card number that nobody has."""
    while True:
        drawn = card_number(secrets.randbelow(10**CARD_DIGITS))
        if tx.accounts.by_login(office.vault.login_index(drawn)) is None:
            return drawn


def _opened(office: Office, tx: Transaction, account: Account, request: OpenCounterAccount, agent: UUID) -> Account:
    tx.accounts.add_login(account.id, "card", office.vault.login_index(account.card_number or ""))
    certify(office, tx, account, checks.attributes(request.attributes, request.level, tx.now), agent)
    if request.email is not None:
        _mail_link(office, tx, account, request.email)
    registered = CitizenRegistered(account_id=account.id, kind=AccountKind.PERSON, at_counter=True)
    tx.events.append(CITIZEN_REGISTERED, registered, subject=str(account.id))
    return account


def _waiting(tx: Transaction, wanted: Account) -> Account:
    """The account that the same request opened before, with a new code, as long as nobody has used it."""
    account = tx.accounts.lock(wanted.id)
    if account is None or not account.at_counter or account.password_hash is not None:
        raise Fault.conflict("This identifier belongs to another account.", "identifier-taken")
    renewed = replace(account, activation_digest=wanted.activation_digest, activation_until=wanted.activation_until)
    tx.accounts.save(renewed)
    return renewed


def _mail_link(office: Office, tx: Transaction, account: Account, address: str) -> None:
    free = tx.accounts.by_login(office.vault.login_index(address)) is None
    link = links.new_link(office, tx, Purpose.CONFIRM_EMAIL, links.Addressee(address, account.id, deliverable=free))
    tx.links.add(link)
    links.tell(tx, link)


def certify(office: Office, tx: Transaction, account: Account, offered: Iterable[Attribute], agent: UUID) -> None:
    """Save what an agent has certified, and tell it. Raises *conflict* if the same human has another account."""
    known = tx.attributes.of(account.id)
    new = accepted(known, offered)
    tx.attributes.put(account.id, new, agent)
    facts = [
        AttributeCertified(account_id=account.id, attribute=AttributeName(one.name), level=one.level) for one in new
    ]
    tx.events.append_all(ATTRIBUTE_CERTIFIED, [(str(account.id), fact) for fact in facts])
    human = civil_identity({**known, **{one.name: one for one in new}})
    if human is not None:
        _claim(tx, account, office.vault.person_key(human))


def _claim(tx: Transaction, account: Account, key: bytes) -> None:
    if tx.accounts.other_of_person(key, account.id) is not None:
        raise Fault.conflict("This person already has an account.", "person-known")
    tx.accounts.save(replace(account, person_key=key))


def certify_attributes(office: Office, caller: Caller, request: CertifyAttributes) -> Certified:
    """Certify what a document says of a person. A better proof that is already there stays."""
    agent = caller.require(*OFFICERS)
    with office.uow() as tx:
        checks.refuse_if(*checks.of_attributes(office, request.attributes, tx.today))
        account = tx.accounts.lock(request.account_id)
        if account is None or account.kind is not Kind.PERSON:
            raise Fault.not_found("There is no such person.")
        offered = checks.attributes(request.attributes, request.level, tx.now)
        certify(office, tx, account, offered, agent)
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
