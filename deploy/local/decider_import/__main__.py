"""``python -m decider_import PLAN FOLDER --site URL --account E-MAIL``: a Decidim export into a running suite.

Through the public API, as an administrator, whose password is asked for or read from the standard input. What was taken
over in an earlier run is not taken twice. ``--check`` reads and reports, and sends nothing. Exit code 2: the plan or a
file cannot be used, and nothing was sent.
"""

import getpass
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from decider_demo.api import Api, Refused
from decider_demo.importing import take_over
from decider_demo.source import Report
from decider_local.console import say

from decider_import import decidim, plan
from decider_import.report import tell


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="python -m decider_import", description="Take over a Decidim export.")
    parser.add_argument("plan", type=Path, help="the plan, a TOML file")
    parser.add_argument("folder", type=Path, help="the folder of the export")
    parser.add_argument("--site", default="http://127.0.0.1:8000", help="the address of the site")
    parser.add_argument("--account", default="", help="the e-mail address of an administrator")
    parser.add_argument("--from-address", default="", help="the address of this machine that has no rate limit")
    parser.add_argument("--report", type=Path, default=Path("import-report.csv"), help="where rows that did not fit go")
    parser.add_argument("--check", action="store_true", help="read and report only")
    return parser.parse_args()


def _password() -> str:
    return getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def _stop(reason: object) -> int:
    sys.stderr.write(f"{reason}\n")
    return 2


def main() -> int:
    """Read, send, report; the exit code."""
    options = _arguments()
    try:
        wanted = plan.read(options.plan)
    except plan.PlanError as error:
        return _stop(error)
    names = (*wanted.files.proposals, *wanted.files.debates, *wanted.files.comments)
    missing = [name for name in names if not (options.folder / name).is_file()]
    if missing:
        return _stop(f"There is no {', no '.join(missing)} in {options.folder}")
    export = decidim.read(options.folder, wanted)
    say(f"  {len(export.imports):,} dossiers, {export.supports:,} supports and {export.messages:,} messages to send")
    if options.check:
        tell(export, Report(), options.report)
        return 0
    api = Api(options.site, options.from_address)
    try:
        api.sign_in(options.account, _password())
    except Refused as error:
        return _stop(f"{options.account}: {error}")
    tell(export, take_over(api, wanted.source, export.imports), options.report)
    api.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
