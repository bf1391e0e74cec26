"""Mutants of archives and of JSON records: each differs from a valid original by one small change.

`json_mutants` walks a value, and the JSON inside its signed texts, and changes every field in every way that could
tempt a careless reader; `record_mutants` drops, repeats, swaps and moves whole records; `forge` and `reseal` recompute
all the hashes around, as a forger with write access would.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import combinations
from typing import NamedTuple

from belenios.archive.events import Event, Kind, read_event, write_event
from belenios.archive.reader import read_records
from belenios.archive.record import encode
from belenios.encoding import Json, compact, compact_bytes, hex_digest, parse
from belenios.groups import Group

Path = tuple[str | int, ...]
Step = tuple[Event, Sequence[bytes]]

# A step of a path: into the JSON that a text holds, as the messages that trustees sign do.
INSIDE = "(inside)"

# What each event brings, by the names of §11.
LABELS = {
    Kind.SETUP: ("election", "trustees", "roll", "setup"),
    Kind.BALLOT: ("ballot",),
    Kind.END_BALLOTS: (),
    Kind.ENCRYPTED_TALLY: ("tally", "sized tally"),
    Kind.PARTIAL_DECRYPTION: ("partial decryption", "owner"),
    Kind.RESULT: ("result",),
}


class Mutant(NamedTuple):
    """What was done, and the outcome."""

    name: str
    data: bytes


class Change(NamedTuple):
    """A JSON value changed in one place."""

    what: str
    path: Path
    value: Json

    @property
    def name(self) -> str:
        """What was done, and where."""
        return f"{self.what} {'/'.join(map(str, self.path)) or '.'}"


def records_of(archive: bytes) -> list[tuple[str, bytes]]:
    """List names and contents of the records."""
    return [(record.name, record.data) for record in read_records(BytesIO(archive))]


def rebuild(records: Sequence[tuple[str, bytes]], timestamp: int) -> bytes:
    """Write records, names as given."""
    return b"".join(encode(name, data, timestamp) for name, data in records)


def record_mutants(archive: bytes, timestamp: int) -> Iterator[Mutant]:
    """Drop, repeat, move to the end, and swap any two of the records."""
    records = records_of(archive)
    for i, record in enumerate(records):
        others = records[:i] + records[i + 1 :]
        yield Mutant(f"drop {i}", rebuild(others, timestamp))
        yield Mutant(f"repeat {i}", rebuild([*records[: i + 1], *records[i:]], timestamp))
        yield Mutant(f"repeat {i} at the end", rebuild([*records, record], timestamp))
        if i < len(records) - 1:
            yield Mutant(f"move {i} to the end", rebuild([*others, record], timestamp))
    for i, j in combinations(range(len(records)), 2):
        swapped = list(records)
        swapped[i], swapped[j] = records[j], records[i]
        yield Mutant(f"swap {i} and {j}", rebuild(swapped, timestamp))


def byte_mutants(data: bytes, step: int) -> Iterator[Mutant]:
    """Flip a bit of every `step`-th byte, each time another bit."""
    for position in range(0, len(data), step):
        flipped = bytes([data[position] ^ (1 << position // step % 8)])
        yield Mutant(f"flip byte {position}", data[:position] + flipped + data[position + 1 :])


def steps_of(archive: bytes) -> list[Step]:
    """Group the records after the first by event: the event, and the contents that precede it."""
    steps: list[Step] = []
    contents: list[bytes] = []
    for name, data in records_of(archive)[1:]:
        if name.endswith(".event.json"):
            steps.append((read_event(data), tuple(contents)))
            contents = []
        else:
            contents.append(data)
    return steps


def labels_of(archive: bytes) -> list[str]:
    """Say what each record of an archive is: "header", the names of LABELS, or "event" and its type."""
    found = ["header"]
    for event, _ in steps_of(archive):
        found += [*LABELS[event.kind], f"event {event.kind}"]
    return found


def forge(archive: bytes, position: int, data: bytes, timestamp: int) -> bytes:
    """Change one record; write the new hash wherever a later record has the old one, to the end of the chain."""
    records = records_of(archive)
    renamed: dict[str, str] = {}
    for place, (name, old) in enumerate(records):
        new = data if place == position else _rewritten(old, renamed)
        digest, dot, suffix = name.partition(".")
        if dot and new != old:
            renamed[digest] = hex_digest(new)
        records[place] = (f"{renamed.get(digest, digest)}{dot}{suffix}", new)
    return rebuild(records, timestamp)


def _rewritten(data: bytes, renamed: Mapping[str, str]) -> bytes:
    for old, new in renamed.items():
        data = data.replace(old.encode(), new.encode())
    return data


def reseal(steps: Sequence[Step], timestamp: int) -> bytes:
    """Write an archive of these steps, every hash, height and link recomputed: only what it says can betray it."""
    first = compact_bytes({"version": 1, "timestamp": str(timestamp)})
    records = [("BELENIOS", first)]
    parent: str | None = None
    for height, (event, contents) in enumerate(steps):
        named = _renamed(event.kind, list(contents))
        records += [(f"{hex_digest(data)}.data.json", data) for data in named]
        payload = hex_digest(named[-1]) if named else None
        data = write_event(Event(parent, height, event.kind, payload))
        parent = hex_digest(data)
        records.append((f"{parent}.event.json", data))
    return rebuild(records, timestamp)


def _renamed(kind: Kind, contents: list[bytes]) -> list[bytes]:
    """Let the last record of an event name the others as they are now."""
    names = {
        Kind.SETUP: ("election", "trustees", "credentials"),
        Kind.ENCRYPTED_TALLY: ("encrypted_tally",),
        Kind.PARTIAL_DECRYPTION: ("payload",),
    }.get(kind, ())
    if not names or len(contents) != len(names) + 1:
        return contents
    last = parse(contents[-1])
    if isinstance(last, dict):
        last |= {name: hex_digest(data) for name, data in zip(names, contents, strict=False)}
    return [*contents[:-1], compact_bytes(last)]


def json_mutants(value: Json, group: Group) -> Iterator[Change]:
    """Change every field of a JSON value, one at a time."""
    for path, found in walk(value, ()):
        for what, changed in _changes(found, group):
            if compact(changed) != compact(found):
                yield Change(what, path, _with(value, path, changed))
        if path and path[-1] != INSIDE:
            yield Change("drop", path, _with(value, path, None, remove=True))


def walk(value: Json, path: Path) -> Iterator[tuple[Path, Json]]:
    """Give every place of a JSON value, the whole first, with what is there."""
    yield path, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from walk(item, (*path, key))
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from walk(item, (*path, index))
    if isinstance(value, str) and value.startswith("{"):
        yield from walk(parse(value.encode()), (*path, INSIDE))


def _with(value: Json, path: Path, changed: Json, *, remove: bool = False) -> Json:
    """Copy a value with one place replaced or removed; untouched branches are shared."""
    if not path:
        return changed
    head, rest = path[0], path[1:]
    if isinstance(value, dict) and isinstance(head, str):
        copy = dict(value)
        if remove and not rest:
            del copy[head]
        else:
            copy[head] = _with(value[head], rest, changed, remove=remove)
        return copy
    if isinstance(value, list) and isinstance(head, int):
        middle = [] if remove and not rest else [_with(value[head], rest, changed, remove=remove)]
        return [*value[:head], *middle, *value[head + 1 :]]
    if isinstance(value, str) and head == INSIDE:
        return compact(_with(parse(value.encode()), rest, changed, remove=remove))
    raise TypeError(path)


def _changes(value: Json, group: Group) -> Iterator[tuple[str, Json]]:
    if isinstance(value, dict):
        yield from _object_changes(value)
    elif isinstance(value, list):
        yield from _list_changes(value)
    elif isinstance(value, str):
        yield from _text_changes(value, group)
    elif isinstance(value, int):
        yield from (("increase", value + 1), ("decrease", value - 1), ("quote", str(value)), ("float", float(value)))
    yield "null", None


def _object_changes(value: dict[str, Json]) -> Iterator[tuple[str, Json]]:
    yield "add a field to", {**value, "surplus": 0}
    yield "reverse", dict(reversed(value.items()))
    items = list(value.items())
    for (first, one), (second, two) in combinations(items, 2):
        if one != two:
            yield f"exchange {first} and {second} of", {**value, first: two, second: one}


def _list_changes(value: list[Json]) -> Iterator[tuple[str, Json]]:
    yield "empty", []
    if value:
        yield "repeat the last of", [*value, value[-1]]
    for i in range(len(value) - 1):
        if value[i] != value[i + 1]:
            yield f"swap {i} and {i + 1} of", [*value[:i], value[i + 1], value[i], *value[i + 2 :]]


def _text_changes(value: str, group: Group) -> Iterator[tuple[str, Json]]:
    yield "append to", value + "0"
    yield "empty", ""
    yield "space in", " " + value
    yield "zero before", "0" + value
    yield "upper-case", value.upper()
    if value.isdigit():
        number = int(value)
        yield "increase", str(number + 1)
        yield "add the order to", str(number + group.order)
        yield "negate", str(-number % group.order)
        yield "sign", "-" + value
        yield "unquote", number
    if value == group.text(group.generator) or len(value) == 64:
        yield "neutral", group.text(group.identity)
        yield "generator", group.text(group.generator)
        yield "increase", f"{int(value, 16) + 1:064x}" if set(value) <= set("0123456789abcdef") else value


def spellings(data: bytes) -> Iterator[Mutant]:
    """Other JSON texts of the same value: spaces, escapes, a repeated field, a byte order mark."""
    changes: dict[str, Callable[[bytes], bytes]] = {
        "space after a comma": lambda text: text.replace(b",", b", ", 1),
        "newline at the end": lambda text: text + b"\n",
        "space at the start": lambda text: b" " + text,
        "byte order mark": lambda text: b"\xef\xbb\xbf" + text,
        "escaped letter": lambda text: text.replace(b'"e', b'"\\u0065', 1),
        "repeated field": lambda text: text.replace(b"{", b'{"election_uuid":"",', 1),
        "second value": lambda text: text + b"{}",
        "cut": lambda text: text[:-1],
        "not UTF-8": lambda text: text.replace(b'"e', b'"\xff', 1),
    }
    for name, change in changes.items():
        changed = change(data)
        if changed != data:
            yield Mutant(name, changed)
