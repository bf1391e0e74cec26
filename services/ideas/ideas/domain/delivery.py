"""From the vote to the works: dates, progress and money of a project that won, each change with its public words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from ideas.domain.dossier import Change, Dossier, State, known_reason, late, moved
from ideas.domain.examination import NEXT
from ideas.domain.problems import DomainError, Invalid, OutOfDate, Problem
from ideas.domain.project import Dossiers, Project, Standing
from ideas.domain.record import Step
from ideas.domain.rules import Rules

ALL = 100
"""Per cent."""


@dataclass(frozen=True, slots=True)
class Works:
    """Where the works are. Amounts in whole units of the currency; ``first_due_on``: what was promised first."""

    first_due_on: date | None = None
    due_on: date | None = None
    started_on: date | None = None
    delivered_on: date | None = None
    progress: int = 0
    estimated: int | None = None
    committed: int | None = None
    spent: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class News:
    """What is told. Whatever is ``None`` stays as it is. ``on``: the day on which it happened."""

    text: str
    state: State | None = None
    on: date | None = None
    due_on: date | None = None
    progress: int | None = None
    estimated: int | None = None
    committed: int | None = None
    spent: int | None = None
    reason: str | None = None
    """Why it is given up or put off."""
    variance: str | None = None
    """Why it costs more than was voted."""
    shows: Mapping[str, str | int] = field(default_factory=dict)
    """What the records say of its pictures."""


Told = tuple[Works, tuple[Change, ...]]
_MONEY = ("estimated", "committed", "spent")


def tell(  # noqa: PLR0913 -- the values of one sentence
    project: Project, works: Works, dossiers: Dossiers, rules: Rules, now: datetime, *, news: News, version: int
) -> Told:
    """The works as they are afterwards, and what the records of all its ideas gain.

    Raises *wrong state* for a project that did not win, *invalid* with everything that is wrong, *out of date* if
    somebody else told something since.
    """
    if project.standing is not Standing.SELECTED:
        raise DomainError("not-selected", "Only a project that won the vote is built.")
    leader = dossiers[project.id]
    if version != works.version:
        raise OutOfDate("out-of-date", "It was changed since you read it.")
    if news.state is not None and news.state not in NEXT.get(leader.state, frozenset()):
        raise DomainError("wrong-state", f"A project that is {leader.state} cannot become {news.state}.")
    after = _after(works, news, rules.day(now))
    problems = [*_dates_wrong(works, news, rules, now), *_money_wrong(project, works, after, news, rules)]
    if problems:
        raise Invalid(*problems)
    step = _step(works, after, leader, news, rules, now)
    return after, tuple(Change(_told(dossiers[one], after, news, now), (step,)) for one in project.ideas)


def _after(works: Works, news: News, today: date) -> Works:
    given = {name: getattr(news, name) for name in (*_MONEY, "progress", "due_on") if getattr(news, name) is not None}
    after = replace(works, **given, version=works.version + 1)
    after = replace(after, first_due_on=works.first_due_on or after.due_on)
    if news.state is State.UNDER_WAY and after.started_on is None:
        return replace(after, started_on=news.on or today)
    if news.state is State.DELIVERED:
        return replace(after, delivered_on=news.on or today, progress=ALL)
    return after


def _dates_wrong(works: Works, news: News, rules: Rules, now: datetime) -> Iterator[Problem]:
    today = rules.day(now)
    if news.due_on is not None and news.due_on < today:
        yield Problem("/due_on", "date-past", "Choose today or a later day.")
    if news.on is not None and news.on > today:
        yield Problem("/on", "date-to-come", "Say on which day it was done.")
    put_off = works.due_on is not None and news.due_on is not None and news.due_on > works.due_on
    if news.state is State.ABANDONED:
        yield from _unknown(rules, "abandon", news.reason, "/reason")
    elif put_off:
        yield from _unknown(rules, "postpone", news.reason, "/reason")


def _money_wrong(project: Project, works: Works, after: Works, news: News, rules: Rules) -> Iterator[Problem]:
    changed = any(getattr(works, name) != getattr(after, name) for name in _MONEY)
    most = max((getattr(after, name) or 0 for name in _MONEY), default=0)
    if changed and most > (project.voted or 0):
        yield from _unknown(rules, "variance", news.variance, "/variance")


def _unknown(rules: Rules, purpose: str, reason: str | None, pointer: str) -> Iterator[Problem]:
    try:
        known_reason(rules, purpose, reason)
    except Invalid as unknown:
        yield from (replace(one, pointer=pointer) for one in unknown.problems)


def _step(  # noqa: PLR0913, PLR0917
    works: Works, after: Works, leader: Dossier, news: News, rules: Rules, now: datetime
) -> Step:
    said = {name: getattr(news, name) for name in (*_MONEY, "progress") if getattr(news, name) is not None}
    facts: dict[str, str | int] = dict(said)
    if news.on is not None:
        facts["on"] = news.on.isoformat()
    if news.due_on is not None:
        facts["due_on"] = news.due_on.isoformat()
        facts |= {"instead_of": works.due_on.isoformat()} if works.due_on and works.due_on != news.due_on else {}
    facts |= news.shows
    if news.variance:
        facts["variance"] = news.variance
    if news.state is State.DELIVERED and works.due_on:
        facts |= late(rules, works.due_on, rules.start_of(after.delivered_on) if after.delivered_on else now)
    return Step(news.state or "news", "service", leader.service, news.reason, news.text, facts)


def _told(one: Dossier, after: Works, news: News, now: datetime) -> Dossier:
    over = news.state in {State.DELIVERED, State.ABANDONED}
    cost = one.cost if news.estimated is None else news.estimated
    told = replace(one, last_word=news.text, cost=cost, promised_on=None if over else after.due_on)
    if news.state is None:
        return told
    return replace(moved(told, news.state, now), reason=news.reason)
