"""decider-verify: check an election from its archive alone.

Exit code 0 when everything held, 1 when something did not, 2 when the command or the file is wrong.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from belenios.verifier.render import render
from belenios.verifier.report import Report
from belenios.verifier.texts import LANGUAGES, TEXTS, default_language
from belenios.verifier.verify import Request, verify

HELD, REFUSED, MISUSED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; return its exit code."""
    options = _parser(_language(arguments)).parse_args(arguments)
    say = TEXTS[options.lang]
    try:
        report = _verify(options)
    except OSError as error:
        sys.stderr.write(say["unreadable"].format(file=error.filename, reason=error.strerror) + "\n")
        return MISUSED
    if options.json:
        sys.stdout.write(json.dumps(report.as_json(), ensure_ascii=True, indent=2) + "\n")
    else:
        sys.stdout.write(render(report, options.lang))
    return HELD if report.accepted else REFUSED


def _language(arguments: Sequence[str] | None) -> str:
    """The language of the help itself, which is needed before the options are read."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    asked = [word for word in LANGUAGES if word in words or f"--lang={word}" in words]
    return asked[0] if asked else default_language()


def _parser(language: str) -> argparse.ArgumentParser:
    say = TEXTS[language]
    parser = argparse.ArgumentParser(prog="decider-verify", description=say["program"])
    parser.add_argument("file", type=Path, help=say["file"])
    parser.add_argument("--json", action="store_true", help=say["json"])
    parser.add_argument("--ballot", metavar="TRACKER", help=say["ballot"])
    parser.add_argument("--previous", metavar="OLD.bel", type=Path, help=say["previous"])
    parser.add_argument("--jobs", metavar="N", type=positive, default=1, help=say["jobs"])
    parser.add_argument("--unfinished", action="store_true", help=say["unfinished"])
    parser.add_argument("--lang", choices=LANGUAGES, default=language, help=say["lang"])
    return parser


def positive(text: str) -> int:
    """Read a number of processes, for argparse."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} < 1")
    return number


def _verify(options: argparse.Namespace) -> Report:
    """Verify with a progress bar on the terminal, in bytes of the archive."""
    size = options.file.stat().st_size
    description = TEXTS[options.lang]["reading"]
    with tqdm(total=size, desc=description, unit="B", unit_scale=True, disable=None, leave=False) as bar:
        request = Request(
            jobs=options.jobs,
            unfinished=options.unfinished,
            ballot=options.ballot,
            previous=options.previous,
            progress=lambda done: bar.update(done - bar.n),
        )
        return verify(options.file, request)


if __name__ == "__main__":
    sys.exit(main())
