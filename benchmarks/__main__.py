"""``make bench``: measures the suite that runs on this machine and writes docs/performance.md.

The load generator is on the same cores. Compare rows of one run, not numbers of two.
"""

import os
import platform
import random
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from decider_demo.inhabitants import Person
from decider_local import demo
from decider_local.layout import ROOT
from decider_local.state import State

from benchmarks import pages, votes
from benchmarks.stage import RIVALS, Stage, people, rivals

PEOPLE = 4_000
PAGE = ROOT / "docs" / "performance.md"
HEAD = """# Performance

Made by `make bench` on {machine}, {day}. Everything, the load generator included, shares these cores; only rows of one
run can be compared.

**Décider** is the whole way of a ballot: HTTP, rate limits, the bus, token, rules, durable commit, receipt. Whoever
opens a booth asks *may I vote?* first, which verifies their token and has identity answer for them: a row of its own.
*booth not opened*: all of that at once, with the ballot. *ballots changed*: another in its place. **plain** is one
nameko RPC with one transaction and one INSERT for each request, token checked. **floor** is a bare Falcon view that
inserts straight into PostgreSQL through a pool: no bus, no token, no rules; on the gateway's own web server
(greenlets, ADR 0007), and once more *on threads*, as most would run it. *lost*: answered and not in the
database; *double*: there twice.

Other measurements: [sealed ballots](performance-sealed.md), [equal shares](performance-counting.md),
[long discussions](performance-discussion.md), [search](performance-search.md),
[the worst hour of a petition](performance-petition.md).

"""


def stage() -> Stage:
    """The suite that `make up` started, and enough people with accounts."""
    state = State.load()
    desk = demo.counter(state)
    return Stage(state, desk, people(desk, PEOPLE))


def main() -> int:
    """Measure everything and write the page."""
    theatre = stage()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with rivals(theatre, folder / "rivals.log") as addresses:
            lines = votes.measure(theatre, addresses, folder)
        lines += votes.supports(theatre, _petitions(theatre), folder)
        read = pages.measure(theatre, pages.fill(demo.counter(theatre.state)), folder)
    text = HEAD.format(machine=_machine(), day=f"{datetime.now(UTC):%Y-%m-%d}") + _writes(lines) + _reads(read)
    PAGE.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0 if all(line.lost == line.double == 0 for line in lines) else 1


def _petitions(theatre: Stage) -> list[str]:
    """One fresh petition for each number of connections, each by somebody else: nobody deposits many in a day.

    An idea would not do: it gathers no more supports once the threshold is reached.
    """
    return [_petition(theatre, author) for author in random.sample(theatre.people, len(votes.CONNECTIONS))]


def _petition(theatre: Stage, author: Person) -> str:
    id_ = str(uuid4())
    body = pages.dossier(0)
    kept = {key: body[key] for key in ("text", "theme", "place")}
    idea = {"idea_id": id_, "kind": "petition", "title": "Une pétition que tout le monde soutient", **kept}
    theatre.desk.api.post("/ideas", idea, token=author.token)
    theatre.desk.api.post(f"/desk/ideas/{id_}/approval", {})
    return id_


def _machine() -> str:
    return f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}"


def _writes(lines: list[votes.Line]) -> str:
    rows = [
        "## Votes and supports",
        "",
        "| path | connections | per second | p50 ms | p99 ms | failed | lost | double |",
    ]
    rows.append("|---|---:|---:|---:|---:|---:|---:|---:|")
    for line in lines:
        m = line.measured
        figures = f"{m.rate:,.0f} | {m.p50:.0f} | {m.p99:.0f} | {m.bad} | {line.lost} | {line.double}"
        rows.append(f"| {line.path} | {line.connections} | {figures} |")
    return "\n".join([*rows, "", *_ratios(lines), ""])


def _ratios(lines: list[votes.Line]) -> list[str]:
    found = []
    for connections in votes.CONNECTIONS:
        rates = {line.path: line.measured.rate for line in lines if line.connections == connections}
        for path in ("Décider", votes.UNASKED):
            ratios = ", ".join(f"{rates[path] / rates[rival]:.2f} × {rival}" for rival in RIVALS)
            found.append(f"- With {connections} connections, {path}: {ratios}.")
    return found


def _reads(lines: list[pages.PageLine]) -> str:
    rows = [
        "",
        "## Pages",
        "",
        "| page | per second | p50 ms | p99 ms | failed | × adhocracy+ |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for line in lines:
        m = line.measured
        rows.append(f"| {line.page.name} | {m.rate:,.0f} | {m.p50:.0f} | {m.p99:.0f} | {m.bad} | {line.times:.0f} |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.exit(main())
