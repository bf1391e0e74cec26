"""Reading an archive as a stream, strictly (§11): each record is rebuilt and compared byte for byte as it passes.

`read_records` knows tar only; `read_steps` follows the chain of events and gives what each of them brings. Neither
looks into ballots or proofs, and neither holds more than one event's records in memory.
"""

import os
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from belenios.archive.events import FOLLOWING, Event, Kind, read_event, read_owned, read_setup, read_sized
from belenios.archive.record import BLOCK, FIRST, Record, header, padded
from belenios.encoding import as_object, as_text, compact_bytes, hex_digest, natural, parse
from belenios.refusal import Check, Refused, require


class Step(NamedTuple):
    """An event with the data records before it, in their order; `height` counts events from 0."""

    kind: Kind
    height: int
    records: tuple[Record, ...]
    end: int


_COMPANIONS = {
    Kind.SETUP: 4,
    Kind.BALLOT: 1,
    Kind.END_BALLOTS: 0,
    Kind.ENCRYPTED_TALLY: 2,
    Kind.PARTIAL_DECRYPTION: 2,
    Kind.RESULT: 1,
}


def read_records(stream: BinaryIO) -> Iterator[Record]:
    """Give the records of an archive, the first included; Refused where its bytes are not what they must be."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    timestamp: int | None = None
    position = 0
    while position < size:
        record, found = _read_record(stream, position, size)
        if timestamp is None:
            timestamp = _read_first(record)
        require(found == timestamp, Check.HEADER, f"{record.name} bears another timestamp")
        yield record
        position = record.end


def read_at(stream: BinaryIO, position: int) -> bytes:
    """Read again the content of a record that `read_records` gave before."""
    stream.seek(position)
    return _read_record(stream, position, stream.seek(0, os.SEEK_END))[0].data


def read_steps(stream: BinaryIO) -> Iterator[Step]:
    """Give the events of an archive with what they bring, the order and the chain checked."""
    records = read_records(stream)
    require(next(records, None), Check.TAR, "the file is empty")
    waiting: list[Record] = []
    before: tuple[Event, str] | None = None
    for record in records:
        kind = _check_name(record)
        if kind == "data":
            waiting.append(record)
            require(len(waiting) <= max(_COMPANIONS.values()), Check.STRAY, f"{record.name} belongs to no event")
            continue
        event = _located_event(record)
        _check_chain(before, event)
        _check_companions(event, waiting)
        yield Step(event.kind, event.height, tuple(waiting), record.end)
        before = (event, record.name.partition(".")[0])
        waiting = []
    require(not waiting, Check.STRAY, f"{len(waiting)} records after the last event")


def _read_record(stream: BinaryIO, position: int, size: int) -> tuple[Record, int]:
    """Read a record and its timestamp, rebuild its bytes, compare."""
    stream.seek(position)
    block = stream.read(BLOCK)
    where = f"the record at byte {position}"
    require(len(block) == BLOCK, Check.TAR, f"{where} is cut")
    name, length, timestamp = _read_header(block, where)
    require(padded(length) <= size - position - BLOCK, Check.TAR, f"{where} is cut")
    content = stream.read(padded(length))
    data = content[:length]
    rebuilt = header(name, length, timestamp) == block and content == data.ljust(len(content), b"\0")
    require(rebuilt, Check.TAR, f"{where} is not in the form of an archive")
    return Record(name, data, position), timestamp


def _read_header(block: bytes, where: str) -> tuple[str, int, int]:
    try:
        name = block[:100].rstrip(b"\0").decode("ascii")
        return name, _octal(block[124:135]), _octal(block[136:147])
    except ValueError as error:
        raise Refused(Check.TAR, f"{where} has no readable header") from error


def _octal(field: bytes) -> int:
    if not field.isdigit():
        raise ValueError("signs and spaces are not octal digits")
    return int(field, 8)


def _read_first(record: Record) -> int:
    require(record.name == FIRST, Check.HEADER, "the first record is not BELENIOS")
    fields = as_object(parse(record.data), ("version", "timestamp"))
    timestamp = natural(as_text(fields["timestamp"]), 8**11)
    canonical = compact_bytes({"version": 1, "timestamp": str(timestamp)})
    require(record.data == canonical, Check.HEADER, "not an archive of version 1")
    return timestamp


def _check_name(record: Record) -> str:
    digest, _, suffix = record.name.partition(".")
    require(suffix in ("data.json", "event.json"), Check.TAR, f"a record is named {record.name[:80]}")
    require(digest == hex_digest(record.data), Check.RECORD_HASH, f"the content of {record.name} has another hash")
    return suffix.partition(".")[0]


def _located_event(record: Record) -> Event:
    try:
        return read_event(record.data)
    except Refused as refusal:
        raise refusal.at(f"event {record.name[:12]}…") from None


def _check_chain(before: tuple[Event, str] | None, event: Event) -> None:
    last, parent = before or (None, None)
    require(event.parent == parent, Check.CHAIN, f"event {event.height} does not follow the one before")
    height = last.height + 1 if last else 0
    require(event.height == height, Check.CHAIN, f"an event of height {event.height} where {height} is expected")
    following = FOLLOWING[last.kind if last else None]
    require(event.kind in following, Check.ORDER, f"{event.kind} cannot follow {last.kind if last else 'the start'}")


def _check_companions(event: Event, records: Sequence[Record]) -> None:
    """Require the data records that this event names, all of them, in their order, and no other."""
    where = f"{event.kind} at height {event.height}"
    require(len(records) == _COMPANIONS[event.kind], Check.STRAY, f"{where} brings {len(records)} records")
    digests = [record.name.partition(".")[0] for record in records]
    try:
        expected = _named_by(event, records)
    except Refused as refusal:
        raise refusal.at(where) from None
    require(digests == expected, Check.EVENT, f"{where} does not name the records before it, in their order")


def _named_by(event: Event, records: Sequence[Record]) -> list[str]:
    named = [] if event.payload is None else [event.payload]
    if event.kind is Kind.SETUP:
        setup = read_setup(records[-1].data)
        return [setup.election, setup.trustees, setup.credentials, *named]
    if event.kind is Kind.ENCRYPTED_TALLY:
        return [read_sized(records[-1].data).encrypted_tally, *named]
    if event.kind is Kind.PARTIAL_DECRYPTION:
        return [read_owned(records[-1].data).payload, *named]
    return named
