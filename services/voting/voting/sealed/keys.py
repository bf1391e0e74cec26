"""The server's own keys of a sealed vote: its mandatory share of the decryption, and what signs receipts.

Both exist only by putting together a secret of the service and a salt kept in the database. The salt is destroyed when
the result is published or the vote called off: whatever is found later opens nothing.
"""

import hmac
from dataclasses import dataclass, field
from uuid import UUID

from belenios.groups import Group
from belenios.secret import Secret
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SERVER_NAME = "server"


@dataclass(frozen=True, slots=True)
class Keyring:
    """What both keys of one vote are made from."""

    material: bytes = field(repr=False)

    @classmethod
    def of(cls, secret: bytes, salt: bytes, election_id: UUID) -> "Keyring":
        """Put the two halves together, for one election."""
        return cls(hmac.digest(hmac.digest(secret, b"sealed" + salt, "sha512"), election_id.bytes, "sha512"))

    def decryption(self, group: Group) -> Secret[int]:
        """The server's secret exponent."""
        digest = hmac.digest(self.material, b"decryption", "sha512")
        return Secret(int.from_bytes(digest, "big") % group.order)

    def receipts(self) -> Ed25519PrivateKey:
        """What signs receipts and board heads."""
        return Ed25519PrivateKey.from_private_bytes(hmac.digest(self.material, b"receipts", "sha256"))

    def verifies_receipts(self) -> bytes:
        """The public half, 32 bytes."""
        return self.receipts().public_key().public_bytes_raw()
