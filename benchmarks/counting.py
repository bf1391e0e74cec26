"""``python -m benchmarks.counting DATA``: how long equal shares take on large real elections, and how much memory.

DATA is a folder of published elections (Pabulib). Each count runs in a process of its own, so that its peak of memory
is its own, interpreter included. Where DATA holds another program's answers, the table says whether ours are the same.
"""

import argparse
import gzip
import json
import resource
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from voting.domain.equal_shares import Market, group, share, share_adding_one
from voting.pabulib import opened

LARGE = (
    "warszawa_2026/Poland_Warszawa_2026",
    "large/Poland_Lodz_2022",
    "toulouse/France_Toulouse_2024",
    "toulouse/France_Toulouse_2022",
    "large/Poland_Swiecie_2023",
)
ANSWERS = "conformance/pabutools_1.2.3_outcomes.jsonl.gz"
COLUMNS = (
    "election",
    "ballots",
    "projects",
    "kinds of ballots",
    "count",
    "CPU s",
    "peak MB",
    "chosen",
    "other program",
)


@dataclass(frozen=True, slots=True)
class Measured:
    """One count of one election."""

    ballots: int
    projects: int
    kinds: int
    seconds: float
    megabytes: float
    chosen: frozenset[str]


def measure(path: Path, *, adding: bool) -> Measured:
    """Read, group and count; only the grouping and the count are timed, in seconds of the processor."""
    with opened(path) as reader:
        ballots = Counter(frozenset(vote.choices) for vote in reader.votes())
        names = sorted(reader.projects)
        costs, envelope = [reader.projects[name].cost for name in names], reader.meta.budget
    start = time.process_time()
    groups = group(ballots, names)
    shares = (share_adding_one if adding else share)(Market(costs, envelope, range(len(names))), groups)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    chosen = frozenset(names[one.project] for one in shares.bought)
    return Measured(groups.many, len(names), len(ballots), seconds, peak, chosen)


def answers(data: Path) -> dict[str, dict[str, frozenset[str]]]:
    """Another program's winners by file and rule."""
    if not (data / ANSWERS).exists():
        return {}
    with gzip.open(data / ANSWERS, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {
        row["file"]: {
            rule: frozenset(found["winners"])
            for rule, found in row["rules"].items()
            if found.get("winners") is not None
        }
        for row in rows
    }


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.counting", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", default="", help="elections whose name holds this")
    options = parser.parse_args()
    known = answers(options.data)
    sys.stdout.write(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}\n")
    for name in (one for one in LARGE if options.only in one):
        path = options.data / "pabulib" / f"{name}.pb.gz"
        for rule, words, adding in (("mes_cost", "shares", False), ("mes_cost_add1", "adding one", True)):
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
                found = alone.submit(measure, path, adding=adding).result()
            other = known.get(f"{path.stem}", {}).get(rule)
            sys.stdout.write(_row(name, words, found, "-" if other is None else _same(found, other)))
            sys.stdout.flush()
    return 0


def _same(found: Measured, other: frozenset[str]) -> str:
    return "same" if found.chosen == other else "DIFFERENT"


def _row(name: str, words: str, found: Measured, other: str) -> str:
    cells = (
        name.rpartition("/")[2].replace("_", " "),
        f"{found.ballots:,}",
        found.projects,
        f"{found.kinds:,}",
        words,
        f"{found.seconds:.2f}",
        f"{found.megabytes:.0f}",
        len(found.chosen),
        other,
    )
    return f"| {' | '.join(map(str, cells))} |\n"


if __name__ == "__main__":
    sys.exit(main())
