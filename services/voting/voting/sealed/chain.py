"""The board's hash chain: what a batch holds, in which order, and the texts that are hashed and signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from voting.sealed.receipts import to_tracker


def batch_hash(uuid: str, number: int, parent: str, digests: Iterable[bytes]) -> str:
    """The hash of a batch: of its number, of the batch before, and of its trackers in their order."""
    trackers = ",".join(map(to_tracker, digests))
    return sha256(f"decider-board|{uuid}|{number}|{parent}|{trackers}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a board goes: its last batch and that batch's hash, and the counts of ballots and of tokens."""

    batch: int
    hash: str
    ballots: int
    tokens: int | None


def head_text(uuid: str, standing: Standing, at: datetime) -> str:
    """What is signed each minute."""
    moment = at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    given = "" if standing.tokens is None else str(standing.tokens)
    return f"decider-head|{uuid}|{standing.batch}|{standing.hash}|{standing.ballots}|{given}|{moment}"
