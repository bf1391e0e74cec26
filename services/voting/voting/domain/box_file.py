"""The published files of ballots. The SHA-256 of the CSV, byte for byte, is in the result.

CSV: a heading, then one line a ballot: its number, the SHA-256 of its receipt, the ballot. Ballots stand in the order
of their receipts' hashes: an order that nobody chose and that has nothing to do with when they were cast.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

HEADING = "number;receipt_sha256;ballot\n"
FORMAT = "decider-open-ballots/1"


@dataclass(frozen=True, slots=True)
class PublishedBallot:
    """A ballot as it is published."""

    number: int
    receipt_sha256: str
    ballot: str


def csv_lines(ballots: Iterable[PublishedBallot]) -> Iterator[str]:
    """The lines of the CSV file, without its heading."""
    for one in ballots:
        yield f"{one.number};{one.receipt_sha256};{one.ballot}\n"


def read_csv(lines: Iterable[str]) -> Iterator[PublishedBallot]:
    """The ballots of a CSV file. Raises ``ValueError``, with the line, for anything that is not such a file."""
    heading, *rest = [""] if (all_lines := list(lines)) == [] else all_lines
    if heading != HEADING:
        raise ValueError("line 1: this is not a file of ballots")
    for place, line in enumerate(rest, start=2):
        number, receipt, ballot = _cells(line, place)
        yield PublishedBallot(number, receipt, ballot)


def _cells(line: str, place: int) -> tuple[int, str, str]:
    cells = line.removesuffix("\n").split(";")
    if len(cells) != 3 or not cells[0].isdigit() or int(cells[0]) != place - 1:
        raise ValueError(f"line {place}: not the ballot number {place - 1}")
    return int(cells[0]), cells[1], cells[2]


def json_head(rules_canonical: str, result: object) -> str:
    """How the JSON file begins: its format, the rules as a string so that their bytes can be hashed, the result."""
    head = {"format": FORMAT, "rules": rules_canonical, "result": result}
    return json.dumps(head, ensure_ascii=False)[:-1] + ',"ballots":['


def json_rows(ballots: Iterable[PublishedBallot]) -> Iterator[str]:
    """The ballots in the JSON file, each with the comma before it where one is needed."""
    for one in ballots:
        row = json.dumps([one.number, one.receipt_sha256, one.ballot], ensure_ascii=False)
        yield row if one.number == 1 else f",\n{row}"


JSON_TAIL = "]}\n"
