"""Signing in: with a password, and for the first time with the code given at a counter."""

from dataclasses import replace

from chassis.auth import Caller
from contracts.identity import Activate, Session, SignIn

from identity.domain.accounts import Account
from identity.domain.logins import code_as_typed
from identity.resources import Office
from identity.security.vault import digest
from identity.use_cases import attempts, checks
from identity.use_cases.sessions import open_session


def sign_in(office: Office, _caller: Caller, request: SignIn) -> Session:
    """Begin a session. Unknown login, wrong password: the same answer after the same work."""
    index = office.vault.login_index(request.login)
    account = attempts.begin(office, index)
    if not office.passwords.matches(account.password_hash if account else None, request.password):
        raise attempts.failed(office, index, account)
    session = _opened(office, index, account, request) if account else None
    if session is None:
        raise attempts.failed(office, index, account)
    return session


def _opened(office: Office, index: bytes, verified: Account, request: SignIn | Activate) -> Session | None:
    """The session, unless the password was changed while it was being checked."""
    today = _at_todays_cost(office, verified, request.password)
    with office.uow() as tx:
        account = tx.accounts.lock(verified.id)
        if account is None or account.password_hash != verified.password_hash:
            return None
        if today is not None:
            tx.accounts.save(replace(account, password_hash=today))
        tx.limits.forget_failures(index)
        return open_session(office, tx, account.id, request.device)


def _at_todays_cost(office: Office, account: Account, password: str) -> str | None:
    stored = account.password_hash
    return office.passwords.hash(password) if stored and office.passwords.outdated(stored) else None


def activate(office: Office, _caller: Caller, request: Activate) -> Session:
    """First sign-in with card number and code; the person chooses a password, the code is spent.

    Repeating it signs in again, with the password that it set: the answer to the first time may have been lost.
    """
    checks.refuse_if(*checks.of_password(request.password))
    index = office.vault.login_index(request.login)
    found = attempts.begin(office, index)
    session = _activated(office, index, found, request) or _repeated(office, index, request)
    if session is None:
        raise attempts.failed(office, index, found)
    return session


def _activated(office: Office, index: bytes, found: Account | None, request: Activate) -> Session | None:
    """The first session, if the code is the account's; it costs the same if there is no account."""
    hashed = office.passwords.hash(request.password)
    with office.uow() as tx:
        account = tx.accounts.lock(found.id) if found else None
        if account is None or not account.accepts_code(digest(code_as_typed(request.code)), tx.now):
            return None
        known = replace(account, password_hash=hashed, activation_digest=None, activation_until=None)
        tx.accounts.save(replace(known, terms_accepted_at=tx.now))
        tx.limits.forget_failures(index)
        return open_session(office, tx, account.id, request.device)


def _repeated(office: Office, index: bytes, request: Activate) -> Session | None:
    with office.uow() as tx:
        account = tx.accounts.by_login(index)
    genuine = office.passwords.matches(account.password_hash if account else None, request.password)
    return _opened(office, index, account, request) if account and genuine else None
