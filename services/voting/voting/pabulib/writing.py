"""Writes a Pabulib file row by row, never holding the ballots in memory."""

import csv
import gzip
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TextIO


def write(
    path: Path,
    meta: Mapping[str, str],
    projects: tuple[Sequence[str], Iterable[Mapping[str, str]]],
    votes: tuple[Sequence[str], Iterable[Mapping[str, str]]],
) -> None:
    """Write a file; ``projects`` and ``votes`` are columns and rows. Compressed if its name ends with ``.gz``."""
    with _text(path) as stream:
        out = csv.writer(stream, delimiter=";", lineterminator="\n")
        out.writerows([["META"], ["key", "value"]])
        out.writerows(meta.items())
        for section, (columns, rows) in (("PROJECTS", projects), ("VOTES", votes)):
            out.writerows([[section], columns])
            out.writerows([row.get(column, "") for column in columns] for row in rows)


def _text(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "wt", encoding="utf-8", newline="")
    return path.open("w", encoding="utf-8", newline="")
