"""What one administration decides for itself: names, places, themes, thresholds, delays, words, limits.

Every number of the rules is here and never in code. Unknown keys are refused, so that a slip of the pen is an error
and not a silent default.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    EmailStr,
    Field,
    PrivateAttr,
    RootModel,
    StringConstraints,
    model_validator,
)

from contracts.base import Code, Distinct, Language, Point
from contracts.territory.geography import Boundaries, distance

Positive = Annotated[int, Field(ge=1)]
Natural = Annotated[int, Field(ge=0)]
_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("is not the name of a time zone, for example Europe/Paris")
    return name


class Text(RootModel[Mapping[Language, _Words]]):
    """The same words in each language of the territory."""

    model_config = ConfigDict(frozen=True)

    def to(self, locale: str) -> str:
        """The words in ``locale``, or in the first language written here."""
        return self.root.get(locale) or next(iter(self.root.values()))


class Part(BaseModel):
    """A part of the file: immutable, no unknown key."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class District(Part):
    """A part of the city with its own town hall, or sharing one (see :class:`Group`)."""

    code: Code
    name: Text
    postal_codes: Annotated[tuple[Code, ...], Distinct]
    official_code: Code | None = None
    """How the state numbers it; boundaries are recognised by it."""
    centre: Point


class Group(Part):
    """Districts that act as one: one town hall, one budget, one vote."""

    code: Code
    name: Text
    districts: Annotated[tuple[Code, ...], Distinct, Field(min_length=2)]


class Theme(Part):
    """What a dossier is about."""

    code: Code
    name: Text


class Service(Part):
    """A service of the administration: it examines, answers and acts."""

    code: Code
    name: Text
    parent: Code | None = None
    district: Code | None = None
    """For a town hall: the district or group of districts whose dossiers it reads."""


class Moderation(StrEnum):
    """When a contribution is read by a moderator."""

    BEFORE = "before"
    AFTER = "after"


class Stage(Part):
    """Something the administration owes once so many people support a dossier. Reached once, dated, on the record."""

    code: Code
    supports: Positive
    owed: Text
    """What happens then, as a sentence that begins with who acts."""
    days: Positive
    """Within how many days."""
    by: Literal["district", "service", "city"]


class Kind(Part):
    """A kind of dossier and its rules."""

    code: Code
    name: Text
    plural: Text
    moderation: Moderation
    period_months: Annotated[int, Field(ge=1, le=60)] | None = None
    """How long supports are gathered; none: no clock."""
    stages: tuple[Stage, ...] = ()
    in_campaign_only: bool = False
    """Deposited only while a campaign takes deposits."""
    title_length: tuple[Positive, Positive] = (15, 80)
    text_length: tuple[Positive, Positive] = (500, 2000)

    @property
    def threshold(self) -> int | None:
        """The supports at which the administration must examine it; ``None``: no support decides."""
        return self.stages[-1].supports if self.stages else None

    @model_validator(mode="after")
    def _stages_rise(self) -> Self:
        counts = [stage.supports for stage in self.stages]
        if counts != sorted(set(counts)):
            raise ValueError("the stages must need more supports one after the other")
        if self.stages and self.period_months is None:
            raise ValueError("a kind with stages needs period_months")
        return self


class Reason(Part):
    """Why something was decided: one entry of the list to choose from."""

    code: Code
    applies_to: Annotated[tuple[Literal["refuse", "hide", "report", "decline", "merge", "abandon"], ...], Distinct]
    name: Text
    explanation: Text
    """What the person concerned reads."""


class Grade(Part):
    """One grade of majority judgment."""

    code: Code
    name: Text


class Residence(StrEnum):
    """Where one must live for an action."""

    ANYWHERE = "anywhere"
    CITY = "city"
    DISTRICT = "district"


class Permission(Part):
    """What an action asks of a person."""

    level: Annotated[int, Field(ge=0, le=600)] = 0
    """The certification of the account: declared 100, e-mail 200, city account 250, counter 400, FranceConnect 600."""
    minimum_age: Annotated[int, Field(ge=0, le=120)] = 0
    residence: Residence = Residence.ANYWHERE
    collectives: bool = True
    """Whether a collective may do it; never where an age or a residence is asked."""
    one_per_human: bool = False
    """Whether the person's civil identity must have been seen at a counter, so that nobody acts twice."""


class Limit(Part):
    """How often something may be done."""

    count: Positive
    seconds: Positive
    per: Literal["person", "address", "account", "credential"]


class Delays(Part):
    """What the administration promises."""

    moderation_hours: Positive = 48
    report_hours: Positive = 24
    appeal_days: Positive = 14
    assignment_days: Positive = 7
    answer_days: Positive = 90


