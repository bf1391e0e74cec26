"""What a look at a file gives."""

from dataclasses import dataclass


class Refused(Exception):
    """The file may not be published. ``code`` is a stable reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Clean:
    """A file as it may be published."""

    media_type: str
    content: bytes
    width: int | None = None
    height: int | None = None
    thumbnail: bytes = b""
    """A small picture of it, in the same type; empty: there is none."""
