"""``python -m voting pabulib check|winners|import|export``: real elections in and out.

``check`` reads files and says what is wrong with them. ``winners`` says which rule gives the winners that they publish.
``import`` writes the bodies of our API, or sends them: it drafts the election and, given voters, casts their ballots.
``export`` writes a published election as a Pabulib file. Rows that cannot be used are named on standard error (file,
line, reason); a table at the end says how many there were.
"""

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from voting.pabulib import winners
from voting.pabulib.api import Api, Refused
from voting.pabulib.exporting import export
from voting.pabulib.mapping import Frame, NotOffered, ballot_of, draft_of
from voting.pabulib.reading import NotPabulib, Reader, Vote, opened

AT_ONCE = 32
MOST_WAITING = 1_000


@dataclass(frozen=True, slots=True)
class Line:
    """What became of a file."""

    file: str
    projects: int = 0
    ballots: int = 0
    refused: int = 0
    done: str = ""


def main(arguments: Sequence[str]) -> int:
    """Run the command; 0 only if every row of every file was used."""
    options = _parser().parse_args(arguments)
    return int(options.run(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m voting pabulib", description=__doc__)
    commands = parser.add_subparsers(required=True)
    check = commands.add_parser("check", help="read files and say what is wrong with them")
    check.add_argument("files", nargs="+", type=Path)
    check.set_defaults(run=_check_all)
    found = commands.add_parser("winners", help="which rule gives the published winners, or what is different")
    found.add_argument("files", nargs="+", type=Path)
    found.set_defaults(run=_tell_winners)
    _import_arguments(commands.add_parser("import", help="a file as a new election"))
    out = commands.add_parser("export", help="a published election as a file")
    out.add_argument("published", type=Path, help="the JSON file of ballots of the results page")
    out.add_argument("target", type=Path, help="FILE.pb or FILE.pb.gz")
    out.set_defaults(run=_export)
    return parser


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    parser.add_argument("file", type=Path)
    parser.add_argument("--slug", required=True, help="the address of the election")
    parser.add_argument("--opens", type=datetime.fromisoformat, default=now, help="default: now")
    parser.add_argument("--closes", type=datetime.fromisoformat, default=now + timedelta(days=14), help="two weeks")
    parser.add_argument("--action", default="vote_budget", help="what voters must be allowed to do")
    parser.add_argument("--language", default="fr", help="the language of the file")
    parser.add_argument("--out", type=Path, help="write election.json and ballots.jsonl into this folder")
    parser.add_argument("--api", help="send it to this deployment: https://…")
    parser.add_argument("--token-file", type=Path, help="a campaign manager's access token")
    parser.add_argument("--voters", type=Path, help="CSV voter_id;token: cast each ballot with this access token")
    parser.set_defaults(run=_import)


def _check_all(options: argparse.Namespace) -> int:
    lines = [_checked(path) for path in options.files]
    return _summary(lines)


def _checked(path: Path) -> Line:
    try:
        with opened(path) as reader:
            ballots = sum(1 for _ in reader.votes())
            return _line(path, reader, ballots, "read")
    except (NotPabulib, OSError) as error:
        return _unusable(path, error)


def _tell_winners(options: argparse.Namespace) -> int:
    unusable = 0
    for path in options.files:
        try:
            sys.stdout.write(f"{path.name}: {winners.told(path)}\n")
        except (NotPabulib, OSError) as error:
            unusable += 1
            sys.stderr.write(f"{path}: {error}\n")
    return 1 if unusable else 0


def _line(path: Path, reader: Reader, ballots: int, done: str) -> Line:
    for problem in reader.problems:
        place = f"{path}:{problem.line}" if problem.line else str(path)
        sys.stderr.write(f"{place}: {problem.reason}\n")
    return Line(path.name, len(reader.projects), ballots, len(reader.problems), done)


def _unusable(path: Path, error: Exception) -> Line:
    sys.stderr.write(f"{path}: {error}\n")
    return Line(path.name, refused=1, done="not used")


def _summary(lines: Sequence[Line]) -> int:
    width = max([len(line.file) for line in lines] + [4])
    sys.stdout.write(f"{'file':<{width}}  projects   ballots  refused  \n")
    for line in lines:
        sys.stdout.write(
            f"{line.file:<{width}}  {line.projects:>8}  {line.ballots:>8}  {line.refused:>7}  {line.done}\n"
        )
    sums = [sum(column) for column in zip(*((one.projects, one.ballots, one.refused) for one in lines), strict=True)]
    sys.stdout.write(f"{'in all':<{width}}  {sums[0]:>8}  {sums[1]:>8}  {sums[2]:>7}\n")
    return 1 if sums[2] else 0


def _import(options: argparse.Namespace) -> int:
    try:
        with opened(options.file) as reader:
            frame = _frame(options)
            draft = draft_of(reader, frame)
            if options.api:
                return _send(options, reader, draft)
            return _write(options, reader, draft)
    except (NotPabulib, NotOffered, Refused, OSError) as error:
        return _summary([_unusable(options.file, error)])


def _frame(options: argparse.Namespace) -> Frame:
    id_ = str(uuid5(NAMESPACE_URL, f"election {options.slug}"))
    opens, closes = (_with_zone(moment) for moment in (options.opens, options.closes))
    return Frame(id_, options.slug, opens, closes, options.action, options.language)


def _with_zone(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _write(options: argparse.Namespace, reader: Reader, draft: dict[str, Any]) -> int:
    folder: Path = options.out or Path()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "election.json").write_text(json.dumps(draft, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    ballots = 0
    with (folder / "ballots.jsonl").open("w", encoding="utf-8") as out:
        for vote in reader.votes():
            ballots += 1
            out.write(
                json.dumps(
                    {"voter": vote.voter, "ballot": ballot_of(draft["method"]["kind"], vote)}, ensure_ascii=False
                )
                + "\n"
            )
    return _summary([_line(options.file, reader, ballots, f"written to {folder}")])


def _send(options: argparse.Namespace, reader: Reader, draft: dict[str, Any]) -> int:
    api, token = Api(options.api), options.token_file.read_text(encoding="utf-8").strip()
    api.call("POST", "/elections", token, draft)
    api.call("POST", f"/elections/{draft['id']}/opening", token, {})
    if options.voters is None:
        ballots = sum(1 for _ in reader.votes())
        return _summary([_line(options.file, reader, ballots, "announced; no ballot cast")])
    refused = 0
    with options.voters.open(encoding="utf-8", newline="") as rows:
        tokens = {row["voter_id"]: row["token"] for row in csv.DictReader(rows, delimiter=";")}
    cast = partial(_cast, api, str(draft["id"]), tokens, draft["method"]["kind"])
    for count, (vote, reason) in enumerate(_together(cast, reader.votes()), start=1):
        if reason:
            refused += 1
            sys.stderr.write(f"{options.file}:{vote.line}: {reason}\n")
        if sys.stderr.isatty() and count % 100 == 0:
            sys.stderr.write(f"\r{count} of {reader.meta.get('num_votes')} ballots")
    line = _line(options.file, reader, reader.ballots - refused, "cast")
    return _summary([Line(line.file, line.projects, line.ballots, line.refused + refused, line.done)])


def _cast(api: Api, election_id: str, tokens: dict[str, str], kind: str, vote: Vote) -> tuple[Vote, str]:
    if vote.voter not in tokens:
        return vote, f"there is no token for the voter {vote.voter!r}"
    body = {"cast_id": str(uuid5(NAMESPACE_URL, f"{election_id} {vote.voter}")), "ballot": ballot_of(kind, vote)}
    try:
        api.call("POST", f"/elections/{election_id}/ballots", tokens[vote.voter], body)
    except (Refused, OSError) as error:
        return vote, f"not cast: {error}"
    return vote, ""


def _together(cast: partial[tuple[Vote, str]], votes: Iterable[Vote]) -> Iterator[tuple[Vote, str]]:
    """Cast many at once, without reading further ahead than needed."""
    waiting: list[Vote] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for vote in votes:
            waiting.append(vote)
            if len(waiting) == MOST_WAITING:
                yield from pool.map(cast, waiting)
                waiting = []
        yield from pool.map(cast, waiting)


def _export(options: argparse.Namespace) -> int:
    try:
        ballots = export(options.published, options.target)
    except (OSError, ValueError, KeyError, TypeError) as error:
        return _summary([_unusable(options.published, error)])
    return _summary([Line(options.published.name, ballots=ballots, done=f"written to {options.target}")])
