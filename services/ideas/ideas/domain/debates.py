"""Debates: opened for some days, closed by the clock, concluded with what a service heard."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from ideas.domain import dossier as life
from ideas.domain.dossier import Change, Dossier, State, late, moved, require
from ideas.domain.problems import DomainError, Problem
from ideas.domain.record import Step, content_digest
from ideas.domain.rules import DEBATE, DebateRules, KindRules, Rules


@dataclass(frozen=True, slots=True)
class Synthesis:
    """What a service heard."""

    service: str
    text: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Debate:
    """What a debate has besides what every dossier has. Its last day is the dossier's ``closes_on``."""

    opens_on: date
    opened_by: str | None = None
    """The service that opened it; ``None``: a citizen did."""
    synthesis: Synthesis | None = None


def check_dates(opens_on: date, closes_on: date, debate: DebateRules, *, earliest: date) -> Iterator[Problem]:
    """What the territory's lengths and the calendar refuse. ``earliest``: the first day on which it may begin."""
    if opens_on < earliest:
        yield Problem("/opens_on", "too-soon", f"It can begin on {earliest} at the earliest.")
    days = (closes_on - opens_on).days + 1
    limits = {"ge": debate.shortest_days, "le": debate.longest_days, "days": days}
    if days < debate.shortest_days:
        yield Problem("/closes_on", "debate-too-short", f"A debate lasts {debate.shortest_days} days at least.", limits)
    elif days > debate.longest_days:
        yield Problem("/closes_on", "debate-too-long", f"A debate lasts {debate.longest_days} days at most.", limits)


def earliest(kind: KindRules, rules: Rules, now: datetime, *, by_agents: bool) -> date:
    """The first day on which a debate opened now may begin: what is read first has time to be read."""
    wait = timedelta(hours=rules.moderation_hours) if kind.moderated_first and not by_agents else timedelta()
    return rules.day(now + wait)


def open_debate(dossier: Dossier, debate: Debate, closes_on: date, rules: Rules) -> Change:
    """A debate just written: a citizen's is read as every deposit is, a service's is public at once."""
    dated = replace(dossier, closes_on=closes_on, closes_at=rules.end_of(closes_on))
    if debate.opened_by is None:
        return life.deposit(dated, rules.kinds[DEBATE], rules)
    now = dossier.deposited_at
    opened = replace(moved(dated, State.OPEN, now), opened_at=now, moderated_at=now, service=debate.opened_by)
    facts: dict[str, str | int] = {
        "content": content_digest(dossier.title, dossier.text),
        "opens_on": debate.opens_on.isoformat(),
        "closes_on": closes_on.isoformat(),
    }
    return Change(opened, (Step("opened", "service", service=debate.opened_by, facts=facts),))


def check_open(dossier: Dossier, debate: Debate, today: date) -> None:
    """Raises unless people may write in the debate today."""
    over = dossier.state is not State.OPEN or (dossier.closes_on is not None and today > dossier.closes_on)
    if over or today < debate.opens_on:
        raise DomainError("discussion-closed", "The debate takes no messages now.")


def synthesis_due(dossier: Dossier, rules: Rules) -> date | None:
    """By when a service owes its synthesis; ``None``: the debate has no last day, as imported ones."""
    days = timedelta(days=rules.debate.synthesis_days) if rules.debate else timedelta()
    return dossier.closes_on + days if dossier.closes_on else None


def conclude(dossier: Dossier, debate: Debate, said: Synthesis, rules: Rules) -> tuple[Change, Debate]:
    """It takes no messages any more and its synthesis is public. The same words again change nothing."""
    before = debate.synthesis
    if before is not None and (before.service, before.text) == (said.service, said.text):
        return Change(dossier, ()), debate
    require(dossier, State.OPEN, State.EXPIRED)
    due = synthesis_due(dossier, rules)
    facts = late(rules, due, said.published_at) if due else {}
    ended = replace(
        moved(dossier, State.CONCLUDED, said.published_at),
        service=said.service,
        answered_at=said.published_at,
        last_word=said.text,
    )
    step = Step("concluded", "service", service=said.service, text=said.text, facts=facts)
    return Change(ended, (step,)), replace(debate, synthesis=said)
