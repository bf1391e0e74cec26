"""Seals personal data at rest and makes the keyed fingerprints by which it is found again.

AES-256-GCM with a random nonce; what is sealed is bound to the row it belongs to, so that values cannot be swapped in
the database. Fingerprints are HMAC-SHA256: without the key, a copy of the database tells no address. Several sealing
keys may be given: the first seals, all open.
"""

import hashlib
import hmac
import secrets
from base64 import b64decode
from collections.abc import Sequence
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from identity.domain.logins import normalised, plain

KEY_BYTES = 32
_NONCE_BYTES = 12
_ID_BYTES = 4


class Vault:
    """Holds the keys; gives out nothing but results."""

    def __init__(self, index_key: bytes, sealing_keys: Sequence[bytes]) -> None:
        if any(len(key) != KEY_BYTES for key in (index_key, *sealing_keys)) or not sealing_keys:
            raise ValueError(f"keys have {KEY_BYTES} bytes, and there is at least one to seal with")
        self._index_key = index_key
        self._ciphers = {_key_id(key): AESGCM(key) for key in sealing_keys}
        self._current = _key_id(sealing_keys[0])

    def seal(self, text: str, *, bound_to: bytes) -> bytes:
        """The text, unreadable without the key and without knowing what it is bound to."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = self._ciphers[self._current].encrypt(nonce, text.encode(), bound_to)
        return self._current + nonce + sealed

    def open(self, sealed: bytes, *, bound_to: bytes) -> str:
        """The inverse of :meth:`seal`. Raises ``InvalidTag`` or ``KeyError`` for what was not sealed for this place."""
        key, nonce = sealed[:_ID_BYTES], sealed[_ID_BYTES : _ID_BYTES + _NONCE_BYTES]
        return self._ciphers[key].decrypt(nonce, sealed[_ID_BYTES + _NONCE_BYTES :], bound_to).decode()

    def login_index(self, login: str) -> bytes:
        """The fingerprint by which a login is found, the same for all its spellings."""
        return self._fingerprint(b"login", normalised(login).encode())

    def person_key(self, civil_identity: tuple[str, str, str]) -> bytes:
        """The fingerprint of one human: names without case and accents, and the date of birth."""
        return self._fingerprint(b"person", "\0".join(map(plain, civil_identity)).encode())

    def refresh_proof(self, session: UUID, generation: int, salt: bytes) -> bytes:
        """What makes a refresh token genuine."""
        return self._fingerprint(b"refresh", session.bytes + generation.to_bytes(4, "big") + salt)

    def _fingerprint(self, purpose: bytes, data: bytes) -> bytes:
        return hmac.digest(self._index_key, purpose + b"\0" + data, "sha256")


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"sealing key" + key).digest()[:_ID_BYTES]


def digest(secret: str) -> bytes:
    """How a secret of high entropy is stored."""
    return hashlib.sha256(secret.encode()).digest()


def read_keys(text: str) -> list[bytes]:
    """Keys in base64, one per line."""
    return [b64decode(line, validate=True) for line in text.split()]
