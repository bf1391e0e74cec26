"""A dossier and its life until it is examined: deposit, moderation, correction, withdrawal, expiry.

Each function gives the dossier as it is afterwards and the steps that its record gains. Nothing is ever deleted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from ideas.domain.problems import DomainError, Invalid, OutOfDate, Problem
from ideas.domain.record import BEGINNING, Step, content_digest
from ideas.domain.rules import DEBATE, KindRules, Rules, months_later


class State(StrEnum):
    """Where a dossier stands."""

    SUBMITTED = "submitted"
    OPEN = "open"
    REFUSED = "refused"
    UNDER_EXAMINATION = "under_examination"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DELIVERED = "delivered"
    ABANDONED = "abandoned"
    EXPIRED = "expired"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"
    CONCLUDED = "concluded"


UNPUBLISHED = frozenset({State.SUBMITTED})
"""Seen by the author and by moderators only."""
FOLLOWED_UP = frozenset({State.ACCEPTED, State.PLANNED, State.UNDER_WAY})


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is about: the whole territory, a district, or a point in one."""

    scope: str
    district: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier, with the end of its record (``steps``, ``head``)."""

    id: UUID
    number: str
    kind: str
    author: UUID | None
    title: str
    text: str
    theme: str
    place: Place
    campaign: str | None
    state: State
    state_since: datetime
    deposited_at: datetime
    moderated_at: datetime | None = None
    opened_at: datetime | None = None
    closes_on: date | None = None
    closes_at: datetime | None = None
    supports: int = 0
    """Counted from the supports themselves; those taken over from elsewhere are not among them."""
    joined_supports: int = 0
    """Those of them that come from dossiers joined to it."""
    paper_supports: int = 0
    """Those of them that are signatures on paper."""
    imported_supports: int = 0
    progress_told: int = 0
    """The last of 33, 66 and 100 % that was told."""
    service: str | None = None
    assigned_at: datetime | None = None
    answer_due_on: date | None = None
    answered_at: datetime | None = None
    reason: str | None = None
    last_word: str = ""
    cost: int | None = None
    feasibility: str | None = None
    yearly_cost: int | None = None
    promised_on: date | None = None
    """The nearest date of what is promised and not done."""
    content_hidden: bool = False
    hidden_from: State | None = None
    imported_from: str | None = None
    reference: str | None = None
    version: int = 1
    steps: int = 0
    head: str = BEGINNING


class Change(NamedTuple):
    """A dossier as it is now and what its record gained."""

    dossier: Dossier
    steps: tuple[Step, ...]


def moved(dossier: Dossier, state: State, now: datetime) -> Dossier:
    """The dossier in another state."""
    return replace(dossier, state=state, state_since=now)


def require(dossier: Dossier, *states: State) -> None:
    """Raises unless the dossier is in one of the states."""
    if dossier.state not in states:
        raise DomainError("wrong-state", f"A dossier that is {dossier.state} does not allow this.")


def check_lengths(kind: KindRules, title: str, text: str) -> list[Problem]:
    """What the territory's lengths refuse."""
    found = []
    for pointer, value, (shortest, longest) in (
        ("/title", title, kind.title_length),
        ("/text", text, kind.text_length),
    ):
        limits = {"min_length": shortest, "max_length": longest, "length": len(value)}
        if len(value) < shortest:
            found.append(Problem(pointer, "string-too-short", f"At least {shortest} characters are needed.", limits))
        elif len(value) > longest:
            found.append(Problem(pointer, "string-too-long", f"At most {longest} characters are possible.", limits))
    return found


def deposit(dossier: Dossier, kind: KindRules, rules: Rules, files: Mapping[str, str | int] | None = None) -> Change:
    """A dossier just written becomes one of the territory's: it waits for moderation, or is open at once."""
    content = {"content": content_digest(dossier.title, dossier.text), "kind": dossier.kind, **(files or {})}
    step = Step("deposited", "author", facts=content)
    if kind.moderated_first:
        due = rules.day(dossier.deposited_at + timedelta(hours=rules.moderation_hours))
        waiting = Step("deposited", "author", facts=content | {"due_on": due.isoformat()})
        return Change(dossier, (waiting,))
    opened, steps = publish(dossier, kind, rules, dossier.deposited_at)
    return Change(opened, (step, *steps))


def publish(dossier: Dossier, kind: KindRules, rules: Rules, now: datetime) -> Change:
    """It gathers supports from now on, for the period of its kind."""
    opened = replace(moved(dossier, State.OPEN, now), opened_at=now)
    facts: dict[str, str | int] = {}
    if kind.period_months is not None:
        closes_on = months_later(rules.day(now), kind.period_months)
        opened = replace(opened, closes_on=closes_on, closes_at=rules.end_of(closes_on))
        facts["closes_on"] = closes_on.isoformat()
    return Change(opened, (Step("opened", "moderation" if kind.moderated_first else "author", facts=facts),))


def late(rules: Rules, due: date, now: datetime) -> dict[str, str | int]:
    """What a step says of a promise that was not kept."""
    days = (rules.day(now) - due).days
    return {"late_days": days} if days > 0 else {}


