"""``python -m voting recount FILE``: count a published vote again, with nothing but the file and Python.

FILE is the JSON file of an election's results page. The rules and the ballots are hashed, the ballots are counted by
the rules, and what comes out is compared with what was published. The exit code is 0 only if everything is equal.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

from voting.domain import box_file
from voting.domain.award import Award
from voting.domain.ballots import decode
from voting.domain.box_file import PublishedBallot
from voting.domain.count import Judged, Result, count
from voting.domain.rules import FORMATS, sha256
from voting.domain.rules_text import from_document


@dataclass(frozen=True, slots=True)
class Check:
    """Something that was published and what was found."""

    what: str
    published: str
    found: str

    @property
    def equal(self) -> bool:
        """Whether both are the same."""
        return self.published == self.found


def main(arguments: Sequence[str]) -> int:
    """Run the command; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m voting recount", description=__doc__)
    parser.add_argument("file", type=Path, help="the JSON file of ballots of an election's results page")
    path: Path = parser.parse_args(arguments).file
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        checks, result = recount(document)
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.stdout.write(f"{path}: this file cannot be recounted: {error}\n")
        return 2
    _print(result, checks, sys.stdout)
    return 0 if all(check.equal for check in checks) else 1


def recount(document: dict[str, Any]) -> tuple[list[Check], Result]:
    """Everything that can be checked, and the count. Raises ``ValueError`` or ``KeyError`` for another kind of file."""
    if document["format"] != box_file.FORMAT:
        raise ValueError(f"its format is {document['format']!r}")
    published, frozen = document["result"], json.loads(document["rules"])
    if frozen["format"] not in FORMATS:
        raise ValueError(f"the format of its rules is {frozen['format']!r}")
    rules = from_document(frozen)
    ballots = list(_ballots(document))
    result = count(rules, (decode(rules, one.ballot) for one in ballots))
    checks = [
        Check("SHA-256 of the rules", published["rules_sha256"], sha256(document["rules"])),
        Check("SHA-256 of the ballots", published["ballots_sha256"], _digest(ballots)),
        Check("ballots", str(published["ballots"]), str(result.ballots)),
        Check("blank ballots", str(published["blank_ballots"]), str(result.blank_ballots)),
        Check("receipts, each once", str(len(ballots)), str(len({one.receipt_sha256 for one in ballots}))),
        Check("order of the projects", _order(published), ", ".join(p.candidate.id for p in result.award.placed)),
        Check("cost of the chosen projects", str(published["spent"]), str(result.award.spent)),
        Check("ties", _published_ties(published), _ties(result.award)),
    ]
    return checks + [_project_check(one, result) for one in published["ranking"]], result


def _ballots(document: dict[str, Any]) -> Iterator[PublishedBallot]:
    for place, (number, receipt, ballot) in enumerate(document["ballots"], start=1):
        if number != place:
            raise ValueError(f"ballot {place} bears the number {number}")
        yield PublishedBallot(number, receipt, ballot)


def _digest(ballots: list[PublishedBallot]) -> str:
    digest = hashlib.sha256(box_file.HEADING.encode())
    for line in box_file.csv_lines(ballots):
        digest.update(line.encode())
    return digest.hexdigest()


def _order(published: dict[str, Any]) -> str:
    return ", ".join(one["candidate_id"] for one in published["ranking"])


def _published_ties(published: dict[str, Any]) -> str:
    return _said((one["candidate_ids"], one["decisive"]) for one in published["ties"])


def _ties(award: Award) -> str:
    return _said((one.candidate_ids, one.decisive) for one in award.ties)


def _said(ties: Iterable[tuple[Sequence[str], bool]]) -> str:
    return "; ".join(f"{' = '.join(ids)}{' decided by the tie-break' if decisive else ''}" for ids, decisive in ties)


def _project_check(published: dict[str, Any], result: Result) -> Check:
    id_ = published["candidate_id"]
    placed = next(one for one in result.award.placed if one.candidate.id == id_)
    beside = result.by_shares and next(one.verdict.value for one in result.by_shares.placed if one.candidate.id == id_)
    details = {
        "available": placed.available,
        "excluded_by": placed.excluded_by,
        "price": placed.price,
        "together": placed.together,
        "by_shares": beside,
    }
    return Check(
        next(iter(placed.candidate.title.values())),
        f"{published['rank']}. {_published_score(published)} {published['verdict']}"
        + "".join(f", {name} {published[name]}" for name in details if published.get(name) is not None),
        f"{placed.rank}. {_score(result, id_)} {placed.verdict.value}"
        + "".join(f", {name} {value}" for name, value in details.items() if value is not None),
    )


def _published_score(published: dict[str, Any]) -> str:
    if published["judgment"] is None:
        return _tally(published["votes"], published.get("points"), published.get("opinions"))
    return "/".join(str(one["count"]) for one in published["judgment"]["profile"])


def _score(result: Result, id_: str) -> str:
    judged: Judged | None = result.judgments.get(id_)
    if judged is None:
        opinions = result.opinions.get(id_)
        return _tally(result.votes[id_], result.points.get(id_), asdict(opinions) if opinions else None)
    return "/".join(map(str, judged.profile))


def _tally(votes: int, points: int | None, opinions: dict[str, int] | None) -> str:
    if opinions:
        return f"{opinions['in_favour']} for, {opinions['against']} against, {opinions['abstained']} abstain"
    return str(votes) if points is None else f"{votes} ({points} points)"


def _print(result: Result, checks: list[Check], out: TextIO) -> None:
    for check in checks:
        said = "equal" if check.equal else f"DIFFERENT: published {check.published}, counted {check.found}"
        out.write(f"{check.what}: {check.found if check.equal else ''} {said}\n")
    different = sum(not check.equal for check in checks)
    out.write(f"\n{result.ballots} ballots recounted. ")
    out.write("Everything is equal.\n" if not different else f"{different} differences.\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
