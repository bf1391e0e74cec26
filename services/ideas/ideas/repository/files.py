"""Files of open data, kept in parts of whole lines."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row
from sqlalchemy.dialects.postgresql import insert

from ideas.published_tables import data_files, data_parts

PART = 256 * 1024
"""About how many characters a part has: little enough for one message."""
KEPT = timedelta(hours=36)
"""How long the parts of an older version stay, for downloads that have begun."""


class Files:
    """The files, as they were made last."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def list(self) -> Sequence[Row]:
        """All files, by name."""
        return self._connection.execute(sa.select(data_files).order_by(data_files.c.name)).all()

    def part(self, version: UUID, part: int) -> str | None:
        """A part of a version, as long as it is kept."""
        where = (data_parts.c.version == version) & (data_parts.c.part == part)
        return self._connection.scalar(sa.select(data_parts.c.text).where(where))

    def made_for(self, day: date) -> frozenset[str]:
        """The names of the files that were made for a day."""
        return frozenset(self._connection.scalars(sa.select(data_files.c.name).where(data_files.c.day == day)))

    def write(  # noqa: PLR0913 -- a file and what is said of it
        self, name: str, lines: Iterable[str], *, frame: int, version: UUID, day: date, now: datetime
    ) -> None:
        """Make a file of its lines, the new current one of its name. ``frame``: how many of the lines are no rows."""
        digest, size, rows, parts = hashlib.sha256(), 0, -frame, 0
        for parts, kept in enumerate(_parts(lines), start=1):
            text = "".join(kept)
            digest.update(text.encode())
            size += len(text.encode())
            rows += len(kept)
            row = {"version": version, "part": parts, "text": text, "made_at": now}
            self._connection.execute(sa.insert(data_parts).values(row))
        made = {"day": day, "size": size, "rows": rows, "digest": digest.hexdigest()}
        made |= {"version": version, "parts": parts, "made_at": now}
        new = insert(data_files).values(name=name, **made)
        self._connection.execute(new.on_conflict_do_update(index_elements=["name"], set_=made))

    def forget_old(self, now: datetime) -> None:
        """Remove the parts of older versions that nobody reads any more."""
        current = sa.select(data_files.c.version)
        old = (data_parts.c.made_at < now - KEPT) & data_parts.c.version.notin_(current)
        self._connection.execute(sa.delete(data_parts).where(old))


def _parts(lines: Iterable[str]) -> Iterator[list[str]]:
    kept: list[str] = []
    length = 0
    for line in lines:
        kept.append(line)
        length += len(line)
        if length >= PART:
            yield kept
            kept, length = [], 0
    if kept:
        yield kept
