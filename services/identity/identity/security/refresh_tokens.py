"""Refresh tokens: session, generation and a proof that only this service can make.

Nothing of a token is stored, so that a copy of the database opens no session; and the successor of a token can be
given a second time to whoever lost the answer.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from identity.security.vault import Vault

_PROOF_BYTES = 32
_TOKEN_BYTES = 16 + 4 + _PROOF_BYTES


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """What a refresh token says, before its proof is checked."""

    session: UUID
    generation: int
    proof: bytes

    def is_genuine(self, vault: Vault, salt: bytes) -> bool:
        """Whether this service made it."""
        return hmac.compare_digest(self.proof, vault.refresh_proof(self.session, self.generation, salt))


def write(vault: Vault, session: UUID, generation: int, salt: bytes) -> str:
    """The token of a generation of a session."""
    return _text(session.bytes + generation.to_bytes(4, "big") + vault.refresh_proof(session, generation, salt))


def read(text: str) -> RefreshToken | None:
    """What the token says, or ``None`` if it is not one, written as we write it."""
    try:
        raw = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except ValueError:
        return None
    if len(raw) != _TOKEN_BYTES or _text(raw) != text:
        return None
    return RefreshToken(UUID(bytes=raw[:16]), int.from_bytes(raw[16:20], "big"), raw[20:])


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
