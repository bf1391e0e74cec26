"""What became of votes that were held again, kept from run to run, and the table that a person reads at the end."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from decider_local.console import say

from decider_demo.sealed_checks import PROGRAMS, Verdict
from decider_demo.sealed_input import Input

MOST_LINES = 10
HEADING = "  vote                group          ballots counted       numbers  alike  casts/s   seal receipt  sum  open"


@dataclass(slots=True)
class Outcome:
    """What became of a vote; seconds on the clock, but for the verdicts. Kept from run to run in a file."""

    slug: str
    group: str
    expected: int
    """Ballots."""
    answers: int = 0
    """Numbers that are compared: one for each answer of each question."""
    counted: int = 0
    alike: int = 0
    casting: float = 0.0
    sealing: float = 0.0
    """Of one ballot, the mean."""
    receipt: float = 0.0
    """From the sealed ballot to its receipt, the median."""
    tally: float = 0.0
    opening: float = 0.0
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    """By program; none was asked twice."""
    problems: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Every ballot counted, every number as recounted, no program refused, nothing went wrong."""
        counted = self.counted == self.expected and 0 < self.answers == self.alike
        asked = self.verdicts.keys() == PROGRAMS.keys()
        return counted and asked and all(one.accepted is not False for one in self.verdicts.values())

    @classmethod
    def kept(cls, given: Input, path: Path) -> "Outcome":
        """That of the last run, without its problems; a new one at first."""
        if not path.exists():
            return cls(given.slug, given.group, len(given.casts))
        known = json.loads(path.read_text(encoding="utf-8"))
        verdicts = {name: Verdict(**one) for name, one in known.pop("verdicts").items()}
        named = {one.name for one in fields(cls)} - {"problems"}
        return cls(**{name: value for name, value in known.items() if name in named}, verdicts=verdicts)

    def keep(self, path: Path) -> None:
        """Write it down."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def print_outcomes(outcomes: Sequence[Outcome]) -> None:
    """A line for each vote, all together, then whatever was not as it should be."""
    say()
    say(HEADING)
    for one in outcomes:
        say(_line(one))
    say(_line(_sum(outcomes)).removesuffix("NO"))
    say()
    for program in dict.fromkeys(verdict.program for one in outcomes for verdict in one.verdicts.values()):
        say(_of_program(program, outcomes))
    for one in outcomes:
        for problem in [*one.problems, *_refusals(one)][:MOST_LINES]:
            say(f"    {one.slug}: {problem}")
    say(
        f"  {'All holds.' if all(one.holds for one in outcomes) else 'SOMETHING IS WRONG, or not done yet: see above.'}"
    )


def _line(one: Outcome) -> str:
    counts = f"{one.expected:14,} {one.counted:7,} {one.answers:13,} {one.alike:6,}"
    rate = one.counted / one.casting if one.casting else 0.0
    times = f"{rate:8.1f} {1000 * one.sealing:5.0f}ms {one.receipt:6.1f}s {one.tally:4.0f}s {one.opening:4.0f}s"
    return f"  {one.slug:19.19} {one.group:13} {counts} {times}  {'yes' if one.holds else 'NO'}"


def _sum(outcomes: Sequence[Outcome]) -> Outcome:
    """All the votes as one; sealing and receipt are means over the ballots."""
    whole = Outcome("together", "", 0)
    for name in ("expected", "answers", "counted", "alike", "casting", "tally", "opening"):
        setattr(whole, name, sum(getattr(one, name) for one in outcomes))
    for name in ("sealing", "receipt"):
        weighted = sum(getattr(one, name) * one.expected for one in outcomes)
        setattr(whole, name, weighted / whole.expected if whole.expected else 0.0)
    return whole


def _of_program(program: str, outcomes: Sequence[Outcome]) -> str:
    said = [(one, verdict) for one in outcomes for verdict in one.verdicts.values() if verdict.program == program]
    asked = [(one, verdict) for one, verdict in said if verdict.accepted is not None]
    accepted = sum(verdict.accepted is True for _, verdict in asked)
    seconds, ballots = sum(verdict.seconds for _, verdict in asked), sum(one.counted for one, _ in asked)
    work = f"{ballots:,} ballots, {seconds:,.0f} s of processor"
    line = f"  {program:19} accepted {accepted} of {len(asked)} archives, {work}"
    skipped = {verdict.reason for _, verdict in said if verdict.accepted is None}
    return line + "".join(f"; {len(said) - len(asked)} not read: {reason}" for reason in skipped)


def _refusals(one: Outcome) -> list[str]:
    return [
        f"{verdict.program} refused: {verdict.reason}" for verdict in one.verdicts.values() if verdict.accepted is False
    ]
