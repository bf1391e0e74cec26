"""Writing an archive, record after record, in the order of the election's life; only the last event's hash is kept."""

from dataclasses import dataclass
from typing import Protocol

from belenios.archive.events import (
    FOLLOWING,
    Event,
    Kind,
    Owned,
    Setup,
    SizedTally,
    write_event,
    write_owned,
    write_setup,
    write_sized,
)
from belenios.archive.record import FIRST, LATEST, encode
from belenios.encoding import compact_bytes, hex_digest


@dataclass(frozen=True, slots=True)
class Position:
    """How far an archive was written: its last event, by kind and hash, and the height of the next."""

    kind: Kind
    parent: str
    height: int


class Sink(Protocol):
    """Where an archive is written to."""

    def write(self, data: bytes, /) -> object:
        """Append bytes."""


class ArchiveWriter:
    """Appends to a binary stream. ValueError when an event comes out of order or a date does not fit.

    `timestamp`, in seconds since 1970, is written into every record: an archive has one date. With `after`, an archive
    that was written so far is gone on with.
    """

    def __init__(self, stream: Sink, timestamp: int, after: Position | None = None) -> None:
        if not 0 <= timestamp <= LATEST:
            raise ValueError("a timestamp of eleven octal digits is needed")
        self._stream = stream
        self._timestamp = timestamp
        self._last: Kind | None = None
        self._parent: str | None = None
        self._height = 0
        if after is not None:
            self._last, self._parent, self._height = after.kind, after.parent, after.height
            return
        first = compact_bytes({"version": 1, "timestamp": str(timestamp)})
        stream.write(encode(FIRST, first, timestamp))

    @property
    def position(self) -> Position:
        """How far it is written. ValueError before the first event."""
        if self._last is None or self._parent is None:
            raise ValueError("nothing is written yet")
        return Position(self._last, self._parent, self._height)

    def setup(self, election: bytes, trustees: bytes, credentials: bytes) -> None:
        """Write election.json, trustees.json and the roll."""
        self._expect(Kind.SETUP)
        record = Setup(self._data(election), self._data(trustees), self._data(credentials))
        self._event(Kind.SETUP, self._data(write_setup(record)))

    def ballot(self, ballot: bytes) -> None:
        """Write a ballot."""
        self._expect(Kind.BALLOT)
        self._event(Kind.BALLOT, self._data(ballot))

    def end_ballots(self) -> None:
        """Say that no ballot follows."""
        self._expect(Kind.END_BALLOTS)
        self._event(Kind.END_BALLOTS, None)

    def encrypted_tally(self, tally: bytes, num_tallied: int, total_weight: int) -> None:
        """Write the encrypted tally of so many counted ballots of that total weight."""
        self._expect(Kind.ENCRYPTED_TALLY)
        sized = SizedTally(num_tallied, total_weight, self._data(tally))
        self._event(Kind.ENCRYPTED_TALLY, self._data(write_sized(sized)))

    def partial_decryption(self, owner: int, decryption: bytes) -> None:
        """Write the partial decryption of trustee number `owner`, from 1."""
        self._expect(Kind.PARTIAL_DECRYPTION)
        owned = Owned(owner, self._data(decryption))
        self._event(Kind.PARTIAL_DECRYPTION, self._data(write_owned(owned)))

    def result(self, result: bytes) -> None:
        """Write the result, which ends the archive."""
        self._expect(Kind.RESULT)
        self._event(Kind.RESULT, self._data(result))

    def _expect(self, kind: Kind) -> None:
        if kind not in FOLLOWING[self._last]:
            raise ValueError(f"{kind} cannot follow {self._last or 'the beginning'}")

    def _data(self, data: bytes) -> str:
        digest = hex_digest(data)
        self._stream.write(encode(f"{digest}.data.json", data, self._timestamp))
        return digest

    def _event(self, kind: Kind, payload: str | None) -> None:
        data = write_event(Event(self._parent, self._height, kind, payload))
        self._parent = hex_digest(data)
        self._stream.write(encode(f"{self._parent}.event.json", data, self._timestamp))
        self._last = kind
        self._height += 1
