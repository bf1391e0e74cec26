"""Trackers, and the receipts that the box signs: that a tracker is in a batch of the public board."""

from base64 import b64decode, b64encode

from contracts.voting.sealed_ballots import SealedReceipt

from voting.sealed.encoding import base64url
from voting.sealed.keys import Keyring


def to_tracker(digest: bytes) -> str:
    """The name of a ballot, as its voter keeps it."""
    return b64encode(digest).decode().rstrip("=")


def from_tracker(tracker: str) -> bytes:
    """The inverse, in the form for addresses too."""
    return b64decode(tracker.translate(str.maketrans("-_", "+/")) + "=")


def receipt_text(uuid: str, tracker: str, batch: int) -> str:
    """What is signed."""
    return f"decider-receipt|{uuid}|{tracker}|{batch}"


def signed(keyring: Keyring, text: str) -> bytes:
    """Sign a receipt or a head."""
    return keyring.receipts().sign(text.encode())


def view(uuid: str, tracker: str, batch: int, signature: bytes) -> SealedReceipt:
    """A receipt as its voter gets it."""
    return SealedReceipt(batch=batch, text=receipt_text(uuid, tracker, batch), signature=base64url(signature))