def approve(dossier: Dossier, kind: KindRules, rules: Rules, now: datetime) -> Change:
    """A moderator has read it and it may be read by all."""
    if dossier.moderated_at is not None and dossier.state is not State.SUBMITTED:
        return Change(dossier, ())
    require(dossier, State.SUBMITTED, State.OPEN, State.UNDER_EXAMINATION)
    due = rules.day(dossier.deposited_at + timedelta(hours=rules.moderation_hours))
    read = replace(dossier, moderated_at=now)
    if dossier.state is not State.SUBMITTED:
        return Change(read, (Step("approved", "moderation", facts=late(rules, due, now)),))
    opened, (step,) = publish(read, kind, rules, now)
    return Change(opened, (replace(step, facts={**step.facts, **late(rules, due, now)}),))


def refuse(dossier: Dossier, rules: Rules, now: datetime, *, reason: str, text: str) -> Change:
    """A moderator refuses what waits to be read. The words are hidden if the reason says that they may not be shown."""
    if dossier.state is State.REFUSED and dossier.reason == reason:
        return Change(dossier, ())
    if dossier.state is not State.SUBMITTED and not (dossier.state is State.OPEN and dossier.moderated_at is None):
        raise DomainError("wrong-state", "Only what waits for moderation can be refused: hide it instead.")
    known_reason(rules, "refuse", reason)
    refused = replace(
        moved(dossier, State.REFUSED, now),
        moderated_at=now,
        reason=reason,
        last_word=text,
        content_hidden=reason in rules.reasons.get("hide", frozenset()),
    )
    return Change(refused, (Step("refused", "moderation", reason=reason, text=text),))


def hide(dossier: Dossier, rules: Rules, now: datetime, *, reason: str, text: str) -> Change:
    """A moderator hides the words of a published dossier."""
    if dossier.state is State.HIDDEN and dossier.reason == reason:
        return Change(dossier, ())
    if dossier.state in {State.SUBMITTED, State.HIDDEN}:
        raise DomainError("wrong-state", "Only what is published can be hidden.")
    known_reason(rules, "hide", reason)
    hidden = replace(
        moved(dossier, State.HIDDEN, now),
        hidden_from=dossier.state,
        moderated_at=now,
        reason=reason,
        content_hidden=True,
    )
    return Change(hidden, (Step("hidden", "moderation", reason=reason, text=text),))


def restore(dossier: Dossier, now: datetime, *, text: str) -> Change:
    """A moderator shows it again, in the state it had."""
    require(dossier, State.HIDDEN)
    back = dossier.hidden_from or State.OPEN
    shown = replace(moved(dossier, back, now), hidden_from=None, reason=None, content_hidden=False)
    return Change(shown, (Step("restored", "moderation", text=text),))


def edit(dossier: Dossier, content: Dossier, account: UUID, version: int) -> Change:
    """Its author corrects it, as long as nobody supported it; what was published is read again by a moderator.

    A debate only before it is published: people answer what it said.
    """
    of_author(dossier, account)
    require(dossier, State.SUBMITTED, *(() if dossier.kind == DEBATE else (State.OPEN,)))
    if dossier.supports:
        raise DomainError("already-supported", "People support it as it is: add a note instead.")
    if dossier.version != version:
        raise OutOfDate("out-of-date", "It was changed since you read it.")
    words = content_digest(content.title, content.text)
    return Change(replace(content, moderated_at=None), (Step("edited", "author", facts={"content": words}),))


def add_note(dossier: Dossier, account: UUID, text: str, files: Mapping[str, str | int] | None = None) -> Change:
    """Its author adds a dated note."""
    of_author(dossier, account)
    if dossier.state in {State.REFUSED, State.WITHDRAWN, State.HIDDEN, State.MERGED}:
        raise DomainError("wrong-state", "Nothing can be added to it any more.")
    return Change(dossier, (Step("addendum", "author", text=text, facts=files or {}),))


def withdraw(dossier: Dossier, account: UUID, now: datetime, text: str) -> Change:
    """Its author takes it back. What was published stays readable."""
    of_author(dossier, account)
    if dossier.state is State.WITHDRAWN:
        return Change(dossier, ())
    require(dossier, State.SUBMITTED, State.OPEN)
    return Change(moved(dossier, State.WITHDRAWN, now), (Step("withdrawn", "author", text=text),))


def expire(dossier: Dossier, now: datetime) -> Change:
    """Its period is over and the threshold was not reached."""
    if dossier.state is not State.OPEN or dossier.closes_at is None or now < dossier.closes_at:
        return Change(dossier, ())
    step = Step("expired", "clock", facts={"supports": dossier.supports})
    return Change(moved(dossier, State.EXPIRED, now), (step,))


def gathers_supports(dossier: Dossier) -> bool:
    """Whether people may support it now."""
    return dossier.state is State.OPEN and dossier.kind != DEBATE


def of_author(dossier: Dossier, account: UUID) -> None:
    """Raises unless the account wrote the dossier."""
    if dossier.author != account:
        raise DomainError("not-the-author", "Only its author may do this.")


def known_reason(rules: Rules, purpose: str, reason: str | None) -> None:
    """Raises unless the territory lists the reason for this purpose."""
    if reason is None or reason not in rules.reasons.get(purpose, frozenset()):
        raise Invalid(Problem("/reason", "unknown-reason", "Choose one of the territory's reasons."))
