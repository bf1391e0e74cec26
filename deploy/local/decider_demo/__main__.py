"""``python -m decider_demo <data>``: real input through the public API of the suite that runs here, then a table.

Imports Paris's projects and the opinions of République numérique, the districts' outlines, and holds the vote of
Toulouse 2024 again. What was done in an earlier run is not done twice. Exit code 1 if the count differs from the
published one.
"""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from decider_local import demo
from decider_local.state import State
from decider_local.suite import TERRITORY
from decider_local.up import up

from decider_demo import outlines, paris, republique, toulouse
from decider_demo.api import Api, Refused
from decider_demo.inhabitants import Counter, together
from decider_demo.source import Report, Row, Unfit
from decider_demo.table import print_poll, print_reports

Bodies = Iterable[tuple[Row, dict[str, Any] | Unfit]]
IMPORTERS = 4


def take_over(api: Api, title: str, rows: Bodies, after: Callable[[Api, Row, str], list[str]]) -> Report:
    """Import each dossier, then what belongs to it; refuse what does not fit and go on."""
    report = Report(title)

    def one(pair: tuple[Row, dict[str, Any] | Unfit]) -> None:
        row, body = pair
        if isinstance(body, Unfit):
            report.refuse(row, str(body))
            return
        try:
            made = api.post("/imports/ideas", body)
            lost = after(api, row, made["idea_id"])
        except Refused as reason:
            report.refuse(row, str(reason))
            return
        report.took(new=made["added"])
        for unreadable in lost:
            report.refuse(row, unreadable)

    together(one, list(rows), threads=IMPORTERS, title=title)
    return report


def nothing(_api: Api, _row: Row, _idea_id: str) -> list[str]:
    """A dossier to which nothing belongs."""
    return []


def arguments(api: Api, row: Row, idea_id: str) -> list[str]:
    """The arguments of an opinion, as messages of its dossier; what could not be taken."""
    for part in republique.messages(row):
        api.post(f"/imports/ideas/{idea_id}/comments", {"comments": part})
    return republique.unreadable(row)


def run(data: Path) -> int:
    """Do everything that the deployed services allow; the exit code."""
    state = State.load()
    reports = [outlines.take_over(data, TERRITORY)]
    up(state.services)  # who draws the outlines reads them when it starts
    desk = demo.counter(state)
    if "ideas" in state.services:
        reports.append(take_over(desk.api, "Paris: projects", paris.dossiers(data), nothing))
        reports.append(take_over(desk.api, "République numérique", republique.opinions(data), arguments))
    print_reports(reports)
    return hold_vote(desk, data) if "voting" in state.services else 0


def hold_vote(desk: Counter, data: Path) -> int:
    """The vote of Toulouse and its table; 1 if it was not counted as published."""
    poll = toulouse.hold(desk, data)
    print_poll(poll)
    return 0 if poll.equal else 1


def main() -> int:
    """Read the folder's name and go."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.stderr.write("usage: make demo DATA=<folder of the published data>\n")
        return 2
    return run(Path(sys.argv[1]))


if __name__ == "__main__":
    sys.exit(main())
