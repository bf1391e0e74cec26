"""A consultation's life: drafted by an agent, published, opened and closed by the clock."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from consultations.domain.form import Texts
from consultations.domain.problems import Invalid, Problem, WrongState

ConsultationId = NewType("ConsultationId", UUID)
WHOLE_CITY = "*"


class State(StrEnum):
    """Where a consultation stands at some moment."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"


class ResultsPolicy(StrEnum):
    """When everybody may read the results."""

    AFTER_CLOSING = "after_closing"
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may answer: accounts certified to ``level``, everywhere or confirmed residents only."""

    level: int = 0
    residents: bool = False


@dataclass(frozen=True, slots=True)
class Details:
    """What an agent says of a consultation."""

    title: Texts
    summary: Texts
    description: Texts
    organiser: Texts
    outcome: Texts
    places: tuple[str, ...]
    opens_at: datetime
    closes_at: datetime
    results: ResultsPolicy = ResultsPolicy.AFTER_CLOSING
    audience: Audience = Audience()


@dataclass(frozen=True, slots=True)
class Consultation:
    """One consultation. The clock decides whether it is open; ``opened_at`` and ``closed_at`` say it has been told."""

    id: ConsultationId
    slug: str
    details: Details
    revision: int = 1
    published_at: datetime | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    closing_reason: str | None = None

    def state(self, now: datetime) -> State:
        """Where it stands at that moment."""
        if self.published_at is None:
            return State.DRAFT
        if self.closed_at is not None or now >= self.details.closes_at:
            return State.CLOSED
        return State.OPEN if now >= self.details.opens_at else State.SCHEDULED

    def results_public(self, now: datetime) -> bool:
        """Whether everybody may read the results."""
        state = self.state(now)
        live = state is State.OPEN and self.details.results is ResultsPolicy.LIVE
        return live or state is State.CLOSED

    @property
    def perimeter(self) -> tuple[str, ...]:
        """The places that an agent's role must cover."""
        return self.details.places or (WHOLE_CITY,)


def detail_problems(details: Details, known_places: frozenset[str], language: str) -> tuple[Problem, ...]:
    """What is wrong with the details, whatever the state."""
    unknown = [
        Problem(f"/places/{position}", "unknown-place", "The territory has no such place.")
        for position, place in enumerate(details.places)
        if place not in known_places
    ]
    untranslated = [
        Problem(f"/{name}", "untranslated", f"There is no text in the language {language}.")
        for name in ("title", "summary", "description", "organiser", "outcome")
        if language not in getattr(details, name)
    ]
    backwards = details.closes_at <= details.opens_at
    order = [Problem("/closes_at", "not-after-opening", "It closes before it opens.")] if backwards else []
    return (*unknown, *untranslated, *order)


def edit(consultation: Consultation, details: Details, now: datetime) -> Consultation:
    """The consultation with other details. Raises :class:`WrongState` when closed, :class:`Invalid` for what began."""
    state = consultation.state(now)
    if state is State.CLOSED:
        raise WrongState("closed", "A closed consultation does not change.")
    problems: list[Problem] = []
    if state is not State.DRAFT and details.closes_at <= now:
        problems.append(_past_closing())
    if state is State.OPEN:
        problems += _moved(consultation.details, details)
    if problems:
        raise Invalid(tuple(problems))
    return replace(consultation, details=details, revision=consultation.revision + 1)


def _past_closing() -> Problem:
    return Problem("/closes_at", "in-the-past", "This moment has passed: choose a later one, or close it now.")


def _moved(old: Details, new: Details) -> list[Problem]:
    return [
        Problem(f"/{name}", "already-open", "It is open: this does not change any more.")
        for name in ("opens_at", "places", "results", "audience")
        if getattr(old, name) != getattr(new, name)
    ]


def changed(consultation: Consultation, now: datetime) -> Consultation:
    """The consultation with its form written anew. Raises :class:`WrongState` when closed."""
    if consultation.state(now) is State.CLOSED:
        raise WrongState("closed", "A closed consultation does not change.")
    return replace(consultation, revision=consultation.revision + 1)


def publish(consultation: Consultation, now: datetime) -> Consultation:
    """The consultation with its form published.

    Raises :class:`WrongState` when closed, :class:`Invalid` when its end has passed.
    """
    following = changed(consultation, now)
    if consultation.details.closes_at <= now:
        raise Invalid((_past_closing(),))
    return replace(following, published_at=consultation.published_at or now)


def opening_due(consultation: Consultation, now: datetime) -> bool:
    """Whether its opening is still to be told."""
    return consultation.state(now) is State.OPEN and consultation.opened_at is None


def open_now(consultation: Consultation, now: datetime) -> Consultation:
    """The consultation, its opening told."""
    return replace(consultation, opened_at=now)


def close_on_time(consultation: Consultation, now: datetime) -> Consultation:
    """The consultation, its closing told."""
    return replace(consultation, opened_at=consultation.opened_at or now, closed_at=now)


def close_early(consultation: Consultation, reason: str, now: datetime) -> Consultation:
    """The consultation closed before its time. Raises :class:`WrongState` unless it is open."""
    if consultation.state(now) is not State.OPEN:
        raise WrongState("not-open", "Only an open consultation can be closed.")
    details = replace(consultation.details, closes_at=now)
    following = close_on_time(replace(consultation, details=details), now)
    return replace(following, closing_reason=reason, revision=consultation.revision + 1)


def check_open(consultation: Consultation, now: datetime) -> None:
    """Raises :class:`WrongState` unless answers are taken at that moment."""
    match consultation.state(now):
        case State.OPEN:
            return
        case State.CLOSED:
            raise WrongState("closed", "The consultation is closed.")
        case _:
            raise WrongState("not-open-yet", "The consultation is not open yet.")


def level_needed(audience: Audience, floor: int) -> int:
    """The certification an account needs to answer: what the audience and the territory ask, the higher of both."""
    return max(audience.level, floor)
