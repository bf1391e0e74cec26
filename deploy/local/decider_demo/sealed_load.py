"""Casts many sealed ballots with the booth's own code, run by Node, and keeps what their voters' devices would keep.

Access tokens are given one by one, each while it is valid; whoever has no receipt yet when the program is stopped goes
on later with the same bytes.
"""

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from decider_local.layout import ROOT

from decider_demo.inhabitants import Person
from decider_demo.sealed_input import Cast

CAST_MANY = ROOT / "gateway" / "frontend" / "booth" / "cast-many.js"
AT_ONCE = 8


@dataclass(slots=True)
class Journal:
    """A file of lines: what a device keeps, then the receipt. The last run's is read again at the beginning."""

    path: Path
    pending: dict[str, dict[str, Any]] = field(default_factory=dict)
    receipts: dict[str, dict[str, Any]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        kept = self.path.read_bytes() if self.path.exists() else b""
        whole, _, begun = kept.rpartition(b"\n")
        for line in whole.splitlines():
            self._take(json.loads(line))
        if begun:  # the line in which a run was stopped
            os.truncate(self.path, len(kept) - len(begun))

    def note(self, voter: str, told: Mapping[str, Any]) -> None:
        """Keep what was told of a voter, before anything else happens."""
        line = {"voter": voter, **told}
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, separators=(",", ":")) + "\n")
        self._take(line)

    def _take(self, line: dict[str, Any]) -> None:
        voter = line["voter"]
        if "pending" in line:
            self.pending[voter] = line["pending"]
        elif "denied" in line:
            self.refused[voter] = line["denied"]
        else:
            self.receipts[voter] = line
            self.refused.pop(voter, None)
            self.pending.pop(voter, None)


@dataclass(frozen=True, slots=True)
class Load:
    """A vote's electorate, at its booths."""

    site: str
    slug: str
    journal: Journal
    people: Mapping[str, Person]
    done: Callable[[], object]
    """Told of each receipt."""

    def cast(self, casts: Iterable[Cast]) -> float:
        """Cast what has no receipt yet; the seconds that it took. RuntimeError if the program fails."""
        waiting = iter([one for one in casts if one.voter not in self.journal.receipts])
        began = time.monotonic()
        command = ["node", str(CAST_MANY), self.site, self.slug, str(AT_ONCE)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            self._serve(process, waiting)
        if process.returncode:
            raise RuntimeError(f"cast-many.js ended with {process.returncode}")
        return time.monotonic() - began

    def _serve(self, process: "subprocess.Popen[str]", waiting: Iterator[Cast]) -> None:
        voters: list[str] = []
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("no pipes")

        def give() -> None:
            if (one := next(waiting, None)) is not None and process.stdin is not None:
                voters.append(one.voter)
                process.stdin.write(json.dumps(self._line(one)) + "\n")
                process.stdin.flush()

        for _ in range(AT_ONCE):
            give()
        ended = 0
        while ended < len(voters) and (line := process.stdout.readline()):
            told = json.loads(line)
            self.journal.note(voters[told.pop("line") - 1], told)
            if "pending" not in told:
                ended += 1
                self.done()
                give()
        process.stdin.close()

    def _line(self, one: Cast) -> dict[str, Any]:
        access = self.people[one.voter].token
        kept = self.journal.pending.get(one.voter)
        return {"access": access, "pending": kept} if kept else {"access": access, "chosen": one.chosen}
