"""The numbers of the territory, as the domain needs them, and the calendar."""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class StageRule:
    """So many supports lead to something that is owed within so many days."""

    code: str
    supports: int
    days: int


DEBATE = "debate"
"""The kind that nobody supports: it has dates and ends with a synthesis."""


@dataclass(frozen=True, slots=True)
class DebateRules:
    """Who opens debates, how long they are, and when the synthesis is owed."""

    by_anyone: bool
    shortest_days: int
    longest_days: int
    synthesis_days: int


@dataclass(frozen=True, slots=True)
class KindRules:
    """The rules of a kind of dossier."""

    code: str
    moderated_first: bool
    period_months: int | None
    stages: tuple[StageRule, ...]
    title_length: tuple[int, int]
    text_length: tuple[int, int]
    in_campaign_only: bool
    debate: DebateRules | None = None

    @property
    def threshold(self) -> int | None:
        """The supports that decide; ``None``: none do."""
        return self.stages[-1].supports if self.stages else None


@dataclass(frozen=True, slots=True)
class Rate:
    """At most ``count`` in ``seconds``."""

    count: int
    seconds: int


@dataclass(frozen=True, slots=True)
class FileRules:
    """What the territory allows."""

    per_dossier: int
    longest: int
    """In bytes."""
    most_pixels: int
    longest_side: int
    """Of a published picture, in pixels."""


@dataclass(frozen=True, slots=True)
class FraudRules:
    """When supports given together are shown to agents."""

    window: timedelta
    least: int
    """How many supports a window must have to be looked at."""
    times_usual: int
    young: timedelta
    review_from: int
    """From which score."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything the territory decides about dossiers."""

    prefix: str
    zone: ZoneInfo
    kinds: Mapping[str, KindRules]
    themes: frozenset[str]
    services: Mapping[str, frozenset[str]]
    """By service, the districts it is the town hall of."""
    parents: Mapping[str, str]
    """By service, the one above it."""
    districts: frozenset[str]
    groups: Mapping[str, frozenset[str]]
    """By group, its districts."""
    neighbourhoods: Mapping[str, str]
    """By priority neighbourhood, the district that it is in."""
    place_order: Mapping[str, int]
    """The districts and groups that have a town hall of their own, in the territory's order."""
    reasons: Mapping[str, frozenset[str]]
    """By purpose (``refuse``, ``hide`` …), the codes that may be given."""
    moderation_hours: int
    report_hours: int
    appeal_days: int
    appeal_within_days: int
    assignment_days: int
    opinion_days: int
    answer_days: int
    merge_notice_days: int
    similar_within_metres: int
    comment_length: int
    edit_minutes: int
    reports_that_hide: int
    files: FileRules
    second_agent_for_paper: bool
    fraud: FraudRules
    levels: Mapping[str, int]
    """By action, the certification level that it asks for."""
    rates: Mapping[str, tuple[Rate, ...]]

    @property
    def debate(self) -> DebateRules | None:
        """The rules of debates; ``None``: the territory has none."""
        return self.kinds[DEBATE].debate if DEBATE in self.kinds else None

    def within(self, places: Iterable[str]) -> frozenset[str]:
        """The districts that the places (districts, groups, services) stand for."""
        found = [self.groups.get(one) or self.services.get(one) or frozenset({one}) for one in places]
        return frozenset().union(*found) & self.districts

    def day(self, moment: datetime) -> date:
        """The day of the territory in which a moment lies."""
        return moment.astimezone(self.zone).date()

    def start_of(self, day: date) -> datetime:
        """The moment at which a day of the territory begins."""
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    def end_of(self, day: date) -> datetime:
        """The moment at which a day of the territory is over."""
        return self.start_of(day + timedelta(days=1))


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last of that month if it is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