class Accounts(Part):
    """The rules of accounts."""

    link_hours: Positive = 48
    """How long the link that confirms an address works."""
    reset_minutes: Positive = 60
    """How long the link to choose a new password works."""
    activation_days: Positive = 30
    """How long the code given at a counter works."""
    failures: Positive = 5
    """Wrong passwords in a row before the account waits 1, 2, 4 … minutes."""
    longest_wait_hours: Positive = 24


class Comments(Part):
    """The rules of the discussion."""

    length: Positive = 1000
    edit_minutes: Positive = 15
    reports_that_hide: Positive = 3


class Mail(Part):
    """How the platform signs its mails."""

    sender: EmailStr
    sender_name: _Words
    reply_to: EmailStr


class Bounds(Part):
    """The rectangle around the territory: a place outside is refused."""

    south: Annotated[float, Field(ge=-90, le=90)]
    west: Annotated[float, Field(ge=-180, le=180)]
    north: Annotated[float, Field(ge=-90, le=90)]
    east: Annotated[float, Field(ge=-180, le=180)]

    @model_validator(mode="after")
    def _not_inside_out(self) -> Self:
        if self.south >= self.north or self.west >= self.east:
            raise ValueError("south must be below north, and west before east")
        return self

    def contain(self, point: Point) -> bool:
        """Whether the point lies in the rectangle."""
        return self.south <= point.latitude <= self.north and self.west <= point.longitude <= self.east


class Territory(Part):
    """One administration. Lists keep the order of the file, which is the order of display."""

    code: Code
    title: Text
    """Name of the platform."""
    city: Text
    administration: Text
    """Who decides and answers, with its article: « la Ville de Paris »."""
    whole: Text
    """What the whole territory is called where a place is chosen: « Tout Paris »."""
    number_prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,5}$")]
    """Begins every dossier's number."""
    languages: Annotated[tuple[Language, ...], Distinct, Field(min_length=1)]
    """The first is the default."""
    time_zone: Annotated[str, AfterValidator(_known_zone)]
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    bounds: Bounds
    mail: Mail
    telephone: _Words | None = None
    similar_within_metres: Positive = 1000
    delays: Delays = Delays()
    comments: Comments = Comments()
    accounts: Accounts = Accounts()
    districts: Annotated[tuple[District, ...], Field(min_length=1)]
    groups: tuple[Group, ...] = ()
    themes: Annotated[tuple[Theme, ...], Field(min_length=1)]
    services: Annotated[tuple[Service, ...], Field(min_length=1)]
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]
    reasons: tuple[Reason, ...]
    grades: tuple[Grade, ...]
    """Best first."""
    roles: Mapping[Code, Text]
    permissions: Mapping[Code, Permission]
    limits: Mapping[Code, Annotated[tuple[Limit, ...], Field(min_length=1)]]
    _boundaries: Boundaries = PrivateAttr(default_factory=Boundaries)

    def bounded_by(self, boundaries: Boundaries) -> Self:
        """The same territory, knowing the boundaries of its districts."""
        self._boundaries = boundaries
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which its days begin and end."""
        return ZoneInfo(self.time_zone)

    def district(self, code: str) -> District | None:
        """The district of that code."""
        return next((one for one in self.districts if one.code == code), None)

    def group_of(self, district: str) -> Group | None:
        """The group that the district is in."""
        return next((one for one in self.groups if district in one.districts), None)

    def theme(self, code: str) -> Theme | None:
        """The theme of that code."""
        return next((one for one in self.themes if one.code == code), None)

    def service(self, code: str) -> Service | None:
        """The service of that code."""
        return next((one for one in self.services if one.code == code), None)

    def kind(self, code: str) -> Kind | None:
        """The kind of that code."""
        return next((one for one in self.kinds if one.code == code), None)

    def reason(self, code: str, purpose: str) -> Reason | None:
        """The reason of that code, if it may be given for that purpose."""
        return next((one for one in self.reasons if one.code == code and purpose in one.applies_to), None)

    def permission(self, action: str) -> Permission:
        """What an action asks. Raises ``KeyError`` for an action the territory does not know."""
        return self.permissions[action]

    def locate(self, point: Point) -> District | None:
        """The district a point lies in; without boundaries, the one with the nearest centre. ``None``: outside."""
        if not self.bounds.contain(point):
            return None
        if self._boundaries:
            return self.district(self._boundaries.around(point) or "")
        return min(self.districts, key=lambda one: distance(one.centre, point))

    def texts(self) -> Iterator[tuple[tuple[str | int, ...], Text]]:
        """Every text with its place in the file."""
        yield from _texts(self, ())


def _texts(value: object, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Text]]:
    if isinstance(value, Text):
        yield place, value
    elif isinstance(value, Part):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), (*place, name))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, (*place, key))
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from _texts(inner, (*place, position))
