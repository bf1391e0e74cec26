"""Published votes held again as sealed votes: Toulouse 2024 by districts, and a polling station of Orsay.

Ballots are sealed by the booth's own code and cast through the public API; three of five trustees open each sum; three
programs verify each archive; its result is compared with a plain recount of the input. What is done is remembered in
``var/``: stopped and started again, it goes on.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import fmean, median

from decider_local.console import say
from decider_local.layout import VAR
from tqdm import tqdm

from decider_demo import orsay, sealed_districts, toulouse
from decider_demo.inhabitants import Counter as Desk
from decider_demo.inhabitants import Newcomer, Person, pace, together
from decider_demo.sealed_checks import PROGRAMS, Result
from decider_demo.sealed_input import Input
from decider_demo.sealed_load import Journal, Load
from decider_demo.sealed_outcome import Outcome, print_outcomes
from decider_demo.sealed_vote import OPENING, SealedVote

VOTES_AT_ONCE, SETTLERS = 2, 16
DISTRICT = "75012"


def run(desk: Desk, site: str, data: Path) -> int:
    """Hold what the folder holds, or of each vote the first BALLOTS; the exit code."""
    missing = [name for name in (toulouse.FILE, orsay.FILE) if not (data / name).is_file()]
    if missing:
        say(f"There is no {', no '.join(missing)} in {data}: see docs/real-data.md")
        return 2
    size = os.environ.get("BALLOTS", "")
    try:
        ballots = part(size)
        inputs = [orsay.read(data, ballots), *sealed_districts.read(data, ballots)]
    except ValueError as reason:
        say(str(reason))
        return 2
    outcomes = Rehearsal(desk, site, VAR / "sealed" / (size or "all"), size).hold(inputs)
    print_outcomes(outcomes)
    return 0 if all(one.holds for one in outcomes) else 1


def part(size: str) -> int | None:
    """How many ballots of each file; none named: all. ValueError in words."""
    if size and not (size.isdecimal() and int(size)):
        raise ValueError(f"BALLOTS: a number from 1 on is expected, not {size!r}")
    return int(size) if size else None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Where votes are held: the suite, and a folder for what trustees and voters' devices keep."""

    desk: Desk
    site: str
    folder: Path
    suffix: str = ""
    """Of the votes' addresses: a part of the ballots is another vote than all of them."""

    def hold(self, inputs: Sequence[Input]) -> list[Outcome]:
        """Hold all the votes, some at once; then verify their archives, one program after the other."""
        journals = {one.slug: Journal(self._of(one) / "ballots.jsonl") for one in inputs}
        people = self._people(inputs, journals)
        total, cast = sum(len(one.casts) for one in inputs), sum(len(one.receipts) for one in journals.values())
        with (
            tqdm(total=total, initial=cast, desc="  Sealed ballots", unit="", mininterval=pace()) as bar,
            ThreadPoolExecutor(VOTES_AT_ONCE) as pool,
        ):
            steps = [self._steps(one, journals[one.slug], people, bar.update) for one in inputs]
            list(pool.map(Steps.hold, steps))
        for program in PROGRAMS:
            together(partial(Steps.verify, program=program), steps, threads=VOTES_AT_ONCE, title=program)
        return [one.outcome for one in steps]

    def _of(self, given: Input) -> Path:
        folder = self.folder / given.slug
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _people(self, inputs: Sequence[Input], journals: Mapping[str, Journal]) -> dict[str, Person]:
        """An account for everybody who has no receipt yet."""
        left = [cast.voter for one in inputs for cast in one.casts if cast.voter not in journals[one.slug].receipts]
        voters = list(dict.fromkeys(left))
        newcomers = [Newcomer(voter, f"Votant·e {voter}", DISTRICT) for voter in voters]
        found = together(self.desk.settle, newcomers, threads=SETTLERS, title="Accounts of the voters")
        return dict(zip(voters, found, strict=True))

    def _steps(
        self, given: Input, journal: Journal, people: Mapping[str, Person], done: Callable[[], object]
    ) -> "Steps":
        slug = "-".join(filter(None, (given.slug, self.suffix)))
        vote = SealedVote(self.desk.api, self.site, slug, str(self.desk.seed.uuid("sealed", slug)), self._of(given))
        path = self._of(given) / "outcome.json"
        return Steps(given, vote, Load(self.site, slug, journal, people, done), Outcome.kept(given, path), path)


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of one vote; those that were taken in an earlier run are not taken again."""

    given: Input
    vote: SealedVote
    load: Load
    outcome: Outcome
    path: Path

    @contextmanager
    def _noted(self) -> Iterator[Outcome]:
        """Write down what a step found. What goes wrong is a problem of this vote; the others go on."""
        try:
            yield self.outcome
        except Exception as error:  # noqa: BLE001 -- whatever it is, it is said at the end
            self.outcome.problems.append(f"{type(error).__name__}: {error}")
        self.outcome.keep(self.path)

    def hold(self) -> None:
        """From the draft to the published result."""
        if not self.outcome.counted:
            with self._noted():
                self._hold()

    def _hold(self) -> None:
        given, vote, outcome = self.given, self.vote, self.outcome
        vote.draft({"title": given.title, "method": given.method, "candidates": given.candidates}, given.group)
        vote.make_key()
        self._cast()
        outcome.tally += lasting(vote.close)
        outcome.opening += lasting(lambda: vote.open_sum(OPENING))
        vote.archive()
        outcome.counted = int(vote.api.get(f"/elections/{vote.slug}/result")["ballots"])

    def _cast(self) -> None:
        journal, outcome = self.load.journal, self.outcome
        if not self.vote.reached("tallying"):
            outcome.casting += lasting(lambda: self.load.cast(self.given.casts))
        outcome.problems += [f"{voter}: {reason}" for voter, reason in journal.refused.items()]
        receipts = journal.receipts.values()
        outcome.sealing = fmean([one["sealing"] for one in receipts] or [0.0])
        outcome.receipt = median([one["seconds"] for one in receipts] or [0.0])

    def verify(self, *, program: str) -> None:
        """Have the archive verified by a program; ours also says the result that is compared with the recount."""
        known = self.outcome.verdicts.get(program)
        if self.outcome.counted and (known is None or known.accepted is None):
            with self._noted() as outcome:
                outcome.verdicts[program], result = PROGRAMS[program](self.vote.kept_archive)
                self._compare(result)

    def _compare(self, result: Result) -> None:
        expected = self.given.recount(self.vote.look()["questions"]) if result else []
        pairs = [pair for two in zip(expected, result, strict=True) for pair in zip(*two, strict=True)]
        if pairs:
            self.outcome.answers, self.outcome.alike = len(pairs), sum(wanted == found for wanted, found in pairs)


def lasting(step: Callable[[], object]) -> float:
    """Take a step; the seconds that it took."""
    began = time.monotonic()
    step()
    return time.monotonic() - began
