"""Voting tokens as the box sees them: identity's signature of a message that binds a vote and a credential (RFC 9474).

The signature was made blind: it says that somebody may vote, and nobody can tell who.
"""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.serialization import load_der_public_key

SALT_BYTES = 48
_PSS = padding.PSS(mgf=padding.MGF1(SHA384()), salt_length=SALT_BYTES)


@dataclass(frozen=True, slots=True)
class Token:
    """The random prefix of RSABSSA-SHA384-PSS-Randomized, and the signature without its blinding."""

    prefix: bytes
    signature: bytes


def token_message(election_id: UUID, credential: str) -> bytes:
    """What a device has signed: the vote, and the text of its public credential."""
    return f"decider-token|{election_id}|{credential}".encode()


def is_valid(key: bytes, token: Token, message: bytes) -> bool:
    """Whether identity signed this message for this vote."""
    try:
        _read(key).verify(token.signature, token.prefix + message, _PSS, SHA384())
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=64)
def _read(der: bytes) -> RSAPublicKey:
    key = load_der_public_key(der)
    if not isinstance(key, RSAPublicKey):
        raise TypeError("an RSA key is needed")
    return key
