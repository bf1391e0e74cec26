"""Which supports given together deserve a look, and why: signals that anybody can understand, added up to a score.

Nothing here decides. A group may be the evening of a television report: its signals are told to agents, who decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import mean, median, pstdev
from typing import NamedTuple
from uuid import UUID

from ideas.domain.rules import FraudRules

MOST = {"burst": 30, "young": 40, "one_purpose": 15, "regular": 15}
"""How many points each signal adds at most: 100 in all."""
MANY_TIMES = 4
"""A burst of so many times what makes it one has all its points."""
EVEN = 0.5
"""Gaps between supports that vary by less than this share of their mean are regular; chance gives 1."""
FEWEST_GAPS = 5
TIME_BITS = 80
"""The identifiers of accounts (UUIDv7) begin with the milliseconds of their making, before so many other bits."""


@dataclass(frozen=True, slots=True)
class Given:
    """A support: by whom, when, and how many other dossiers the account supports."""

    account: UUID
    at: datetime
    others: int


class Reason(NamedTuple):
    """A signal, the points it adds, what was found, and what is usual."""

    signal: str
    points: int
    found: int
    usual: int | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """Supports given together, with the reasons of their score."""

    given: Sequence[Given]
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> int:
        """From 0 to 100."""
        return sum(reason.points for reason in self.reasons)


def made_at(account: UUID) -> datetime | None:
    """When an account was made; ``None`` if its identifier does not say."""
    if account.version != 7:
        return None
    return datetime.fromtimestamp((account.int >> TIME_BITS) / 1000, UTC)


def window_of(moment: datetime, rules: FraudRules) -> datetime:
    """The beginning of the window in which a moment lies."""
    start = datetime(2000, 1, 1, tzinfo=UTC)
    return start + (moment - start) // rules.window * rules.window


def groups(supports: Sequence[Given], rules: FraudRules) -> Sequence[Scored]:
    """The groups to look at among a dossier's supports: neighbouring windows with far more than usual."""
    counted: dict[datetime, list[Given]] = {}
    for one in sorted(supports, key=lambda given: (given.at, given.account)):
        counted.setdefault(window_of(one.at, rules), []).append(one)
    usual = max(1, round(median(len(given) for given in counted.values()))) if counted else 1
    high = [at for at, given in counted.items() if _worth_a_look(given, usual, rules)]
    scored = []
    for run in _runs(high, rules.window):
        most = max(len(counted[at]) for at in run)
        scored.append(score([one for at in run for one in counted[at]], most, usual, rules))
    return [one for one in scored if one.score >= rules.review_from]


def _worth_a_look(given: Sequence[Given], usual: int, rules: FraudRules) -> bool:
    """A window with many supports: many more than usual or, where robots are all that is usual, of young accounts."""
    young = sum(_young(one, rules) for one in given)
    return len(given) >= rules.least and (len(given) >= usual * rules.times_usual or 2 * young > len(given))


def _runs(windows: Sequence[datetime], step: timedelta) -> Sequence[Sequence[datetime]]:
    runs: list[list[datetime]] = []
    for at in windows:
        if runs and at - runs[-1][-1] == step:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def score(given: Sequence[Given], most: int, usual: int, rules: FraudRules) -> Scored:
    """Supports with their score. ``most``: in one window of theirs; ``usual``: in a usual window of the dossier."""
    given = sorted(given, key=lambda one: (one.at, one.account))
    young = [one for one in given if _young(one, rules)]
    alone = [one for one in given if one.others == 0]
    found = (
        _burst(most, usual, rules),
        Reason("young", _share("young", len(young), len(given)), len(young)),
        Reason("one_purpose", _share("one_purpose", len(alone), len(given)), len(alone)),
        _regular([one.at for one in given]),
    )
    return Scored(tuple(given), tuple(reason for reason in found if reason.points))


def _young(one: Given, rules: FraudRules) -> bool:
    made = made_at(one.account)
    return made is not None and timedelta() <= one.at - made <= rules.young


def _share(signal: str, number: int, of: int) -> int:
    """Points in proportion to what is beyond half of the group: some young accounts are in every crowd."""
    return round(MOST[signal] * max(0.0, 2 * number / of - 1))


def _burst(most: int, usual: int, rules: FraudRules) -> Reason:
    times = most / max(rules.least, usual * rules.times_usual)
    return Reason("burst", round(MOST["burst"] * min(1.0, times / MANY_TIMES)) if times >= 1 else 0, most, usual)


def _regular(moments: Sequence[datetime]) -> Reason:
    gaps = [(after - before).total_seconds() for before, after in pairwise(moments)]
    if len(gaps) < FEWEST_GAPS or not mean(gaps):
        return Reason("regular", 0, 0)
    uneven = pstdev(gaps) / mean(gaps)
    return Reason("regular", round(MOST["regular"] * max(0.0, 1 - uneven / EVEN)), round(mean(gaps)))
