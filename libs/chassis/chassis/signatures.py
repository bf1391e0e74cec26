"""EdDSA for PyJWT by libsodium, which checks a signature in half the time OpenSSL takes: with a vote, that is what
costs a service most.
"""

from collections.abc import Mapping
from typing import Any

import jwt
from jwt.algorithms import OKPAlgorithm
from nacl.bindings import crypto_sign_BYTES, crypto_sign_open
from nacl.exceptions import CryptoError

ALGORITHM = "EdDSA"


class _Sodium(OKPAlgorithm):
    """Ed25519 only; libsodium also refuses keys of small order and signatures that are not canonical."""

    def prepare_key(self, key: Any) -> Any:  # noqa: ANN401 -- PyJWT's own signature
        return key

    def verify(self, msg: str | bytes, key: Any, sig: str | bytes) -> bool:  # noqa: ANN401
        signature, message = (part.encode() if isinstance(part, str) else part for part in (sig, msg))
        if len(signature) != crypto_sign_BYTES:
            return False
        try:
            crypto_sign_open(signature + message, key)
        except CryptoError:
            return False
        return True


class VerificationKey(jwt.PyJWK):
    """A public key of a JWKS, bound to Ed25519. Raises ``jwt.InvalidKeyError`` for a key of another kind."""

    def __init__(self, jwk: Mapping[str, Any]) -> None:
        if jwk.get("crv") != "Ed25519":
            raise jwt.InvalidKeyError("access tokens are signed with Ed25519")
        super().__init__(dict(jwk), algorithm=ALGORITHM)
        self.key = self.key.public_bytes_raw()
        self.Algorithm = _Sodium()
