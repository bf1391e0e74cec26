"""What keeps an open ballot apart from its voter while the vote is open (docs/adr/0003).

The box key of an election exists only by putting together a secret of the service and a salt kept in the database; the
salt is destroyed at closing, and with it everything that could lead from an account to a ballot.
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from uuid import UUID

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 20
_GROUP = 4


@dataclass(frozen=True, slots=True)
class BoxKey:
    """The key of one election's box."""

    material: bytes = field(repr=False)

    def fingerprint(self) -> bytes:
        """Tells whether two keys are the same without telling the key."""
        return hmac.digest(self.material, b"check", "sha256")


def box_key(secret: bytes, salt: bytes, election_id: UUID) -> BoxKey:
    """The key that the service's secret and the election's salt make together."""
    return BoxKey(hmac.digest(hmac.digest(secret, salt, "sha256"), election_id.bytes, "sha256"))


def pseudonym(key: BoxKey, account_id: UUID) -> bytes:
    """The place of a voter in the box: one a person, and nobody without the key can tell whose."""
    return hmac.digest(key.material, b"voter" + account_id.bytes, "sha256")


def receipt(key: BoxKey, voter: bytes, cast_id: UUID, ballot: str) -> str:
    """The code of one cast: 100 bits, the same when the same cast comes again. It tells nothing without the key."""
    digest = hmac.digest(key.material, b"receipt" + voter + cast_id.bytes + ballot.encode(), "sha256")
    number = int.from_bytes(digest, "big")
    letters = "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in range(_CODE_LENGTH))
    return "-".join(letters[start : start + _GROUP] for start in range(0, _CODE_LENGTH, _GROUP))


def receipt_hash(code: str) -> bytes:
    """What is kept and published of a receipt. Forgives lower case, spaces, and I, L, O typed for 1, 1, 0."""
    plain = "".join(code.upper().split()).replace("-", "").translate(str.maketrans("ILO", "110"))
    return hashlib.sha256(plain.encode()).digest()
