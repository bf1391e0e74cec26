"""The voter's half of RSABSSA-SHA384-PSS-Randomized (RFC 9474, §4.1, §4.2, §4.4), as a device does it."""

import secrets
from dataclasses import dataclass
from hashlib import sha384

from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA384

SALT = 48
PREFIX = 32


def prepare(message: bytes, prefix: bytes | None = None) -> bytes:
    """A random prefix and the message: what is really signed."""
    return (secrets.token_bytes(PREFIX) if prefix is None else prefix) + message


@dataclass(frozen=True)
class Blinded:
    """What goes to the signer, and what takes the blinding off again."""

    data: bytes
    inverse: int


def blind(key: RSAPublicKey, prepared: bytes, *, salt: bytes | None = None, inverse: int | None = None) -> Blinded:
    """Encode, and multiply by r^e for a random r."""
    numbers, size = key.public_numbers(), key.key_size // 8
    encoded = _encode(prepared, key.key_size - 1, secrets.token_bytes(SALT) if salt is None else salt)
    inverse = secrets.randbelow(numbers.n - 2) + 2 if inverse is None else inverse
    r = pow(inverse, -1, numbers.n)
    blinded = int.from_bytes(encoded, "big") * pow(r, numbers.e, numbers.n) % numbers.n
    return Blinded(blinded.to_bytes(size, "big"), inverse)


def finalize(key: RSAPublicKey, prepared: bytes, blind_signature: bytes, inverse: int) -> bytes:
    """Take the blinding off and check what is left. Raises ``InvalidSignature``."""
    n = key.public_numbers().n
    signature = (int.from_bytes(blind_signature, "big") * inverse % n).to_bytes(key.key_size // 8, "big")
    verify(key, prepared, signature)
    return signature


def verify(key: RSAPublicKey, prepared: bytes, signature: bytes) -> None:
    """RSASSA-PSS with SHA-384 and a salt of 48 bytes. Raises ``InvalidSignature``."""
    key.verify(signature, prepared, padding.PSS(mgf=padding.MGF1(SHA384()), salt_length=SALT), SHA384())


def _encode(message: bytes, bits: int, salt: bytes) -> bytes:
    """EMSA-PSS-ENCODE (RFC 8017, §9.1.1)."""
    size = (bits + 7) // 8
    digest = sha384(bytes(8) + sha384(message).digest() + salt).digest()
    block = b"\x01" + salt
    room = size - len(digest) - 1
    masked = int.from_bytes(block, "big") ^ int.from_bytes(_mgf1(digest, room), "big")
    masked &= (1 << 8 * room - (8 * size - bits)) - 1
    return masked.to_bytes(room, "big") + digest + b"\xbc"


def _mgf1(seed: bytes, length: int) -> bytes:
    blocks = (sha384(seed + number.to_bytes(4, "big")).digest() for number in range(-(-length // 48)))
    return b"".join(blocks)[:length]
