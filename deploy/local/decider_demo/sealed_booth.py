"""What a voter's device does in a sealed vote: a credential, a token signed blind, a sealed ballot, a receipt.

The blinding is RFC 9474's RSABSSA-SHA384-PSS-Randomized. The ballot is sent by a client that knows no account.
"""

import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha384
from typing import Any

from belenios.ballots import tracker
from belenios.credentials import derive, new_credential, public_credential
from belenios.election import Election, read_election
from belenios.sealing import seal
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.serialization import load_der_public_key

from decider_demo.api import Api

SALT, PREFIX = 48, 32
PATIENCE = 120.0


class BrokenPromiseError(RuntimeError):
    """What the server answered does not hold."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a voter keeps."""

    tracker: str
    batch: int
    credential: str
    """Public; kept for those who look for traces of it."""


@dataclass(frozen=True, slots=True)
class Booth:
    """The parameters of a vote, as everybody reads them."""

    vote: dict[str, Any]
    election: Election

    @classmethod
    def of(cls, api: Api, slug: str) -> "Booth":
        """Read them."""
        vote = api.get(f"/elections/{slug}/sealed")
        return cls(vote, read_election(vote["election_json"].encode()))

    def vote_as(self, api: Api, token: str, nobody: Api, choices: list[list[int]]) -> Receipt:
        """Have a token signed with the session `token`, then cast without any. Returns the checked receipt."""
        group = self.election.group
        secret = derive(group, self.election.uuid, new_credential())
        credential = group.text(public_credential(group, secret))
        right = self._right(api, token, credential)
        ballot = seal(self.election, secret, choices).decode()
        state = self._cast(nobody, {"ballot": ballot, "token": right})
        if state["tracker"] != tracker(ballot.encode()):
            raise BrokenPromiseError("another tracker than that of the ballot")
        return Receipt(state["tracker"], self._checked(state), credential)

    def _right(self, api: Api, token: str, credential: str) -> dict[str, str]:
        key = load_der_public_key(decoded(self.vote["token_key"]))
        if not isinstance(key, RSAPublicKey):
            raise BrokenPromiseError("not an RSA key")
        prepared = secrets.token_bytes(PREFIX) + f"decider-token|{self.vote['id']}|{credential}".encode()
        blinded, inverse = blind(key, prepared)
        path = f"/sign-off-lists/{self.vote['id']}/tokens"
        signed = api.post(path, {"blinded": encoded(blinded)}, token)["blind_signature"]
        return {"prefix": encoded(prepared[:PREFIX]), "signature": encoded(unblind(key, prepared, signed, inverse))}

    def _cast(self, nobody: Api, body: dict[str, Any]) -> dict[str, Any]:
        path, until = f"/elections/{self.vote['id']}/sealed-ballots", time.monotonic() + PATIENCE
        state = nobody.post(path, body)
        while state["state"] == "received" and time.monotonic() < until:
            time.sleep(0.2)
            state = nobody.get(f"{path}/{state['tracker'].translate(str.maketrans('+/', '-_'))}")
        if state["state"] != "recorded":
            raise BrokenPromiseError(f"the ballot is {state['state']} {state['reason']}")
        return state

    def _checked(self, state: dict[str, Any]) -> int:
        receipt = state["receipt"]
        text = f"decider-receipt|{self.election.uuid}|{state['tracker']}|{receipt['batch']}"
        key = Ed25519PublicKey.from_public_bytes(decoded(self.vote["receipt_key"]))
        key.verify(decoded(receipt["signature"]), text.encode())
        return int(receipt["batch"])


def blind(key: RSAPublicKey, prepared: bytes) -> tuple[bytes, int]:
    """Encode for PSS, and multiply by r^e for a random r; what takes r off again."""
    numbers, size = key.public_numbers(), key.key_size // 8
    inverse = secrets.randbelow(numbers.n - 2) + 2
    mask = pow(pow(inverse, -1, numbers.n), numbers.e, numbers.n)
    message = int.from_bytes(_encode(prepared, key.key_size - 1), "big")
    return (message * mask % numbers.n).to_bytes(size, "big"), inverse


def unblind(key: RSAPublicKey, prepared: bytes, signed: str, inverse: int) -> bytes:
    """Take the blinding off and check what is left."""
    n = key.public_numbers().n
    signature = (int.from_bytes(decoded(signed), "big") * inverse % n).to_bytes(key.key_size // 8, "big")
    key.verify(signature, prepared, padding.PSS(mgf=padding.MGF1(SHA384()), salt_length=SALT), SHA384())
    return signature


def _encode(message: bytes, bits: int) -> bytes:
    """EMSA-PSS-ENCODE (RFC 8017, §9.1.1)."""
    salt, size = secrets.token_bytes(SALT), (bits + 7) // 8
    digest = sha384(bytes(8) + sha384(message).digest() + salt).digest()
    room = size - len(digest) - 1
    masked = int.from_bytes(b"\x01" + salt, "big") ^ int.from_bytes(_mgf1(digest, room), "big")
    masked &= (1 << 8 * room - (8 * size - bits)) - 1
    return masked.to_bytes(room, "big") + digest + b"\xbc"


def _mgf1(seed: bytes, length: int) -> bytes:
    blocks = (sha384(seed + number.to_bytes(4, "big")).digest() for number in range(-(-length // 48)))
    return b"".join(blocks)[:length]


def encoded(data: bytes) -> str:
    """Bytes as they travel."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """The inverse."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
