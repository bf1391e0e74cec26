"""``make demo-sealed``: a sealed vote from its trustees to its verified archive, through the public API.

Five trustees make the key with ``decider-trustee``, some voters vote by majority judgment or by approval, three
trustees open the sum, and two programs that share no code verify the archive. The result is compared with a plain
recount of what the voters chose. Exit code 1 if anything differs.
"""

import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import httpx
from decider_local import demo, suite
from decider_local.console import say
from decider_local.state import State

from decider_demo.api import Api
from decider_demo.inhabitants import Counter as Desk
from decider_demo.inhabitants import Newcomer, Person, together
from decider_demo.sealed_booth import Booth, Receipt

VOTERS = 24
TRUSTEES = ("Majorité", "Opposition", "Citoyenne tirée au sort", "Citoyen tiré au sort", "Greffe")
THRESHOLD = 3
GROUP = "BELENIOS-2048"
"""Read by every version of the Belenios project's program, Debian's too."""
PROJECTS = (
    ("ombre", "De l’ombre dans la cour de l’école", 120_000),
    ("velos", "Un garage à vélos sûr à la gare", 90_000),
    ("fontaine", "Une fontaine place du marché", 60_000),
)
PATIENCE = 120.0


def ballot_of(number: int) -> list[int]:
    """What a voter of the demonstration chooses: one or two projects of three."""
    return [int(number % 3 != 0), int(number % 2 == 0), int(number % 4 == 1)]


