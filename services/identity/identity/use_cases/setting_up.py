"""Accounts made by an operator at the command line: the first administrator has nobody to be named by."""

from dataclasses import dataclass
from uuid import UUID

from contracts.identity import CITIZEN_REGISTERED, AccountKind, CitizenRegistered, Register
from uuid_utils.compat import uuid7

from identity.domain.accounts import EMAIL_LEVEL, Account, Grant, Kind
from identity.domain.attributes import Attribute
from identity.repository import Transaction
from identity.resources import Office
from identity.use_cases import checks
from identity.use_cases.roles import give

OPERATOR = UUID(int=0)
"""Stands in the log of accesses for whoever has the command line of the server."""
REASON = "Set up at the command line."


@dataclass(frozen=True, slots=True)
class Citizen:
    """An account to create, with its roles."""

    registration: Register
    roles: tuple[str, ...]
    places: tuple[str, ...]


def create_account(office: Office, citizen: Citizen) -> UUID:
    """A confirmed account with these roles; if the address has one, that one gets the roles it lacks."""
    wanted = citizen.registration
    checks.refuse_if(
        *checks.of_password(wanted.password, wanted.display_name), *checks.of_language(office, wanted.language)
    )
    hashed = office.passwords.hash(wanted.password)
    with office.uow() as tx:
        index = office.vault.login_index(wanted.email)
        account = tx.accounts.by_login(index) or _opened(tx, wanted, hashed, index)
        _entrust(tx, account, citizen)
        return account.id


def _opened(tx: Transaction, wanted: Register, hashed: str, index: bytes) -> Account:
    account = Account(
        id=uuid7(),
        kind=Kind.PERSON,
        display_name=wanted.display_name,
        language=wanted.language,
        created_at=tx.now,
        password_hash=hashed,
        terms_accepted_at=tx.now,
    )
    tx.accounts.add(account)
    tx.accounts.set_login(account.id, "email", index)
    tx.attributes.put(account.id, [Attribute("email", wanted.email, EMAIL_LEVEL, tx.now)])
    registered = CitizenRegistered(account_id=account.id, kind=AccountKind.PERSON, at_counter=False)
    tx.events.append(CITIZEN_REGISTERED, registered, subject=str(account.id))
    return account


def _entrust(tx: Transaction, account: Account, citizen: Citizen) -> None:
    held = {grant.role for grant in tx.grants.of(account.id) if grant.in_force(tx.today)}
    for role in citizen.roles:
        if role not in held:
            grant = Grant(uuid7(), account.id, role, citizen.places, None, tx.now, OPERATOR, REASON)
            give(tx, grant, OPERATOR)
