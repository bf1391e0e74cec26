"""The life of a sealed vote through the public API: drafted, its key made, closed, its sum opened by trustees.

Each step looks first whether it was taken: who was interrupted goes on where they were.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from decider_demo.api import Api, Refused

TRUSTEES = ("Majorité", "Opposition", "Citoyenne tirée au sort", "Citoyen tiré au sort", "Greffe")
THRESHOLD = 3
OPENING = (1, 3, 5)
"""The places of those who open."""
PATIENCE = 1800.0
"""Seconds; a busy machine takes its time to verify an archive."""
DAYS = 7
PHASES = ("ceremony", "ready", "frozen", "open", "tallying", "decrypting", "published")


@dataclass(frozen=True, slots=True)
class SealedVote:
    """A sealed vote; ``folder`` holds what its trustees keep, and its archives."""

    api: Api
    site: str
    slug: str
    id: str
    folder: Path

    def draft(self, content: dict[str, Any], group: str) -> None:
        """Prepare it by these rules, unless it is."""
        try:
            self.look()
        except Refused as reason:
            if reason.status != httpx.codes.NOT_FOUND:
                raise
            now = datetime.now(UTC).replace(microsecond=0)
            setup = {"trustees": TRUSTEES, "threshold": THRESHOLD, "group": group}
            calendar = {"opens_at": now.isoformat(), "closes_at": (now + timedelta(days=DAYS)).isoformat()}
            own = {"id": self.id, "slug": self.slug, "secrecy": "sealed", "eligibility_action": "vote_sealed"}
            self.api.post("/elections", {**own, "sealed": setup, **calendar, **content})

    def look(self) -> dict[str, Any]:
        """What is public of it."""
        return self.api.get(f"/elections/{self.slug}/sealed")

    def reached(self, phase: str) -> bool:
        """Whether it is in this phase or a later one. RuntimeError where it was called off."""
        now = str(self.look()["phase"])
        if now not in PHASES:
            raise RuntimeError(f"the vote {self.slug} is {now}")
        return PHASES.index(now) >= PHASES.index(phase)

    def make_key(self) -> None:
        """All the trustees at once; each waits for the others. Then the vote opens."""
        if not self.reached("ready"):
            self._invite()
            finish([self._trustee("join", place, "--wait", str(PATIENCE)) for place in range(1, len(TRUSTEES) + 1)])
        if not self.reached("open"):
            self.api.post(f"/elections/{self.id}/opening", {})
            self._until("open")

    def close(self) -> None:
        """End the vote; the sum is made."""
        if not self.reached("tallying"):
            self.api.post(f"/elections/{self.id}/closing", {"reason": "Tous les bulletins sont déposés."})
        self._until("decrypting")

    def open_sum(self, places: Sequence[int]) -> None:
        """These trustees verify the archive and send their parts; the result is published."""
        if not self.reached("published"):
            finish([self._trustee("open", place, "--archive", f"{place}.bel") for place in places])
            self._until("published")

    def archive(self) -> Path:
        """The published archive, downloaded, alone in a folder."""
        file = self.folder / "published" / f"{self.look()['uuid']}.bel"
        file.parent.mkdir(exist_ok=True)
        with httpx.stream("GET", f"{self.site}/votes/{self.slug}/archive.bel", timeout=PATIENCE) as answer:
            answer.raise_for_status()
            with file.open("wb") as kept:
                for part in answer.iter_bytes():
                    kept.write(part)
        return file

    @property
    def kept_archive(self) -> Path:
        """The archive that was downloaded."""
        return next((self.folder / "published").glob("*.bel"))

    def _invite(self) -> None:
        """Give each trustee a code, in a file of theirs."""
        for place in range(1, len(TRUSTEES) + 1):
            code = self.api.post(f"/elections/{self.id}/trustees/{place}/code", {})["code"]
            (self.folder / f"{place}.code").write_text(code)

    def _trustee(self, command: str, place: int, *more: str) -> "subprocess.Popen[bytes]":
        """A trustee at their own machine."""
        own = (f"{place}.seed", "--place", str(place), "--code-file", f"{place}.code")
        argv = [sys.executable, "-m", "belenios.trustee.cli", command, f"{self.site}/votes/{self.slug}", *own, *more]
        return subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=self.folder)

    def _until(self, phase: str) -> None:
        wait_until(lambda: self.reached(phase), f"the vote {self.slug} is not {phase}")


def wait_until(holds: Callable[[], bool], otherwise: str) -> None:
    """Return once it holds; TimeoutError after a long while."""
    until = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > until:
            raise TimeoutError(otherwise)
        time.sleep(0.5)


def finish(processes: Sequence["subprocess.Popen[bytes]"]) -> None:
    """Wait for all of them; each must have done its part. RuntimeError says, in its words, which did not."""
    told = [process.communicate(timeout=PATIENCE)[1].decode().strip() for process in processes]
    failed = [text for process, text in zip(processes, told, strict=True) if process.returncode]
    if failed:
        raise RuntimeError(f"decider-trustee: {'; '.join(failed)}")
