"""The head of each day: what every record held when the day ended, under one fingerprint that is signed and published.

A head names the records that grew since the head before, each with the position and hash of its last step. It holds
the hash of the head before, so that the heads are a chain too: ``hash = SHA-256(previous, 32 bytes ‖ canonical JSON)``.
Whoever kept one head can show that what it names was rewritten, even if every hash after it was recomputed.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple

from ideas.domain.record import digest

PURPOSE = b"decider: head of a day\n"
"""Before the hash that is signed, so that a signature can stand for nothing else."""


class Entry(NamedTuple):
    """A record that grew: its number, and the position and hash of its last step on that day."""

    number: str
    position: int
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The head of one day of the territory, which ended at ``until``."""

    day: date
    until: datetime
    previous: str
    records: tuple[Entry, ...]
    hash: str


def canonical(day: date, until: datetime, records: Iterable[Entry]) -> bytes:
    """The bytes that are hashed, besides the previous hash."""
    content = {
        "day": day.isoformat(),
        "until": until.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "records": [list(entry) for entry in records],
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def follow(previous: str, day: date, until: datetime, records: Iterable[Entry]) -> Head:
    """The head of a day after the head before."""
    named = tuple(sorted(records))
    return Head(day, until, previous, named, digest(previous, canonical(day, until, named)))


def message(hash_of_head: str) -> bytes:
    """What is signed."""
    return PURPOSE + bytes.fromhex(hash_of_head)
