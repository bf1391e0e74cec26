"""Choosing another password: by a mailed link, or signed in. Sessions that somebody else might have end."""

from dataclasses import replace
from uuid import UUID

from chassis.auth import Caller
from contracts.base import Empty
from contracts.identity import Accepted, ByAddress, ChangePassword, ResetPassword, SecurityMatter
from uuid_utils.compat import uuid7

from identity.domain.accounts import Link, Purpose
from identity.repository import Transaction
from identity.resources import Office
from identity.security.vault import digest
from identity.use_cases import attempts, checks, links


def request_password_reset(office: Office, _caller: Caller, request: ByAddress) -> Accepted:
    """Have a link mailed, if the address has an account; if not, the same is written and told, and goes nowhere."""
    with office.uow() as tx:
        index = office.vault.login_index(request.email)
        links.count_mail(office, tx, index)
        owner = tx.accounts.by_login(index)
        addressee = links.Addressee(request.email, owner.id if owner else uuid7(), deliverable=owner is not None)
        link = links.new_link(office, tx, Purpose.RESET_PASSWORD, addressee)
        tx.links.add(link)
        links.tell(tx, link)
    return Accepted()


def reset_password(office: Office, _caller: Caller, request: ResetPassword) -> Empty:
    """Use the link, once. Every session ends, and failures to sign in are forgotten."""
    checks.refuse_if(*checks.of_password(request.password))
    secret = digest(request.token)
    hashed = office.passwords.hash(request.password)
    with office.uow() as tx:
        link = tx.links.lock_by_secret(secret)
        if link is None or link.purpose is not Purpose.RESET_PASSWORD or not link.usable(tx.now):
            raise links.not_valid()
        _use(tx, link, hashed)
    return Empty()


def _use(tx: Transaction, link: Link, hashed: str) -> None:
    if not _replace(tx, link.account_id, hashed):
        raise links.not_valid()
    tx.links.mark_used(link.id, tx.now)
    tx.links.drop_others(link)
    tx.limits.forget_failures(link.login_index)
    tx.sessions.end_all(link.account_id)


def change_password(office: Office, caller: Caller, request: ChangePassword) -> Empty:
    """Another password for somebody who knows the present one. Every other session ends."""
    account_id = caller.citizen()
    checks.refuse_if(*checks.of_password(request.password))
    attempts.check_own_password(office, account_id, request.current, "/current")
    hashed = office.passwords.hash(request.password)
    with office.uow() as tx:
        _replace(tx, account_id, hashed)
        tx.sessions.end_all(account_id, but=UUID(caller.session) if caller.session else None)
    return Empty()


def _replace(tx: Transaction, account_id: UUID, hashed: str) -> bool:
    account = tx.accounts.lock(account_id)
    if account is None:
        return False
    tx.accounts.save(replace(account, password_hash=hashed))
    attempts.notify(tx, account_id, SecurityMatter.PASSWORD_CHANGED)
    return True
