"""Signs what it cannot see: RSABSSA-SHA384-PSS-Randomized (RFC 9474, §4.3), the server's half.

The private operation runs in constant time (GMP's ``mpz_powm_sec``) on a value that is blinded once more, so that
neither its time nor its input is in the hands of whoever asks; its result is verified before it leaves.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from gmpy2 import invert, powmod_sec

MODULUS_BITS = 3072
_PUBLIC_EXPONENT = 65537


class OutOfRange(ValueError):
    """What was sent is not a number below the modulus, written in as many bytes."""


@dataclass(frozen=True, slots=True)
class BlindSigner:
    """The key of one election."""

    modulus: int
    exponent: int
    secret: int = field(repr=False)

    def sign(self, blinded: bytes) -> bytes:
        """m^d mod n, in as many bytes as the modulus. Raises :class:`OutOfRange`."""
        n, size = self.modulus, (self.modulus.bit_length() + 7) // 8
        message = int.from_bytes(blinded, "big")
        if len(blinded) != size or message >= n:
            raise OutOfRange
        mask = secrets.randbelow(n - 2) + 2
        masked = message * pow(mask, self.exponent, n) % n
        signature = int(powmod_sec(masked, self.secret, n) * invert(mask, n) % n)
        if pow(signature, self.exponent, n) != message:
            raise ArithmeticError("a signature came out wrong")
        return signature.to_bytes(size, "big")


def new_key() -> str:
    """A private key in PEM, to be sealed at once."""
    key = generate_private_key(_PUBLIC_EXPONENT, MODULUS_BITS)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_half(pem: str) -> bytes:
    """The public key, as DER of a SubjectPublicKeyInfo."""
    return _read(pem).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def signer(pem: str) -> BlindSigner:
    """What signs with this private key."""
    numbers = _read(pem).private_numbers()
    return BlindSigner(numbers.public_numbers.n, numbers.public_numbers.e, numbers.d)


def _read(pem: str) -> RSAPrivateKey:
    key = load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError("an RSA key is needed")
    return key


def to_text(data: bytes) -> str:
    """Bytes as they travel: base64url without padding."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def from_text(text: str) -> bytes:
    """The inverse of :func:`to_text`."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
