"""Who is asking: every service verifies the access token itself, so that a broken gateway cannot invent a moderator."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import jwt
from contracts.errors import Fault

from chassis.signatures import ALGORITHM, VerificationKey

AUDIENCE = "decider"
EVERYWHERE = "*"


class HasName(Protocol):
    """A role, as an enum's member."""

    value: str


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held in some places until a day (inclusive); ``until`` is ``None`` for a role without end."""

    role: str
    places: frozenset[str]
    until: date | None = None

    def covers(self, role: str, place: str | None, today: date) -> bool:
        """Whether this grant gives ``role`` at ``place`` today; without a place, whether it gives it anywhere."""
        in_time = self.until is None or today <= self.until
        in_place = place is None or EVERYWHERE in self.places or place in self.places
        return self.role == role and in_time and in_place


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever asks: anybody (``account`` is ``None``) or the owner of a verified token."""

    account: UUID | None = None
    level: int = 0
    """The highest certification level among the account's attributes (100 declared … 600)."""
    grants: tuple[Grant, ...] = ()
    session: str = ""
    locale: str = "fr"
    trace: str = ""
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    token: str = field(default="", repr=False)
    """The token itself, to ask another service in the caller's own name."""

    def citizen(self) -> UUID:
        """The account that asks. Raises the fault *unauthenticated* for anybody else."""
        if self.account is None:
            raise Fault.unauthenticated("Sign in first.", "sign-in-needed")
        return self.account

    def has(self, role: str, place: str | None = None) -> bool:
        """Whether the caller holds the role at the place (anywhere if no place is given)."""
        return any(grant.covers(role, place, self.today) for grant in self.grants)

    def require(self, *roles: str, place: str | None = None) -> UUID:
        """The account that asks, which holds one of the roles at the place. Raises *unauthenticated* or *forbidden*."""
        account = self.citizen()
        if not any(self.has(role, place) for role in roles):
            raise Fault.forbidden("Your role does not allow this.", "role-needed")
        return account


class TokenVerifier:
    """Turns a token into a :class:`Caller` with the public keys of a JWKS file.

    The file is read again when a token names a key that is not known yet, so that keys are rotated without a restart.
    """

    def __init__(self, jwks_file: Path, issuer: str = "decider") -> None:
        self._file = jwks_file
        self._issuer = issuer
        self._lock = threading.Lock()
        self._keys: dict[str, VerificationKey] = {}
        self._read_at = 0
        self._claims = lru_cache(maxsize=20_000)(self._verify)

    def caller(self, context: Mapping[str, Any]) -> Caller:
        """Who sends a message with this context. Raises *unauthenticated* for a token that is not valid now."""
        locale, trace = str(context.get("locale") or "fr"), str(context.get("trace") or "")
        token = context.get("token")
        if not token:
            return Caller(locale=locale, trace=trace)
        account, level, grants, session, expires = self._claims(str(token))
        now = datetime.now(UTC)
        if expires <= now.timestamp():
            raise Fault.unauthenticated("The access token has expired.", "token-expired")
        return Caller(account, level, grants, session, locale, trace, now.date(), str(token))

    def _verify(self, token: str) -> tuple[UUID, int, tuple[Grant, ...], str, float]:
        try:
            claims = jwt.decode(
                token,
                self._key(_kid(token.partition(".")[0])),
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                issuer=self._issuer,
                options={"require": ["sub", "exp", "iat", "aud", "iss"]},
            )
            grants = tuple(_grant(raw) for raw in claims.get("roles", ()))
            level, session = int(claims.get("lvl", 0)), str(claims.get("jti", ""))
            return UUID(claims["sub"]), level, grants, session, float(claims["exp"])
        except jwt.ExpiredSignatureError:
            raise Fault.unauthenticated("The access token has expired.", "token-expired") from None
        except (jwt.PyJWTError, ValueError, KeyError, TypeError, AttributeError):
            raise Fault.unauthenticated("The access token is not valid.", "token-invalid") from None

    def _key(self, kid: str) -> VerificationKey:
        if kid not in self._keys:
            self._reload()
        try:
            return self._keys[kid]
        except KeyError:
            raise jwt.InvalidKeyError(kid) from None

    def _reload(self) -> None:
        with self._lock:
            changed = self._file.stat().st_mtime_ns
            if changed == self._read_at:
                return
            keys = json.loads(self._file.read_text(encoding="utf-8"))["keys"]
            self._keys = {key["kid"]: VerificationKey(key) for key in keys}
            self._read_at = changed


@lru_cache(maxsize=64)
def _kid(header: str) -> str:
    """The key that a token's first segment names: the same segment in every token of a key."""
    return str(jwt.get_unverified_header(f"{header}..").get("kid"))


def _grant(raw: Mapping[str, Any]) -> Grant:
    until = raw.get("u")
    return Grant(str(raw["r"]), frozenset(map(str, raw.get("p", ()))), date.fromisoformat(until) if until else None)
