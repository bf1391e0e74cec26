"""Rows as lines of CSV (RFC 4180, UTF-8) and of JSON, one row at a time."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime

from pydantic_core import to_json

Cell = str | int | float | date | datetime | None
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""With these a spreadsheet takes a text for a formula."""


def csv_lines(names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """A header and the rows. A text that a spreadsheet would run begins with an apostrophe."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\r\n")
    for cells in _with_header(names, rows):
        writer.writerow([_cell(value) for value in cells])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _with_header(names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    yield names
    yield from rows


def _cell(value: Cell) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def json_lines(names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """One array of objects, an object per line."""
    before = "[\n"
    for cells in rows:
        yield before + to_json(dict(zip(names, cells, strict=True))).decode()
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
