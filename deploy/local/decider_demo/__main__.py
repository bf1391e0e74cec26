"""``python -m decider_demo <data>``: real input through the public API of the suite that runs here, then a table.

Imports Paris's projects and the opinions of République numérique, the districts' outlines, and holds the vote of
Toulouse 2024 again. What was done in an earlier run is not done twice. Exit code 1 if the count differs from the
published one.
"""

import sys
from pathlib import Path

from decider_local import demo
from decider_local.state import State
from decider_local.suite import TERRITORY
from decider_local.up import up

from decider_demo import outlines, paris, republique, toulouse
from decider_demo.importing import take_over
from decider_demo.inhabitants import Counter
from decider_demo.table import print_poll, print_reports

FILES = (outlines.FILE, paris.DESCRIPTIONS, paris.MILESTONES, republique.OPINIONS, toulouse.FILE)
"""What the folder must hold."""


def run(data: Path) -> int:
    """Do everything that the deployed services allow; the exit code."""
    state = State.load()
    reports = [outlines.take_over(data, TERRITORY)]
    up(state.services)  # who draws the outlines reads them when it starts
    desk = demo.counter(state)
    if "ideas" in state.services:
        reports.append(take_over(desk.api, "Paris: projects", paris.imports(data)))
        reports.append(take_over(desk.api, "République numérique", republique.imports(data)))
    print_reports(reports)
    return hold_vote(desk, data) if "voting" in state.services else 0


def hold_vote(desk: Counter, data: Path) -> int:
    """The vote of Toulouse and its table; 1 if it was not counted as published."""
    poll = toulouse.hold(desk, data)
    print_poll(poll)
    return 0 if poll.equal else 1


def main() -> int:
    """Read the folder's name and go, if everything is there."""
    if len(sys.argv) != 2:
        sys.stderr.write("usage: make demo DATA=<folder of the published data>\n")
        return 2
    missing = [name for name in FILES if not (Path(sys.argv[1]) / name).is_file()]
    if missing:
        sys.stderr.write(f"There is no {', no '.join(missing)} in {sys.argv[1]}: see docs/real-data.md\n")
        return 2
    return run(Path(sys.argv[1]))


if __name__ == "__main__":
    sys.exit(main())
