"""One's own account: see it, change it, take it along, erase it."""

from dataclasses import replace

from chassis.auth import Caller
from contracts.base import Empty
from contracts.errors import Fault
from contracts.identity import (
    CITIZEN_ERASED,
    Accepted,
    AccessPage,
    AccountExport,
    AccountView,
    ChangeEmail,
    CitizenErased,
    DeclareAttributes,
    EraseAccount,
    Nothing,
    ReadAccesses,
    SecurityMatter,
    UpdateAccount,
)

from identity import queries, translate
from identity.domain.accounts import Account, Purpose
from identity.domain.attributes import DECLARED, accepted
from identity.repository import Transaction
from identity.resources import Office
from identity.use_cases import attempts, checks, links
from identity.use_cases.roles import refuse_without_administrator


def own(tx: Transaction, caller: Caller) -> Account:
    """The caller's account. Raises *unauthenticated* for a token that outlived it."""
    return _known(tx.accounts.get(caller.citizen()))


def own_locked(tx: Transaction, caller: Caller) -> Account:
    """The caller's account, which nobody else changes until the transaction ends."""
    return _known(tx.accounts.lock(caller.citizen()))


def _known(account: Account | None) -> Account:
    if account is None:
        raise Fault.unauthenticated("This account is no more.", "session-over")
    return account


def view(tx: Transaction, account: Account) -> AccountView:
    """An account as its owner sees it."""
    return translate.account_view(account, tx.attributes.of(account.id), tx.grants.of(account.id))


def my_account(office: Office, caller: Caller, _request: Nothing) -> AccountView:
    """The caller's account."""
    with office.uow() as tx:
        return view(tx, own(tx, caller))


def update_account(office: Office, caller: Caller, request: UpdateAccount) -> AccountView:
    """Change what is given."""
    checks.refuse_if(*checks.of_language(office, request.language))
    with office.uow() as tx:
        account = replace(own_locked(tx, caller), **request.model_dump(exclude_none=True))
        tx.accounts.save(account)
        return view(tx, account)


def declare_attributes(office: Office, caller: Caller, request: DeclareAttributes) -> AccountView:
    """Say something of oneself. What an agent has certified stays."""
    with office.uow() as tx:
        account = own_locked(tx, caller)
        checks.refuse_if(*checks.of_attributes(office, request.attributes, tx.today))
        offered = checks.attributes(request.attributes, DECLARED, tx.now)
        tx.attributes.put(account.id, accepted(tx.attributes.of(account.id), offered))
        return view(tx, account)


def change_email(office: Office, caller: Caller, request: ChangeEmail) -> Accepted:
    """Have a link mailed to another address: it counts once the link was used."""
    attempts.check_own_password(office, caller.citizen(), request.password, "/password")
    with office.uow() as tx:
        account = own(tx, caller)
        index = office.vault.login_index(request.email)
        links.count_mail(office, tx, index)
        free = tx.accounts.by_login(index) is None
        link = links.new_link(
            office, tx, Purpose.CONFIRM_EMAIL, links.Addressee(request.email, account.id, deliverable=free)
        )
        tx.links.add(link)
        links.tell(tx, link)
        attempts.notify(tx, account.id, SecurityMatter.EMAIL_CHANGE_ASKED)
    return Accepted()


def my_accesses(office: Office, caller: Caller, request: ReadAccesses) -> AccessPage:
    """Who of the administration has read or changed the caller's data, and why."""
    with office.uow() as tx:
        return queries.accesses(tx, request.after, request.limit, account_id=caller.citizen())


def export_my_data(office: Office, caller: Caller, _request: Nothing) -> AccountExport:
    """Everything identity holds of the caller."""
    with office.uow() as tx:
        account = own(tx, caller)
        sessions = tx.sessions.of(account.id)
        return AccountExport(
            account=view(tx, account),
            terms_accepted_at=account.terms_accepted_at,
            sessions=tuple(translate.session_view(session, caller.session) for session in sessions),
            accesses=queries.all_accesses(tx, account.id),
            collectives=tuple(collective.id for collective in tx.collectives.of(account.id)),
            sign_offs=queries.sign_offs(tx, account.id),
        )


def erase_account(office: Office, caller: Caller, request: EraseAccount) -> Empty:
    """Erase the caller's account for good; every service hears of it."""
    attempts.check_own_password(office, caller.citizen(), request.password, "/password")
    with office.uow() as tx:
        account = own_locked(tx, caller)
        refuse_without_administrator(tx, account.id)
        _erase(tx, account)
    return Empty()


def _erase(tx: Transaction, account: Account) -> None:
    tx.links.drop_all_of(account.id)
    tx.accounts.erase(account)
    tx.events.append(CITIZEN_ERASED, CitizenErased(account_id=account.id), subject=str(account.id))
