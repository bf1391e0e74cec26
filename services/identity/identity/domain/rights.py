"""May this person do this here? A pure answer from a rule of the territory and what is known of the person."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Residence(StrEnum):
    """Where one must live."""

    ANYWHERE = "anywhere"
    CITY = "city"
    DISTRICT = "district"


class Refusal(StrEnum):
    """Why not."""

    UNKNOWN_ACCOUNT = "unknown-account"
    LEVEL_TOO_LOW = "level-too-low"
    AGE_UNKNOWN = "age-unknown"
    TOO_YOUNG = "too-young"
    RESIDENCE_UNKNOWN = "residence-unknown"
    NOT_RESIDENT = "not-resident"
    KIND_NOT_ALLOWED = "kind-not-allowed"
    NOT_UNIQUE = "not-unique"


@dataclass(frozen=True, slots=True)
class Rule:
    """What an action asks."""

    level: int
    minimum_age: int
    residence: Residence
    collectives: bool
    """Whether a collective may do it."""
    unique: bool
    """Whether it must be sure that the human behind has no second account."""

    @property
    def asks_about_person(self) -> bool:
        """Whether only a person, of whom something is known, can satisfy it."""
        return self.minimum_age > 0 or self.residence is not Residence.ANYWHERE or self.unique


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an account, as far as rules ask."""

    level: int
    is_person: bool
    is_unique: bool
    birth_date: date | None = None
    home_district: str | None = None
    work_district: str | None = None


def age(birth_date: date, today: date) -> int:
    """Completed years; somebody born on 29 February turns a year older on 1 March of common years."""
    return today.year - birth_date.year - ((today.month, today.day) < (birth_date.month, birth_date.day))


def age_band(birth_date: date | None, today: date) -> str:
    """As much of an age as statistics need."""
    if birth_date is None:
        return "unknown"
    years = age(birth_date, today)
    bands = ((18, "under-18"), (25, "18-24"), (40, "25-39"), (60, "40-59"), (75, "60-74"))
    return next((name for below, name in bands if years < below), "75-plus")


def refusals(
    rule: Rule, person: Known | None, *, place: Collection[str] | None, today: date, city: Collection[str]
) -> tuple[Refusal, ...]:
    """Every reason why not; none: allowed. ``place``: the districts meant, ``city``: all districts."""
    if person is None:
        return (Refusal.UNKNOWN_ACCOUNT,)
    if not person.is_person:
        return tuple(_of_collective(rule, person))
    return tuple(_of_person(rule, person, place, today, city))


def _of_collective(rule: Rule, collective: Known) -> Iterator[Refusal]:
    if not rule.collectives or rule.asks_about_person:
        yield Refusal.KIND_NOT_ALLOWED
    if collective.level < rule.level:
        yield Refusal.LEVEL_TOO_LOW


def _of_person(
    rule: Rule, person: Known, place: Collection[str] | None, today: date, city: Collection[str]
) -> Iterator[Refusal]:
    if person.level < rule.level:
        yield Refusal.LEVEL_TOO_LOW
    if rule.unique and not person.is_unique:
        yield Refusal.NOT_UNIQUE
    yield from _of_age(rule, person, today)
    yield from _of_residence(rule, person, place, city)


def _of_age(rule: Rule, person: Known, today: date) -> Iterator[Refusal]:
    if rule.minimum_age == 0:
        return
    if person.birth_date is None:
        yield Refusal.AGE_UNKNOWN
    elif age(person.birth_date, today) < rule.minimum_age:
        yield Refusal.TOO_YOUNG


def _of_residence(rule: Rule, person: Known, place: Collection[str] | None, city: Collection[str]) -> Iterator[Refusal]:
    if rule.residence is Residence.ANYWHERE:
        return
    allowed = place if rule.residence is Residence.DISTRICT and place is not None else city
    ties = {person.home_district}
    if rule.residence is Residence.DISTRICT:
        ties.add(person.work_district)
    if ties <= {None}:
        yield Refusal.RESIDENCE_UNKNOWN
    elif not ties & set(allowed):
        yield Refusal.NOT_RESIDENT
