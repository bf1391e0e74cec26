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
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from decider_local import demo, suite
from decider_local.console import say
from decider_local.state import State

from decider_demo import sealed_rehearsal
from decider_demo.api import Api
from decider_demo.inhabitants import Counter as Desk
from decider_demo.inhabitants import Newcomer, Person, together
from decider_demo.sealed_booth import Booth, Receipt
from decider_demo.sealed_vote import OPENING, THRESHOLD, TRUSTEES, SealedVote

VOTERS = 24
GROUP = "BELENIOS-2048"
"""Read by every version of the Belenios project's program, Debian's too."""
PROJECTS = (
    ("ombre", "De l’ombre dans la cour de l’école", 120_000),
    ("velos", "Un garage à vélos sûr à la gare", 90_000),
    ("fontaine", "Une fontaine place du marché", 60_000),
)


def ballot_of(number: int) -> list[int]:
    """What a voter of the demonstration chooses: one or two projects of three."""
    return [int(number % 3 != 0), int(number % 2 == 0), int(number % 4 == 1)]


def drafted(desk: Desk, site: str, folder: Path) -> SealedVote:
    """A new vote of the demonstration."""
    id_ = str(uuid4())
    vote = SealedVote(desk.api, site, f"scelle-{id_[:8]}", id_, folder)
    content = {
        "title": {"fr": "Un vote scellé de démonstration", "en": "A sealed vote, as a demonstration"},
        "method": {"kind": "approval", "max_choices": 2},
        "candidates": [{"id": code, "title": {"fr": title}, "cost": cost} for code, title, cost in PROJECTS],
        "envelope": 200_000,
    }
    vote.draft(content, GROUP)
    return vote


def cast(vote: SealedVote, voters: Sequence[Person]) -> list[Receipt]:
    """Everybody votes, several at once."""
    nobody = Api(vote.site, suite.LOADER)
    booth = Booth.of(nobody, vote.slug)

    def one(numbered: tuple[int, Person]) -> Receipt:
        number, person = numbered
        return booth.vote_as(vote.api, person.token, nobody, [ballot_of(number)])

    receipts = together(one, list(enumerate(voters)), threads=4, title="Sealed ballots")
    nobody.close()
    return receipts


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
    vote = drafted(desk, site, folder)
    vote.make_key()
    tell(f"{len(TRUSTEES)} trustees and the server have made the key; {site}/votes/{vote.slug}")
    receipts = cast(vote, voters)
    tell(f"{len(receipts)} ballots are sealed, cast without a session, checked and receipted")
    vote.close()
    tell("closed; the sealed sum is made")
    vote.open_sum(OPENING)
    file = vote.archive()
    tell(f"{THRESHOLD} trustees have opened the sum: {file.name}")
    result = desk.api.get(f"/elections/{vote.slug}/result")
    counted = {one["candidate_id"]: one["votes"] for one in result["ranking"]}
    expected = recount(len(voters))
    held = verified(file, receipts) and counted == expected
    tell(f"counted {counted}; recounted {expected}; {'all holds' if held else 'SOMETHING IS WRONG'}")
    return held


def main() -> int:
    """Hold it in the suite that runs here; with a folder of published data, hold the votes that are in it."""
    state = State.load()
    desk, site = demo.counter(state), suite.public_url(state)
    if len(sys.argv) > 1:
        return sealed_rehearsal.run(desk, site, Path(sys.argv[1]))
    with TemporaryDirectory(prefix="decider-sealed-") as folder:
        return 0 if hold(desk, site, Path(folder)) else 1


if __name__ == "__main__":
    sys.exit(main())
