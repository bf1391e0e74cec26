"""A campaign of the participatory budget: one calendar that everything asks, envelopes, changes that leave a trace."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from ideas.domain.problems import DomainError, Invalid, OutOfDate, Problem

WHOLE = ""
"""The place of the envelope for the whole territory."""


class PhaseCode(StrEnum):
    """The parts of a campaign, in the order of the year."""

    DEPOSIT = "deposit"
    REVIEW = "review"
    CO_CONSTRUCTION = "co_construction"
    BALLOT = "ballot"
    VOTE = "vote"
    RESULTS = "results"
    DELIVERY = "delivery"


ORDER = tuple(PhaseCode)
NEEDED = tuple(code for code in PhaseCode if code not in {PhaseCode.CO_CONSTRUCTION, PhaseCode.DELIVERY})
ONE_AFTER_THE_OTHER = frozenset({PhaseCode.DEPOSIT, PhaseCode.REVIEW, PhaseCode.CO_CONSTRUCTION})
"""After these the next phase begins on the next day: else ideas would wait in nobody's hands."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase and its days, both included."""

    code: PhaseCode
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Calendar:
    """The one authority on what a campaign is at. A phase that is left out is never before, during or after."""

    phases: tuple[Phase, ...]

    def phase(self, code: PhaseCode) -> Phase | None:
        """The phase, if the campaign has it."""
        return next((one for one in self.phases if one.code is code), None)

    def before(self, code: PhaseCode, day: date) -> bool:
        """Whether the phase is still to come on that day."""
        one = self.phase(code)
        return one is not None and day < one.starts_on

    def during(self, code: PhaseCode, day: date) -> bool:
        """Whether that day is one of the phase's."""
        one = self.phase(code)
        return one is not None and one.starts_on <= day <= one.ends_on

    def after(self, code: PhaseCode, day: date) -> bool:
        """Whether the phase is over on that day."""
        one = self.phase(code)
        return one is not None and one.ends_on < day

    def at(self, day: date) -> PhaseCode | None:
        """The phase of that day; ``None``: between two, before the first or after the last."""
        return next((one.code for one in self.phases if self.during(one.code, day)), None)


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign. ``envelopes``: by place, :data:`WHOLE` for the whole territory."""

    year: int
    calendar: Calendar
    envelopes: Mapping[str, int]
    version: int = 0
    """0: not kept yet."""
    published_at: datetime | None = None

    @property
    def slug(self) -> str:
        """By which dossiers and votes name it."""
        return f"budget-{self.year}"


@dataclass(frozen=True, slots=True)
class Trace:
    """What of a public campaign was changed, and why."""

    reason: str
    moved: tuple[PhaseCode, ...]
    envelopes: bool


def check(wanted: Campaign, typed: tuple[Phase, ...], places: tuple[str, ...], known: frozenset[str]) -> None:
    """Raises *invalid* with everything that is wrong. ``typed`` and ``places`` are as they were sent, for pointers."""
    problems = [*_phases_wrong(typed), *_places_wrong(places, known)]
    if not wanted.envelopes or not sum(wanted.envelopes.values()):
        problems.append(Problem("/envelopes", "no-money", "A campaign needs an envelope."))
    if problems:
        raise Invalid(*problems)


def _places_wrong(places: tuple[str, ...], known: frozenset[str]) -> Iterator[Problem]:
    for position, place in enumerate(places):
        if place != WHOLE and place not in known:
            yield Problem(f"/envelopes/{position}/place", "unknown-district", "There is no such district.")
        if place in places[:position]:
            yield Problem(f"/envelopes/{position}/place", "duplicate", "This place has an envelope already.")


def _phases_wrong(typed: tuple[Phase, ...]) -> Iterator[Problem]:
    codes = [one.code for one in typed]
    for code in NEEDED:
        if code not in codes:
            yield Problem("/phases", "phase-missing", f"The phase {code} is needed.")
    for position, one in enumerate(typed):
        if one.code in codes[:position]:
            yield Problem(f"/phases/{position}/code", "duplicate", "This phase is there twice.")
        if one.ends_on < one.starts_on:
            yield Problem(f"/phases/{position}/ends_on", "ends-before-start", "It ends before it starts.")
    yield from _neighbours_wrong(typed)


def _neighbours_wrong(typed: tuple[Phase, ...]) -> Iterator[Problem]:
    places = sorted(range(len(typed)), key=lambda position: ORDER.index(typed[position].code))
    for here, there in pairwise(places):
        one, following = typed[here], typed[there]
        if following.starts_on <= one.ends_on:
            yield Problem(f"/phases/{there}/starts_on", "phases-overlap", f"{one.code} is not over on that day.")
        elif one.code in ONE_AFTER_THE_OTHER and following.starts_on > one.ends_on + timedelta(days=1):
            yield Problem(f"/phases/{there}/starts_on", "phases-gap", f"It must follow {one.code} without a gap.")


def change(before: Campaign, wanted: Campaign, *, today: date, version: int | None, reason: str) -> Trace | None:
    """What is to be noted of a change; ``None``: nothing, as the campaign is not public or stays as it is.

    Raises *out of date* if somebody else changed it, *invalid* if a public change has no reason or rewrites the past.
    """
    if version != before.version:
        raise OutOfDate("out-of-date", "It was changed since you read it.")
    moved = tuple(code for code in ORDER if before.calendar.phase(code) != wanted.calendar.phase(code))
    money = dict(before.envelopes) != dict(wanted.envelopes)
    if before.published_at is None or not (moved or money):
        return None
    problems = list(_past_rewritten(before.calendar, wanted.calendar, today))
    if not reason:
        problems.append(Problem("/reason", "missing", "Say why: the change is public."))
    if problems:
        raise Invalid(*problems)
    return Trace(reason, moved, money)


def _past_rewritten(before: Calendar, wanted: Calendar, today: date) -> Iterator[Problem]:
    for one in before.phases:
        now = wanted.phase(one.code)
        started_elsewhere = one.starts_on <= today and (now is None or now.starts_on != one.starts_on)
        if now != one and (one.ends_on < today or started_elsewhere):
            place = next((n for n, other in enumerate(wanted.phases) if other.code is one.code), None)
            pointer = "/phases" if place is None else f"/phases/{place}/starts_on"
            yield Problem(pointer, "phase-begun", f"{one.code} has begun: its past does not change.")


def publish(campaign: Campaign, now: datetime) -> Campaign:
    """It is public from now on."""
    if campaign.published_at is not None:
        raise DomainError("already-public", "It is public already.")
    return replace(campaign, published_at=now, version=campaign.version + 1)
