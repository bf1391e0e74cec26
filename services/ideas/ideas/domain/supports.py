"""What a count of supports leads to: stages are reached once, and lost only when supports are found invalid."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from ideas.domain.dossier import Dossier, State, moved
from ideas.domain.record import Step
from ideas.domain.rules import KindRules, Rules, StageRule

MILESTONES = (33, 66, 100)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stage that was reached, and when what is owed there is due."""

    stage: str
    supports: int
    reached_on: date
    due_on: date
    joined: int = 0
    """How many of the supports came from dossiers joined to it."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The supports of a dossier: each person once, and signatures on paper."""

    own: int = 0
    joined: int = 0
    """Of people who support a dossier that was joined to it, and not this one as well."""
    paper: int = 0

    @property
    def total(self) -> int:
        """What decides."""
        return self.own + self.joined + self.paper

    def on(self, dossier: Dossier) -> Dossier:
        """The dossier that says how its count is made up."""
        return replace(dossier, joined_supports=self.joined, paper_supports=self.paper)


class Counted(NamedTuple):
    """What a new count leads to."""

    dossier: Dossier
    steps: tuple[Step, ...]
    reached: tuple[Stamp, ...]
    lost: tuple[str, ...]
    milestone: int | None
    """33, 66 or 100 if that share of the threshold is reached for the first time."""


def count(  # noqa: PLR0913 -- the values that decide, each by its name
    dossier: Dossier, supports: int, *, stamped: frozenset[str], kind: KindRules, rules: Rules, now: datetime
) -> Counted:
    """The dossier with so many supports. ``stamped``: the stages reached so far."""
    counted = replace(dossier, supports=supports)
    if dossier.state is not State.OPEN:
        return Counted(counted, (), (), (), None)
    today = rules.day(now)
    joined = counted.joined_supports
    due = [stage for stage in kind.stages if supports >= stage.supports and stage.code not in stamped]
    reached = tuple(_stamp(stage, supports, joined, today) for stage in due)
    steps = tuple(_reached_step(stamp) for stamp in reached)
    if kind.stages and kind.stages[-1] in due:
        counted = _to_examine(counted, reached[-1], now)
    milestone = _milestone(counted, kind)
    told = milestone if milestone is not None else counted.progress_told
    return Counted(replace(counted, progress_told=told), steps, reached, (), milestone)


def recount(dossier: Dossier, supports: int, *, stamped: frozenset[str], kind: KindRules, now: datetime) -> Counted:
    """The dossier with fewer supports by a decision: those of ``stamped`` above the count are lost, with a trace."""
    counted = replace(dossier, supports=supports)
    lost = tuple(one.code for one in kind.stages if one.code in stamped and supports < one.supports)
    steps = tuple(Step("stage_lost", "counter", facts={"stage": code, "supports": supports}) for code in lost)
    if kind.stages and kind.stages[-1].code in lost and dossier.state is State.UNDER_EXAMINATION:
        counted = replace(moved(counted, State.OPEN, now), answer_due_on=None, service=None, assigned_at=None)
    return Counted(counted, steps, (), lost, None)


def _stamp(stage: StageRule, supports: int, joined: int, today: date) -> Stamp:
    return Stamp(stage.code, supports, today, today + timedelta(days=stage.days), joined)


def _reached_step(stamp: Stamp) -> Step:
    facts: dict[str, str | int] = {"stage": stamp.stage, "supports": stamp.supports, "due_on": stamp.due_on.isoformat()}
    return Step("stage_reached", "counter", facts=facts)


def _to_examine(dossier: Dossier, last: Stamp, now: datetime) -> Dossier:
    return replace(moved(dossier, State.UNDER_EXAMINATION, now), answer_due_on=last.due_on)


def _milestone(dossier: Dossier, kind: KindRules) -> int | None:
    if kind.threshold is None:
        return None
    percent = dossier.supports * 100 // kind.threshold
    passed = [one for one in MILESTONES if dossier.progress_told < one <= percent]
    return passed[-1] if passed else None
