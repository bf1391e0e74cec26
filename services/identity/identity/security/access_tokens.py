"""Access tokens: short, signed with EdDSA, verified by every service with the public keys alone.

The keys are a file (a private JWKS): the first signs, all are published. It is read again when it changes, so that
keys are rotated without a restart.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import jwt
from chassis.auth import AUDIENCE
from chassis.signatures import ALGORITHM

PRIVATE_FIELD = "d"


@dataclass(frozen=True, slots=True)
class RoleClaim:
    """A role as the token says it."""

    role: str
    places: tuple[str, ...]
    until: date | None

    def to_json(self) -> dict[str, Any]:
        """In the form that services read."""
        return {"r": self.role, "p": list(self.places), "u": self.until.isoformat() if self.until else None}


def public(key: Mapping[str, str]) -> dict[str, str]:
    """A key without its private part."""
    return {name: value for name, value in key.items() if name != PRIVATE_FIELD}


@dataclass(frozen=True, slots=True)
class _Keys:
    read_at: int
    signing: jwt.PyJWK
    public: tuple[dict[str, str], ...]


class TokenMint:
    """Signs access tokens that are valid for ``lifetime``."""

    def __init__(self, keys_file: Path, issuer: str, lifetime: timedelta) -> None:
        self._file = keys_file
        self._issuer = issuer
        self._lifetime = lifetime
        self._keys = self._read()

    def sign(
        self, subject: UUID, session: str, level: int, roles: Sequence[RoleClaim], now: datetime
    ) -> tuple[str, datetime]:
        """A token and when it expires."""
        keys = self._current()
        expires = now.astimezone(UTC) + self._lifetime
        claims = {
            "iss": self._issuer,
            "aud": AUDIENCE,
            "sub": str(subject),
            "iat": int(now.timestamp()),
            "exp": int(expires.timestamp()),
            "jti": session,
            "lvl": level,
            "roles": [role.to_json() for role in roles],
        }
        return jwt.encode(claims, keys.signing, algorithm=ALGORITHM, headers={"kid": keys.signing.key_id}), expires

    def public_keys(self) -> tuple[dict[str, str], ...]:
        """The keys that verify the tokens."""
        return self._current().public

    def _current(self) -> _Keys:
        if self._file.stat().st_mtime_ns != self._keys.read_at:
            self._keys = self._read()
        return self._keys

    def _read(self) -> _Keys:
        read_at = self._file.stat().st_mtime_ns
        keys = json.loads(self._file.read_text(encoding="utf-8"))["keys"]
        return _Keys(read_at, jwt.PyJWK(keys[0], algorithm=ALGORITHM), tuple(public(key) for key in keys))
