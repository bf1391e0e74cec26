"""One record of the archive: a tar entry whose every byte follows from its name, content and timestamp (§11)."""

from typing import NamedTuple

BLOCK = 512
FIRST = "BELENIOS"
LATEST = 8**11 - 1


class Record(NamedTuple):
    """A record as read: `position` is the offset of its header in the file, `end` that of the next record."""

    name: str
    data: bytes
    position: int

    @property
    def end(self) -> int:
        """Offset of the next record."""
        return self.position + BLOCK + padded(len(self.data))


def padded(size: int) -> int:
    """Round a size up to whole blocks."""
    return -(-size // BLOCK) * BLOCK


def header(name: str, size: int, timestamp: int) -> bytes:
    """Build the 512 bytes before the content: fixed rights and owner, one date for all, a checksum."""
    block = bytearray(BLOCK)
    fields = {
        0: name.encode(),
        100: b"0000644",
        108: b"0000000",
        116: b"0000000",
        124: b"%011o" % size,
        136: b"%011o" % timestamp,
        148: b" " * 8,
        156: b"0",
    }
    for offset, value in fields.items():
        block[offset : offset + len(value)] = value
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def encode(name: str, data: bytes, timestamp: int) -> bytes:
    """Build a whole record."""
    return header(name, len(data), timestamp) + data.ljust(padded(len(data)), b"\0")
