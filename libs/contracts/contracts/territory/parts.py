"""The parts of a territory: each a small table of the file, checked on its own.

Unknown keys are refused, so that a slip of the pen is an error and not a silent default.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal, Self
from zoneinfo import available_timezones

from pydantic import (
    BaseModel,
    ConfigDict,
    EmailStr,
    Field,
    RootModel,
    StringConstraints,
    model_validator,
)

from contracts.base import Code, Distinct, Language, Point

Positive = Annotated[int, Field(ge=1)]
Natural = Annotated[int, Field(ge=0)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def known_zone(name: str) -> str:
    """The name itself. Raises ``ValueError`` if no time zone has it."""
    if name not in available_timezones():
        raise ValueError("is not the name of a time zone, for example Europe/Paris")
    return name


class Text(RootModel[Mapping[Language, Words]]):
    """The same words in each language of the territory."""

    model_config = ConfigDict(frozen=True)

    def to(self, locale: str) -> str:
        """The words in ``locale``, or in the first language written here."""
        return self.root.get(locale) or next(iter(self.root.values()))


class Part(BaseModel):
    """A part of the file: immutable, no unknown key."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Theme(Part):
    """What a dossier is about."""

    code: Code
    name: Text


class Service(Part):
    """A service of the administration: it examines, answers and acts."""

    code: Code
    name: Text
    parent: Code | None = None
    """The service above it: it sees and may take over what the service has in hand."""
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


DEBATE: Code = "debate"
"""The code of the kind that is a debate, in every territory that has debates."""


class Debate(Part):
    """What makes a kind a debate: it has a first and a last day and ends with a synthesis, and nobody supports it."""

    opened_by: Literal["anyone", "agents"]
    """``agents``: only services of the administration open debates."""
    shortest_days: Positive = 7
    longest_days: Positive = 90
    synthesis_days: Positive = 30
    """Within how many days after its end a service says in public what it heard."""

    @model_validator(mode="after")
    def _shortest_first(self) -> Self:
        if self.shortest_days > self.longest_days:
            raise ValueError("shortest_days is more than longest_days")
        return self


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
    debate: Debate | None = None
    """For the kind ``debate`` and for no other."""
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

    @model_validator(mode="after")
    def _debates(self) -> Self:
        if (self.debate is not None) != (self.code == DEBATE):
            raise ValueError(f"the kind {DEBATE} needs `debate`, and no other kind has it")
        if self.debate is not None and (self.period_months is not None or self.in_campaign_only):
            raise ValueError("a debate has dates of its own: neither period_months nor in_campaign_only")
        return self


Purpose = Literal[
    "refuse",
    "hide",
    "report",
    "decline",
    "merge",
    "abandon",
    "pass",
    "postpone",
    "not_admit",
    "overturn",
    "set_aside",
    "variance",
]
"""For what a reason may be given; ``overturn``: an appeal that another moderator grants; ``set_aside``: a project that
the commission does not put to the vote; ``variance``: a project that costs more than was voted."""


class Reason(Part):
    """Why something was decided: one entry of the list to choose from."""

    code: Code
    applies_to: Annotated[tuple[Purpose, ...], Distinct]
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
    """Within how many days another moderator decides an appeal."""
    appeal_within_days: Positive = 30
    """How long after a refusal or a hiding its author may appeal."""
    assignment_days: Positive = 7
    opinion_days: Positive = 30
    """Within how many days a service that is asked for its opinion gives it, unless another date is asked."""
    answer_days: Positive = 90
    merge_notice_days: Positive = 14
    """How long supporters of a dossier that is joined to another have to step out before they are carried over."""


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


class Attachments(Part):
    """The rules of photos and documents that go with a dossier."""

    per_dossier: Annotated[int, Field(ge=1, le=20)] = 5
    """How many a dossier has at most, with those of its notes."""
    megabytes: Annotated[int, Field(ge=1, le=10)] = 2
    """The size of each at most, in units of 1,048,576 bytes."""
    megapixels: Annotated[int, Field(ge=1, le=100)] = 50
    longest_side: Annotated[int, Field(ge=500, le=8000)] = 2000
    """Larger pictures are made smaller, in pixels."""

    @property
    def bytes(self) -> int:
        """The size of each at most."""
        return self.megabytes * 1024 * 1024


class Mail(Part):
    """How the platform signs its mails."""

    sender: EmailStr
    sender_name: Words
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
