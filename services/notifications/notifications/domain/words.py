"""The words of this domain: topics, priorities, what can be followed, and the preferences of one person."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from enum import IntEnum, StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo


class Topic(StrEnum):
    """What a message is about, in the order of the preferences page."""

    ACCOUNT = "account"
    CONTRIBUTIONS = "contributions"
    FOLLOWED = "followed"
    DISCOVERIES = "discoveries"
    VOTES = "votes"
    CONSULTATIONS = "consultations"
    DUTIES = "duties"


class Priority(IntEnum):
    """What leaves first: the smaller number."""

    SECURITY = 0
    ACTION = 1
    FOLLOW_UP = 2
    NEWS = 3


class EmailMode(StrEnum):
    """When messages of a topic come by e-mail."""

    NOW = "now"
    DAILY = "daily"
    NEVER = "never"


class Interest(StrEnum):
    """Why somebody hears of something: they wrote it, or they follow it."""

    AUTHOR = "author"
    DOSSIER = "dossier"
    THEME = "theme"
    DISTRICT = "district"
    CONSULTATION = "consultation"
    VOTE = "vote"
    CAMPAIGN = "campaign"
    DELIVERY = "delivery"
    """They asked to be told when a project is delivered, however many years later."""
    SERVICE = "service"
    """They are agents for it. The key says as what: ``examiner/voirie``."""


FOLLOWABLE = frozenset(Interest) - {Interest.AUTHOR, Interest.SERVICE}
WHOLE_CITY = "*"
"""The key of the whole city among districts."""

TOPIC_OF: Mapping[Interest, Topic] = MappingProxyType(
    {
        Interest.AUTHOR: Topic.CONTRIBUTIONS,
        Interest.DOSSIER: Topic.FOLLOWED,
        Interest.THEME: Topic.DISCOVERIES,
        Interest.DISTRICT: Topic.DISCOVERIES,
        Interest.CONSULTATION: Topic.CONSULTATIONS,
        Interest.VOTE: Topic.VOTES,
        Interest.CAMPAIGN: Topic.VOTES,
        Interest.DELIVERY: Topic.CONTRIBUTIONS,
        Interest.SERVICE: Topic.DUTIES,
    }
)


@dataclass(frozen=True, slots=True)
class Choice:
    """How one wants to hear of a topic."""

    inbox: bool
    email: EmailMode


DEFAULTS: Mapping[Topic, Choice] = MappingProxyType(
    {
        Topic.ACCOUNT: Choice(inbox=True, email=EmailMode.NOW),
        Topic.CONTRIBUTIONS: Choice(inbox=True, email=EmailMode.NOW),
        Topic.FOLLOWED: Choice(inbox=True, email=EmailMode.DAILY),
        Topic.DISCOVERIES: Choice(inbox=True, email=EmailMode.DAILY),
        Topic.VOTES: Choice(inbox=True, email=EmailMode.NOW),
        Topic.CONSULTATIONS: Choice(inbox=True, email=EmailMode.NOW),
        Topic.DUTIES: Choice(inbox=True, email=EmailMode.NOW),
    }
)
LOCKED = Topic.ACCOUNT
"""Messages that protect the account are always sent."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What one person chose; everything not chosen is the default."""

    chosen: Mapping[Topic, Choice] = field(default_factory=dict)
    quiet_from: int = 21
    quiet_until: int = 8
    weekly_cap: int = 5
    suspended: bool = False

    def of(self, topic: Topic) -> Choice:
        """How this person wants to hear of a topic."""
        if topic is LOCKED:
            return DEFAULTS[LOCKED]
        return self.chosen.get(topic, DEFAULTS[topic])

    def choosing(self, topic: Topic, choice: Choice) -> "Preferences":
        """The same with another choice. Raises ``ValueError`` for the topic that cannot be changed."""
        if topic is LOCKED:
            raise ValueError(topic)
        return replace(self, chosen={**self.chosen, topic: choice})

    def without_mail(self, topics: frozenset[Topic]) -> "Preferences":
        """The same, with no e-mail about these topics (the locked one stays)."""
        quieter = {t: replace(self.of(t), email=EmailMode.NEVER) for t in topics if t is not LOCKED}
        return replace(self, chosen={**self.chosen, **quieter})

    def topics_in(self, mode: EmailMode) -> frozenset[Topic]:
        """The topics whose mails come that way."""
        return frozenset(topic for topic in Topic if self.of(topic).email is mode)


def end_of_quiet(preferences: Preferences, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When the quiet hours that ``now`` lies in are over; ``None``: it is not quiet now."""
    start, end = preferences.quiet_from, preferences.quiet_until
    local = now.astimezone(zone)
    if start == end or (local.hour - start) % 24 >= (end - start) % 24:
        return None
    day = local.date() if local.hour < end else local.date() + timedelta(days=1)
    return datetime.combine(day, time(end), zone).astimezone(now.tzinfo)


def digest_moment(now: datetime, hour: int, zone: ZoneInfo) -> datetime:
    """The last time, up to ``now``, that the clock of the territory struck ``hour``."""
    local = now.astimezone(zone)
    day = local.date() if local.hour >= hour else local.date() - timedelta(days=1)
    return datetime.combine(day, time(hour), zone).astimezone(now.tzinfo)
