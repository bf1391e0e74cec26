"""Signing in: a short access token that every service verifies, and a refresh token that is used once.

An access token lives 10 minutes (EdDSA; claims ``iss, aud, sub, iat, exp, jti, lvl, roles``). A refresh token that
comes back long after it was used ends its session: somebody else has it.
"""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from contracts.base import Empty, Instant, Line, Reply, Request, length
from contracts.identity.accounts import Nothing, SessionView
from contracts.identity.words import Login, NewPassword, Password, Secret
from contracts.registry import Call

Device = Annotated[Line, length(0, 120)]
"""By which the person recognises the session later: the browser's name."""


class SignIn(Request):
    """Begin a session. A wrong password and an unknown login get the same answer, in the same time."""

    login: Login
    password: Password
    device: Device = ""


class Session(Reply):
    """What one signed in with; keep the refresh token secret and use it once."""

    account_id: UUID
    session_id: UUID
    access_token: str = Field(repr=False)
    access_expires_at: Instant
    refresh_token: str = Field(repr=False)
    refresh_expires_at: Instant


class Refresh(Request):
    """Exchange a refresh token for the next pair.

    Asking again within seconds gives the same successor, so that two tabs or a lost answer do no harm.
    """

    refresh_token: Secret


class SignOut(Request):
    """End the session of this refresh token. Never says whether there was one."""

    refresh_token: Secret


class Sessions(Reply):
    """Where one is signed in, last used first."""

    sessions: tuple[SessionView, ...]


class EndSession(Request):
    """End one of one's own sessions."""

    session_id: UUID


class Activate(Request):
    """First sign-in to an account opened at a counter: card number and code, and a password of one's own."""

    login: Login
    code: Secret
    password: NewPassword
    device: Device = ""


class Keys(Reply):
    """The public keys (RFC 7517) that verify access tokens; several during a rotation."""

    keys: tuple[dict[str, str], ...]


SIGN_IN = Call("identity", "sign_in", SignIn, Session, idempotent=False)
REFRESH = Call("identity", "refresh", Refresh, Session, idempotent=True)
SIGN_OUT = Call("identity", "sign_out", SignOut, Empty, idempotent=True)
SIGN_OUT_EVERYWHERE = Call("identity", "sign_out_everywhere", Nothing, Empty, idempotent=True)
MY_SESSIONS = Call("identity", "my_sessions", Nothing, Sessions, idempotent=True)
END_SESSION = Call("identity", "end_session", EndSession, Empty, idempotent=True)
ACTIVATE = Call("identity", "activate", Activate, Session, idempotent=False)
JWKS = Call("identity", "jwks", Nothing, Keys, idempotent=True)

CALLS = (SIGN_IN, REFRESH, SIGN_OUT, SIGN_OUT_EVERYWHERE, MY_SESSIONS, END_SESSION, ACTIVATE, JWKS)
