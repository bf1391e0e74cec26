"""Nothing was withdrawn (§13.8): the records of an earlier copy are the first of this one, in order and in bytes."""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO

from belenios.archive.reader import read_records
from belenios.archive.record import Record
from belenios.refusal import Check, Refused


def check_continuity(earlier: Path, later: Path) -> int:
    """Return the number of records of the earlier copy; Refused for the first that the later one does not have."""
    count = 0
    with earlier.open("rb") as old_stream, later.open("rb") as new_stream:
        for old, new in zip_longest(_earlier_records(old_stream), read_records(new_stream)):
            if old is None:
                break
            count += 1
            if new is None:
                raise Refused(Check.CONTINUITY, f"record {count}, {old.name}, was withdrawn")
            if old != new:
                raise Refused(Check.CONTINUITY, f"record {count} was {old.name} and is now {new.name}")
    return count


def _earlier_records(stream: BinaryIO) -> Iterator[Record]:
    """Read the earlier copy, whose own faults must not be taken for those of the archive."""
    try:
        records = read_records(stream)
        first = next(records, None)
        if first is None:
            raise Refused(Check.TAR, "the file is empty")
        yield first
        yield from records
    except Refused as refusal:
        raise refusal.at("earlier copy") from None
