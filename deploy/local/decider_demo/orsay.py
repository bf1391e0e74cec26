"""A polling station of Orsay, 22 April 2007: twelve candidates, graded by people who had just voted in the real poll.

The published table has a row for each ballot: 6 (``Très bien``) to 1 (``À rejeter``), 0 without an opinion.
"""

import csv
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from decider_local.layout import ROOT
from decider_local.suite import TERRITORY

from decider_demo.sealed_input import LEFT, Cast, Input

FILE = "majority_judgment/orsay2007_bureau_01.csv"
GRADES = {
    6: ("tres-bien", "Très bien", "Very good"),
    5: ("bien", "Bien", "Good"),
    4: ("assez-bien", "Assez bien", "Rather good"),
    3: ("passable", "Passable", "Passable"),
    2: ("insuffisant", "Insuffisant", "Insufficient"),
    1: ("a-rejeter", "À rejeter", "To be rejected"),
}
"""Code and words of each grade; best first."""
CODES = {mark: code for mark, (code, _, _) in GRADES.items()}
GROUP = "BELENIOS-2048"
"""Read by every version of the Belenios project's program, Debian's too."""


def read(data: Path, ballots: int | None = None, codes: Mapping[int, str] = CODES) -> Input:
    """The station, or its first ballots; ``codes`` are the grades of the territory. ValueError names a bad row."""
    with (data / FILE).open(encoding="utf-8", newline="") as text:
        rows = csv.reader(text)
        names = next(rows)[1:]
        candidates = [f"candidat-{place}" for place in range(1, len(names) + 1)]
        cast = [_cast(row, rows.line_num, candidates, codes) for row in rows][:ballots]
    return Input(
        slug="orsay-2007-bureau-1",
        title={"fr": "Orsay 2007, bureau 1, jugé de nouveau", "en": "Orsay 2007, polling station 1, judged again"},
        group=GROUP,
        method={"kind": "majority_judgment", "blanks": "ignored"},
        candidates=[{"id": one, "title": {"fr": name}} for one, name in zip(candidates, names, strict=True)],
        casts=cast,
    )


def _cast(row: list[str], line: int, candidates: list[str], codes: Mapping[int, str]) -> Cast:
    marks = row[1:]
    if len(marks) != len(candidates) or not all(mark in {"0", *map(str, codes)} for mark in marks):
        raise ValueError(f"{FILE}:{line}: {len(candidates)} grades from 0 to {max(codes)} are expected")
    given = {one: codes.get(int(mark), LEFT) for one, mark in zip(candidates, marks, strict=True)}
    return Cast(f"orsay-{row[0]}", {one: grade for one, grade in given.items() if grade != LEFT})


def write_territory() -> None:
    """Paris with the six grades of Orsay, in the folder of ``TERRITORY_DIR``."""
    shutil.rmtree(TERRITORY, ignore_errors=True)
    shutil.copytree(ROOT / "territories" / "paris", TERRITORY)
    file = TERRITORY / "territory.toml"
    before, _, rest = file.read_text(encoding="utf-8").partition("[[grades]]")
    after = rest.partition("\n[roles]")[2]
    grades = "".join(
        f'[[grades]]\ncode = "{code}"\nname = {{ fr = "{french}", en = "{english}" }}\n\n'
        for code, french, english in GRADES.values()
    )
    file.write_text(f"{before}{grades}[roles]{after}", encoding="utf-8")


if __name__ == "__main__":
    write_territory()
    sys.exit(0)
