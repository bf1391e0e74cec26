"""Checks of secrets that people type, with the lock-out that slows down guessing."""

from uuid import UUID

from contracts.errors import Fault, FieldError
from contracts.identity import SECURITY_NOTICE, SecurityMatter, SecurityNotice
from uuid_utils.compat import uuid7

from identity.domain import lockout
from identity.domain.accounts import Account
from identity.repository import Transaction
from identity.resources import Office


def wrong_credentials() -> Fault:
    """The one answer to a wrong password, a wrong code and an unknown login."""
    return Fault.unauthenticated("This login and this password do not belong together.", "wrong-credentials")


def begin(office: Office, login_index: bytes) -> Account | None:
    """Count an attempt as failed until it succeeds, and find the account. Raises *too-many* while locked out."""
    with office.uow() as tx:
        failures = tx.limits.lock_failures(login_index)
        wait = lockout.seconds_to_wait(failures, tx.now)
        if wait:
            raise Fault.too_many(wait, "Too many attempts: wait a while.", "locked-out")
        tx.limits.save_failures(login_index, lockout.attempt(failures, tx.now, office.lock_rules))
        return tx.accounts.by_login(login_index)


def failed(office: Office, login_index: bytes, account: Account | None) -> Fault:
    """The attempt has failed; if it locks the login, the owner hears of it. A login nobody has costs the same work."""
    with office.uow() as tx:
        if tx.limits.lock_failures(login_index).locked_until is not None:
            notify(tx, account.id if account else uuid7(), SecurityMatter.LOCKED_OUT)
    return wrong_credentials()


def notify(tx: Transaction, account_id: UUID, matter: SecurityMatter) -> None:
    """Tell the owner of an account what happened to it."""
    tx.events.append(SECURITY_NOTICE, SecurityNotice(account_id=account_id, matter=matter), subject=str(account_id))


def check_own_password(office: Office, account_id: UUID, password: str, pointer: str) -> None:
    """Somebody signed in shows again to know the password. Raises *invalid* at ``pointer``, *too-many* when locked."""
    index = b"account" + account_id.bytes
    begin(office, index)
    with office.uow() as tx:
        account = tx.accounts.get(account_id)
    if not office.passwords.matches(account.password_hash if account else None, password):
        raise wrong_password(pointer)
    with office.uow() as tx:
        tx.limits.forget_failures(index)


def wrong_password(pointer: str) -> Fault:
    """The password typed to confirm an act is not the account's."""
    return Fault.invalid(FieldError(pointer, "wrong-password", "This is not your current password."))
