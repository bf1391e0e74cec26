"""What three programs that share no code say of an archive, or two where one is not there, and how long they take."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from decider_local.layout import ROOT

BROWSER = ROOT / "gateway" / "frontend" / "booth" / "verify-file.js"
FIRST_WITH_ED25519 = (2, 1)
"""The version of belenios-tool."""
FIRST_RECORDS = 10_000
"""Bytes of an archive that hold the rules."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a program said. ``seconds`` of processor time; ``reason`` where it refused, or was not asked."""

    program: str
    accepted: bool | None
    seconds: float = 0.0
    reason: str = ""


Result = list[list[int]]
"""For each question of a vote, how often each of its answers was given."""


def decider_verify(file: Path) -> tuple[Verdict, Result]:
    """Ours; and the result that it read and verified."""
    command = [sys.executable, "-m", "belenios.verifier.cli", "--json", "--jobs", str(os.cpu_count() or 1), str(file)]
    done = Done.of(command)
    report: dict[str, Any] = json.loads(done.told or "{}")
    result = [[int(one["count"]) for one in question["answers"]] for question in report.get("result", ())]
    return done.verdict("decider-verify", _refusal(report)), result


def belenios_tool(file: Path) -> tuple[Verdict, Result]:
    """The Belenios project's, or the one that ``BELENIOS_TOOL`` names. The archive is alone in its folder."""
    name = "belenios-tool"
    tool = shutil.which(os.environ.get("BELENIOS_TOOL", name))
    if tool is None:
        return Verdict(name, None, reason="not installed"), []
    version = Done.of([tool, "--version"]).told.split()[0]
    if _on_the_curve(file) and tuple(map(int, version.split(".")[:2])) < FIRST_WITH_ED25519:
        return Verdict(name, None, reason=f"version {version} does not know Ed25519"), []
    done = Done.of([tool, "election", "verify", "--dir", str(file.parent)])
    return done.verdict(f"{name} {version}", ""), []


def browser_verifier(file: Path) -> tuple[Verdict, Result]:
    """That of the page /verifier, run by Node."""
    done = Done.of(["node", str(BROWSER), str(file)])
    return done.verdict("browser's verifier", _refusal(json.loads(done.told or "{}"))), []


PROGRAMS: dict[str, Callable[[Path], tuple[Verdict, Result]]] = {
    "decider-verify": decider_verify,
    "belenios-tool": belenios_tool,
    "browser's verifier": browser_verifier,
}
"""In the order in which they are asked: the slowest last."""


def _on_the_curve(file: Path) -> bool:
    with file.open("rb") as archive:
        return b'"group":"Ed25519"' in archive.read(FIRST_RECORDS)


def _refusal(report: dict[str, Any]) -> str:
    found = report.get("refusal") or {}
    return " ".join(str(found[name]) for name in ("check", "record", "reason") if found.get(name))


@dataclass(frozen=True, slots=True)
class Done:
    """A program that ended: its exit code, its seconds of processor time with all children, and what it said."""

    code: int
    seconds: float
    told: str
    complained: str

    @classmethod
    def of(cls, command: Sequence[str]) -> "Done":
        """Run it."""
        with tempfile.TemporaryFile("w+") as told, tempfile.TemporaryFile("w+") as complained:
            process = subprocess.Popen(command, stdout=told, stderr=complained)
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            told.seek(0)
            complained.seek(0)
            return cls(process.returncode, used.ru_utime + used.ru_stime, told.read(), complained.read())

    def verdict(self, program: str, refusal: str) -> Verdict:
        """Accepted, or the reason in the program's words."""
        reason = "" if self.code == 0 else refusal or self.complained.strip() or f"exit code {self.code}"
        return Verdict(program, self.code == 0, self.seconds, reason)
