"""The signed tokens of links in mails.

A token holds a random handle of the person, meaningless elsewhere, what the link is for, and a keyed signature: nothing
personal, and nobody can make one up. It is written in base 32, since mail servers may change the case of an address.
Several keys may be valid at once, so that keys can be rotated.
"""

import hashlib
import hmac
from base64 import b32decode, b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

_MAC_BYTES = 16
_HEAD_BYTES = 17


class Forged(ValueError):
    """The token was not made by us, or for something else."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a token says: whose mails, and which (a number from 0 to 255)."""

    handle: UUID
    what: int


def sign(link: Link, purpose: str, keys: Sequence[bytes]) -> str:
    """The token of a link, signed with the first key."""
    head = link.handle.bytes + bytes([link.what])
    return b32encode(head + _mac(head, purpose, keys[0])).decode().rstrip("=").lower()


def read(token: str, purpose: str, keys: Sequence[bytes]) -> Link:
    """What a token says. Raises :class:`Forged` unless one of the keys signed exactly this, for this purpose."""
    try:
        raw = b32decode(token.upper() + "=" * (-len(token) % 8))
    except ValueError:
        raise Forged from None
    head, mac = raw[:_HEAD_BYTES], raw[_HEAD_BYTES:]
    if len(head) != _HEAD_BYTES or not any(hmac.compare_digest(mac, _mac(head, purpose, key)) for key in keys):
        raise Forged
    return Link(UUID(bytes=head[:16]), head[16])


def _mac(head: bytes, purpose: str, key: bytes) -> bytes:
    return hmac.new(key, purpose.encode() + b"\0" + head, hashlib.sha256).digest()[:_MAC_BYTES]
