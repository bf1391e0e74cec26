"""Opening, renewing and ending sessions."""

import secrets
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from chassis.auth import Caller
from contracts.base import Empty
from contracts.errors import Fault
from contracts.identity import EndSession, Keys, Nothing, Refresh, SecurityMatter, SignOut
from contracts.identity import Session as SessionReply
from contracts.identity import Sessions as SessionsReply
from uuid_utils.compat import uuid7

from identity import translate
from identity.domain import sessions as domain
from identity.domain.accounts import Session
from identity.domain.sessions import Verdict
from identity.repository import Transaction
from identity.resources import Office
from identity.security import refresh_tokens
from identity.security.refresh_tokens import RefreshToken
from identity.use_cases import attempts

SALT_BYTES = 16


def open_session(
    office: Office, tx: Transaction, account_id: UUID, device: str, actor: UUID | None = None
) -> SessionReply:
    """Begin a session; ``actor`` is the person who speaks for the account, if that is a collective."""
    idle, length = office.settings.session_idle, office.settings.session_length
    session = Session(
        id=uuid7(),
        account_id=account_id,
        actor_id=actor,
        device=device,
        salt=secrets.token_bytes(SALT_BYTES),
        generation=1,
        created_at=tx.now,
        rotated_at=tx.now,
        idle_until=tx.now + idle,
        expires_at=tx.now + length,
    )
    tx.sessions.add(session)
    return _tokens(office, tx, session)


def refresh(office: Office, _caller: Caller, request: Refresh) -> SessionReply:
    """The next pair of tokens. A token that comes back late ends its session, and the owner hears of it."""
    token = refresh_tokens.read(request.refresh_token)
    with office.uow() as tx:
        reply = _renewed(office, tx, token) if token else None
    if reply is None:
        raise Fault.unauthenticated("This session is over: sign in again.", "session-over")
    return reply


def _renewed(office: Office, tx: Transaction, token: RefreshToken) -> SessionReply | None:
    session = tx.sessions.lock(token.session)
    if session is None or session.over(tx.now) or not token.is_genuine(office.vault, session.salt):
        return None
    if session.actor_id and not tx.collectives.represents(session.actor_id, session.account_id):
        return None
    verdict = domain.judge(
        token.generation, session.generation, session.rotated_at, tx.now, office.settings.refresh_grace
    )
    if verdict is Verdict.REUSED:
        _stolen(tx, session)
        return None
    if verdict is Verdict.ROTATE:
        session = _rotated(session, tx.now, office)
        tx.sessions.save(session)
    return _tokens(office, tx, session)


def _rotated(session: Session, now: datetime, office: Office) -> Session:
    idle_until = now + office.settings.session_idle
    return replace(session, generation=session.generation + 1, rotated_at=now, idle_until=idle_until)


def _stolen(tx: Transaction, session: Session) -> None:
    tx.sessions.end(session.id)
    attempts.notify(tx, session.actor_id or session.account_id, SecurityMatter.SESSION_STOLEN)


def _tokens(office: Office, tx: Transaction, session: Session) -> SessionReply:
    account = tx.accounts.get(session.account_id)
    if account is None:
        raise Fault.unauthenticated("This account is no more.", "session-over")
    level = account.collective_level or tx.attributes.levels([account.id]).get(account.id, 0)
    roles = translate.role_claims(grant for grant in tx.grants.of(account.id) if grant.in_force(tx.today))
    access, expires = office.mint.sign(account.id, str(session.id), level, roles, tx.now)
    return SessionReply(
        account_id=account.id,
        session_id=session.id,
        access_token=access,
        access_expires_at=expires,
        refresh_token=refresh_tokens.write(office.vault, session.id, session.generation, session.salt),
        refresh_expires_at=min(session.idle_until, session.expires_at),
    )


def sign_out(office: Office, _caller: Caller, request: SignOut) -> Empty:
    """End the session of a refresh token, also of one that was replaced."""
    token = refresh_tokens.read(request.refresh_token)
    with office.uow() as tx:
        session = tx.sessions.lock(token.session) if token else None
        if token and session and token.is_genuine(office.vault, session.salt):
            tx.sessions.end(session.id)
    return Empty()


def sign_out_everywhere(office: Office, caller: Caller, _request: Nothing) -> Empty:
    """End every session of the caller."""
    with office.uow() as tx:
        tx.sessions.end_all(caller.citizen())
    return Empty()


def my_sessions(office: Office, caller: Caller, _request: Nothing) -> SessionsReply:
    """Where the caller is signed in."""
    with office.uow() as tx:
        mine = tx.sessions.of(caller.citizen())
        live = [session for session in mine if not session.over(tx.now)]
    return SessionsReply(sessions=tuple(translate.session_view(session, caller.session) for session in live))


def end_session(office: Office, caller: Caller, request: EndSession) -> Empty:
    """End one session of the caller's own."""
    with office.uow() as tx:
        tx.sessions.end(request.session_id, owner=caller.citizen())
    return Empty()


def jwks(office: Office, _caller: Caller, _request: Nothing) -> Keys:
    """The public keys of access tokens."""
    return Keys(keys=office.mint.public_keys())
