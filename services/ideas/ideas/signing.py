"""Signatures of the heads: Ed25519, keys and signatures in base64."""

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ideas.domain.heads import message


class Signer:
    """Signs with the key made of 32 secret bytes in base64. Raises ``ValueError`` for anything else."""

    def __init__(self, secret: str) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(secret, validate=True))
        self.public_key = base64.b64encode(self._key.public_key().public_bytes_raw()).decode()

    def sign(self, hash_of_head: str) -> str:
        """The signature of a head."""
        return base64.b64encode(self._key.sign(message(hash_of_head))).decode()


def holds(public_key: str, signature: str, hash_of_head: str) -> bool:
    """Whether the signature of a head was made with the key."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(base64.b64decode(signature, validate=True), message(hash_of_head))
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True
