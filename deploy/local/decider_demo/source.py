"""Reading published data line by line, and keeping account of what was taken and what was refused."""

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO


class Unfit(ValueError):
    """A row that cannot be taken; the text says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row and where it stands."""

    file: str
    line: int
    values: dict[str, Any]


@dataclass(slots=True)
class Report:
    """What became of the rows of one job."""

    title: str
    added: int = 0
    already: int = 0
    refused: list[str] = field(default_factory=list)

    def refuse(self, row: Row, reason: str) -> None:
        """Note that a row was not taken."""
        self.refused.append(f"{row.file}:{row.line}: {reason}")

    def took(self, *, new: bool) -> None:
        """Note that a row was taken, or had been before."""
        if new:
            self.added += 1
        else:
            self.already += 1


def opened(path: Path) -> TextIO:
    """A text file, compressed or not, without its byte order mark."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def json_lines(path: Path) -> Iterator[Row]:
    """The objects of a file with one JSON object a line."""
    with opened(path) as text:
        for number, line in enumerate(text, start=1):
            yield Row(path.name, number, json.loads(line))


def table(path: Path, delimiter: str = ";") -> Iterator[Row]:
    """The rows of a CSV file with a header; the line is the one where the row ends."""
    with opened(path) as text:
        reader = csv.DictReader(text, delimiter=delimiter)
        for values in reader:
            yield Row(path.name, reader.line_num, dict(values))
