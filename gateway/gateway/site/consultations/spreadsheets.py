"""Tables as CSV that no spreadsheet takes for formulas: a cell that begins like one gets an apostrophe in front."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
BYTE_ORDER_MARK = "\ufeff"
"""Tells a spreadsheet that the file is UTF-8."""

Cell = str | int | float | None


def safe(cell: Cell) -> str | int | float:
    """The cell as data. Numbers stay numbers; words that look like a formula become plain words."""
    if cell is None:
        return ""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA):
        return f"'{cell}"
    return cell


def to_csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The table, in UTF-8, with a semicolon between cells as French spreadsheets expect."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return (BYTE_ORDER_MARK + written.getvalue()).encode()
