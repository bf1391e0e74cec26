"""Where bytes are kept: named after their SHA-256, written whole or not at all, never changed."""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple, Protocol


class Kept(NamedTuple):
    """A file of the store."""

    digest: str
    kept_at: datetime
    """When it was put last."""


class Store(Protocol):
    """Keeps files. Raises ``OSError`` when it cannot."""

    def put(self, content: bytes) -> str:
        """Keep it; its SHA-256. When this returns, it is on disk. Putting it again renews ``kept_at``."""
        ...

    def read(self, digest: str, start: int, length: int) -> bytes:
        """Bytes of a file from ``start``."""
        ...

    def delete(self, digest: str) -> None:
        """Remove a file, if it is there."""
        ...

    def list(self) -> Iterator[Kept]:
        """Every file."""
        ...


def digest_of(content: bytes) -> str:
    """How a file is named."""
    return sha256(content).hexdigest()


class Directory:
    """A store in a directory of this machine, or of a volume that all replicas mount."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def _path(self, digest: str) -> Path:
        return self._root / digest[:2] / digest

    def put(self, content: bytes) -> str:
        """See :class:`Store`."""
        digest = digest_of(content)
        path = self._path(digest)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        with NamedTemporaryFile(dir=path.parent, prefix=digest, delete=False) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(path)
        for folder in (path.parent, self._root):
            _sync(folder)
        return digest

    def read(self, digest: str, start: int, length: int) -> bytes:
        """See :class:`Store`."""
        with self._path(digest).open("rb") as file:
            file.seek(start)
            return file.read(length)

    def delete(self, digest: str) -> None:
        """See :class:`Store`."""
        with suppress(FileNotFoundError):
            self._path(digest).unlink()

    def list(self) -> Iterator[Kept]:
        """See :class:`Store`. What a process that died was writing is listed too, under a name that nothing needs."""
        for path in sorted(self._root.glob("??/*")):
            with suppress(FileNotFoundError):
                yield Kept(path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC))


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
