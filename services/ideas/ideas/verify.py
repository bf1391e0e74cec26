"""``python -m ideas.verify RECORDS --heads HEADS --key KEY``: recompute everything from the published files alone.

RECORDS is ``records.jsonl`` of the open data, or one record as the API gives it. Without HEADS only the chain of each
record is recomputed. Needs Python and the package ``cryptography``, no database and no settings. Exit code 0: all
holds; 1: something does not, and each finding is printed; 2: a file could not be read.
"""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ideas.domain.audit import findings
from ideas.domain.heads import Entry, Head
from ideas.domain.record import Link, Step
from ideas.signing import holds

Lines = list[dict[str, Any]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was found; the exit code."""
    options = _options(arguments)
    try:
        problems = list(_problems(options))
        records, heads = len(_lines(options.records)), len(_lines(options.heads))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        sys.stderr.write(f"cannot be read: {type(error).__name__}: {error}\n")
        return 2
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    sys.stdout.write(f"{records} records, {heads} heads recomputed: {len(problems) or 'no'} findings\n")
    return 1 if problems else 0


def _options(arguments: Sequence[str] | None) -> Namespace:
    parser = ArgumentParser(prog="python -m ideas.verify", description="Recompute the published records.")
    parser.add_argument("records", type=Path, help="records.jsonl, or one record as the API gives it")
    parser.add_argument("--heads", type=Path, help="heads.jsonl")
    parser.add_argument("--key", action="append", default=[], help="a public key that you trust, in base64; repeatable")
    options = parser.parse_args(arguments)
    if options.heads and not options.key:
        parser.error("say with --key whose signatures you trust")
    return options


def _problems(options: Namespace) -> Iterator[str]:
    records: dict[str, list[Link]] = {}
    for line in _lines(options.records):
        if line["number"] in records:
            yield f"{line['number']}: is there twice"
        records[line["number"]] = [_link(step) for step in line["steps"]]
    heads = _lines(options.heads)
    for head in heads:
        if not any(holds(key, head["signature"], head["hash"]) for key in options.key):
            yield f"head of {head['day']}: is not signed with a key that you trust"
    yield from findings(records, [_head(head) for head in heads])


def _lines(file: Path | None) -> Lines:
    if file is None:
        return []
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def _link(given: dict[str, Any]) -> Link:
    text = given["text"]
    withheld = None if text else given["text_digest"]
    step = Step(given["kind"], given["actor"], given["service"], given["reason"], text, given["facts"], withheld)
    at = datetime.fromisoformat(given["at"])
    return Link(given["position"], at, step, given["previous"], given["hash"])


def _head(given: dict[str, Any]) -> Head:
    records = tuple(Entry(number, position, hashed) for number, position, hashed in given["records"])
    until = datetime.fromisoformat(given["until"])
    return Head(date.fromisoformat(given["day"]), until, given["previous"], records, given["hash"])


if __name__ == "__main__":
    sys.exit(main())
