"""Agents who read somebody's data say why, and the person can see it."""

from chassis.auth import Caller
from contracts.errors import Fault
from contracts.identity import AccessPage, AccountFile, FindAccount, ListAccesses, ReadAccount, Role

from identity import queries, translate
from identity.domain.accounts import Account
from identity.repository import Transaction
from identity.resources import Office

READERS = (Role.COUNTER_OFFICER, Role.ADMINISTRATOR)
WATCHERS = (Role.AUDITOR, Role.ADMINISTRATOR)


def find_account(office: Office, caller: Caller, request: FindAccount) -> AccountFile:
    """The account that a login leads to. The search is logged also when it finds nobody."""
    agent = caller.require(*READERS)
    with office.uow() as tx:
        account = tx.accounts.by_login(office.vault.login_index(request.login))
        tx.accesses.note(agent, account.id if account else None, "find_account", request.reason, tx.now)
        found = _file(tx, account) if account else None
    return _known(found)


def read_account(office: Office, caller: Caller, request: ReadAccount) -> AccountFile:
    """An account with its attributes."""
    agent = caller.require(*READERS)
    with office.uow() as tx:
        account = tx.accounts.get(request.account_id)
        tx.accesses.note(agent, request.account_id, "read_account", request.reason, tx.now)
        found = _file(tx, account) if account else None
    return _known(found)


def list_accesses(office: Office, caller: Caller, request: ListAccesses) -> AccessPage:
    """The log of accesses."""
    caller.require(*WATCHERS)
    with office.uow() as tx:
        return queries.accesses(
            tx, request.after, request.limit, account_id=request.account_id, agent_id=request.agent_id
        )


def _file(tx: Transaction, account: Account) -> AccountFile:
    return translate.account_file(account, tx.attributes.of(account.id), tx.grants.of(account.id))


def _known(found: AccountFile | None) -> AccountFile:
    if found is None:
        raise Fault.not_found("There is no such account.")
    return found