@dataclass(frozen=True, slots=True)
class Held:
    """A sealed vote of the demonstration."""

    desk: Desk
    site: str
    slug: str
    id: str
    folder: Path

    @classmethod
    def draft(cls, desk: Desk, site: str, folder: Path) -> "Held":
        """Prepare it."""
        now, id_ = datetime.now(UTC).replace(microsecond=0), str(uuid4())
        slug = f"scelle-{id_[:8]}"
        content = {
            "id": id_,
            "slug": slug,
            "title": {"fr": "Un vote scellé de démonstration", "en": "A sealed vote, as a demonstration"},
            "secrecy": "sealed",
            "sealed": {"trustees": TRUSTEES, "threshold": THRESHOLD, "group": GROUP},
            "method": {"kind": "approval", "max_choices": 2},
            "candidates": [{"id": code, "title": {"fr": title}, "cost": cost} for code, title, cost in PROJECTS],
            "envelope": 200_000,
            "eligibility_action": "vote_sealed",
            "opens_at": now.isoformat(),
            "closes_at": (now + timedelta(days=1)).isoformat(),
        }
        desk.api.post("/elections", content)
        return cls(desk, site, slug, id_, folder)

    def invite(self) -> None:
        """Give each trustee a code, in a file of theirs."""
        for place in range(1, len(TRUSTEES) + 1):
            code = self.desk.api.post(f"/elections/{self.id}/trustees/{place}/code", {})["code"]
            (self.folder / f"{place}.code").write_text(code)

    def trustee(self, command: str, place: int, *more: str) -> "subprocess.Popen[bytes]":
        """A trustee at their own machine."""
        own = (f"{place}.seed", "--place", str(place), "--code-file", f"{place}.code")
        argv = [sys.executable, "-m", "belenios.trustee.cli", command, f"{self.site}/votes/{self.slug}", *own, *more]
        return subprocess.Popen(argv, stdout=subprocess.DEVNULL, cwd=self.folder)

    def make_key(self) -> None:
        """All the trustees at once; each waits for the others."""
        self.invite()
        finish([self.trustee("join", place, "--wait", str(PATIENCE)) for place in range(1, len(TRUSTEES) + 1)])
        self.desk.api.post(f"/elections/{self.id}/opening", {})
        self.until(lambda vote: vote["phase"] == "open")

    def cast(self, voters: Sequence[Person]) -> list[Receipt]:
        """Everybody votes, several at once."""
        nobody = Api(self.site, suite.LOADER)
        booth = Booth.of(nobody, self.slug)

        def one(numbered: tuple[int, Person]) -> Receipt:
            number, person = numbered
            return booth.vote_as(self.desk.api, person.token, nobody, [ballot_of(number)])

        receipts = together(one, list(enumerate(voters)), threads=4, title="Sealed ballots")
        nobody.close()
        return receipts

    def close(self) -> None:
        """End the vote; the sum is made."""
        self.desk.api.post(f"/elections/{self.id}/closing", {"reason": "Fin de la démonstration."})
        self.until(lambda vote: vote["phase"] == "decrypting")

    def open_sum(self, places: Sequence[int]) -> Path:
        """These trustees verify the archive and send their parts; the complete archive."""
        opening = [self.trustee("open", place, "--archive", f"{place}.bel") for place in places]
        finish(opening)
        vote = self.until(lambda vote: vote["phase"] == "published")
        file = self.folder / "published" / f"{vote['uuid']}.bel"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(httpx.get(f"{self.site}/votes/{self.slug}/archive.bel", timeout=60).content)
        return file

    def until(self, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The vote, once this holds of it."""
        until = time.monotonic() + PATIENCE
        while not holds(vote := self.desk.api.get(f"/elections/{self.slug}/sealed")):
            if time.monotonic() > until:
                raise TimeoutError(f"the vote is still {vote['phase']}")
            time.sleep(0.3)
        return vote


def finish(processes: Sequence["subprocess.Popen[bytes]"]) -> None:
    """Wait for all of them; each must have done its part."""
    codes = [process.wait(PATIENCE) for process in processes]
    if any(codes):
        raise RuntimeError(f"decider-trustee ended with {codes}")


def people(desk: Desk, many: int) -> list[Person]:
    """Voters with an account opened at a counter."""
    newcomers = [Newcomer(f"sealed-{number}", f"Électrice {number}", "75012") for number in range(many)]
    return together(desk.settle, newcomers, threads=8, title="Accounts of the voters")


def verified(file: Path, receipts: Sequence[Receipt]) -> bool:
    """What decider-verify and, where it is installed, the Belenios project's program say of the archive."""
    ours = [sys.executable, "-m", "belenios.verifier.cli", str(file)]
    accepted = [subprocess.run([*ours, "--ballot", receipts[0].tracker], check=False).returncode == 0]
    if tool := shutil.which("belenios-tool"):
        done = subprocess.run([tool, "election", "verify", "--dir", str(file.parent)], check=False)
        accepted.append(done.returncode == 0)
        say(f"  belenios-tool: {'accepted' if accepted[-1] else 'REFUSED'}")
    return all(accepted)


def recount(voters: int) -> dict[str, int]:
    """The votes of each project, counted from what was chosen."""
    votes: Counter[str] = Counter()
    for number in range(voters):
        votes.update(code for (code, _, _), bit in zip(PROJECTS, ballot_of(number), strict=True) if bit)
    return {code: votes[code] for code, _, _ in PROJECTS}


def hold(desk: Desk, site: str, folder: Path) -> bool:
    """The whole vote; whether everything is as it should be."""
    began = time.monotonic()

    def tell(what: str) -> None:
        say(f"  {time.monotonic() - began:5.1f} s  {what}")

    voters = people(desk, VOTERS)
    tell(f"{VOTERS} voters have an account")
    vote = Held.draft(desk, site, folder)
    vote.make_key()
    tell(f"{len(TRUSTEES)} trustees and the server have made the key; {site}/votes/{vote.slug}")
    receipts = vote.cast(voters)
    tell(f"{len(receipts)} ballots are sealed, cast without a session, checked and receipted")
    vote.close()
    tell("closed; the sealed sum is made")
    file = vote.open_sum((1, 3, 5))
    tell(f"{THRESHOLD} trustees have opened the sum: {file.name}")
    result = desk.api.get(f"/elections/{vote.slug}/result")
    counted = {one["candidate_id"]: one["votes"] for one in result["ranking"]}
    expected = recount(len(voters))
    held = verified(file, receipts) and counted == expected
    tell(f"counted {counted}; recounted {expected}; {'all holds' if held else 'SOMETHING IS WRONG'}")
    return held


def main() -> int:
    """Hold it in the suite that runs here."""
    state = State.load()
    with TemporaryDirectory(prefix="decider-sealed-") as folder:
        return 0 if hold(demo.counter(state), suite.public_url(state), Path(folder)) else 1


if __name__ == "__main__":
    sys.exit(main())
