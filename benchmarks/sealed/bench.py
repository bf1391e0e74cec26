"""What checking a ballot costs, per core, beside belenios-tool on the same ballots in the same run.

    .venv/bin/python -m benchmarks.sealed.bench [--quick]

Each program verifies an archive of one ballot, then one of many; the difference, in CPU time (user + system, whatever
the number of cores), divided by the difference in ballots, is the cost of a ballot. Programs take turns and the best of
their runs counts, so that a busy machine disturbs them alike. The table goes to docs/performance-sealed.md.
"""

import argparse
import math
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import NamedTuple

from belenios.election import Question
from belenios.testing.trial import Trial, make_trial

from benchmarks.sealed.newer_tool import newer_tool

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "performance-sealed.md"
BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->\n"
SHAPES = {
    "40 answers, at most 5": [Question("Projets", tuple(f"Projet {n}" for n in range(40)), 0, 5)],
    "20 × 5 grades": [Question(f"Projet {n}", ("TB", "B", "AB", "P", "R"), 1, 1) for n in range(20)],
}
BALLOTS = {"Ed25519": 25, "BELENIOS-2048": 7}
# Our program tells the CPU time of its work alone: the interpreter's start would drown that of a few ballots.
VERIFY = (
    "import sys, time; from belenios.verifier.cli import main; start = time.process_time(); code = main(); "
    "sys.stderr.write(f' {time.process_time() - start}'); sys.exit(code)"
)
WITHOUT_HELPER = "from belenios.groups import native; native.EXTENSION_SUFFIXES = []; " + VERIFY


class Program(NamedTuple):
    """A verifier: its name in the table and the command before the folder or file."""

    name: str
    command: list[str]
    takes_folder: bool


class Case(NamedTuple):
    """Two archives of the same election: with one ballot, and with many."""

    one: Path
    many: Path
    ballots: int


def main() -> int:
    """Measure, print the table, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer ballots and runs, nothing written")
    quick = parser.parse_args().quick
    lines = ["| ballot | group | " + " | ".join(HEADINGS) + " |", "|---" * (len(HEADINGS) + 2) + "|"]
    with tempfile.TemporaryDirectory() as folder:
        for shape, group in product(SHAPES, BALLOTS):
            case = make_case(Path(folder) / shape / group, shape, group, 9 if quick else BALLOTS[group])
            lines.append(row(shape, group, measure(case, group, 1 if quick else 3), main_share(case, group)))
            print(lines[-1], flush=True)
            if not quick:
                write_page("\n".join(lines) + "\n")
    return 0


HEADINGS = (
    "belenios-tool",
    "decider-verify",
    "without the helper",
    "tool ÷ ours",
    "tool ÷ without",
    "main process of --jobs",
)


def make_case(folder: Path, shape: str, group: str, count: int) -> Case:
    """Seal the ballots and write the archives, each alone in a folder, as the tool wants it."""
    trial = make_trial(group, SHAPES[shape], [(1, 1)], [1] * count)
    for voter in range(count):
        trial.vote(voter, [some_choice(question, voter) for question in SHAPES[shape]])
    return Case(write_archive(folder / "one", trial, 1), write_archive(folder / "many", trial, count), count)


def some_choice(question: Question, voter: int) -> list[int]:
    chosen = {(voter + n) % len(question.answers) for n in range(question.maximum)}
    return [int(n in chosen) for n in range(len(question.answers))]


def write_archive(folder: Path, trial: Trial, count: int) -> Path:
    folder.mkdir(parents=True)
    path = folder / f"{trial.election.uuid}.bel"
    path.write_bytes(replace(trial, ballots=trial.ballots[:count]).archive())
    return path


def programs(group: str) -> list[Program]:
    """The tool, and decider-verify with and without its native helper (which the finite fields do not use)."""
    found = [Program("decider-verify", [sys.executable, "-c", VERIFY], takes_folder=False)]
    if group == "Ed25519":
        found.append(Program("without", [sys.executable, "-c", WITHOUT_HELPER], takes_folder=False))
    tool = shutil.which(tool_for(group))
    return [Program("tool", [tool, "election", "verify", "--dir"], takes_folder=True), *found] if tool else found


def tool_for(group: str) -> str:
    """The tool to compare with: the one that is named, or the system's, or for Ed25519 a newer one if it can be had."""
    if "BELENIOS_TOOL" in os.environ or group != "Ed25519":
        return os.environ.get("BELENIOS_TOOL", "belenios-tool")
    try:
        return str(newer_tool())
    except (LookupError, OSError, subprocess.CalledProcessError):
        return "no belenios-tool for Ed25519"


def measure(case: Case, group: str, runs: int) -> dict[str, float]:
    """Milliseconds of CPU time per ballot of each program, best of the runs."""
    spent: dict[tuple[str, Path], float] = {}
    for _ in range(runs):
        for program in programs(group):
            for path in (case.one, case.many):
                spent[program.name, path] = min(cpu_time(program, path), spent.get((program.name, path), math.inf))
    return {
        name: 1000 * (spent[name, case.many] - spent[name, case.one]) / (case.ballots - 1)
        for name in {name for name, _ in spent}
    }


def cpu_time(program: Program, archive: Path) -> float:
    """Seconds of CPU time of one run, which must accept the archive."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = run([*program.command, str(archive.parent if program.takes_folder else archive)])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if program.name != "tool":
        return float(told.split()[-1])
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run(command: Sequence[str]) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "libs" / "belenios")}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stderr


def main_share(case: Case, group: str) -> float | None:
    """Milliseconds of CPU per ballot that stay in the main process when two others check: it bounds the speed-up.

    Measured on the curve only, where it could matter: ballots of a field cost ten times more to check.
    """
    if group != "Ed25519":
        return None
    best: dict[Path, float] = {}
    for path in [case.one, case.many] * 3:
        told = run([sys.executable, "-c", VERIFY, "--jobs", "2", str(path)])
        best[path] = min(float(told.split()[-1]), best.get(path, math.inf))
    return 1000 * (best[case.many] - best[case.one]) / (case.ballots - 1)


def row(shape: str, group: str, found: dict[str, float], main: float | None) -> str:
    """A line of the table: milliseconds per ballot and core, and ratios."""
    ours, plain, tool = found["decider-verify"], found.get("without"), found.get("tool")
    cells = [f"{tool:.1f} ms" if tool else "absent", f"**{ours:.1f} ms**", f"{plain:.1f} ms" if plain else "same"]
    cells += [
        f"**{tool / ours:.1f}**" if tool else "–",
        f"{tool / plain:.2f}" if tool and plain else "–",
        f"{main:.2f} ms" if main is not None else "–",
    ]
    return f"| {shape} | {group} | " + " | ".join(cells) + " |"


def write_page(table: str) -> None:
    """Put the figures, with their date and machine, in the page about performance."""
    text = PAGE.read_text()
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    machine = f"{processor()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    stamp = f"Measured {datetime.now(UTC):%Y-%m-%d} on {machine}, by `python -m benchmarks.sealed.bench`.\n\n"
    PAGE.write_text(before + BEGIN + stamp + table + END + after)


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(": ")[2]
    return platform.machine()


if __name__ == "__main__":
    sys.exit(main())
