"""What one administration decides for itself: names, places, themes, thresholds, delays, words, limits.

Every number of the rules is here and never in code.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, PrivateAttr, StringConstraints

from contracts.base import Code, Distinct, Language, Point
from contracts.territory.budget import BudgetVote
from contracts.territory.geography import Boundaries, distance
from contracts.territory.parts import (
    Accounts,
    Attachments,
    Bounds,
    Comments,
    Delays,
    Grade,
    Kind,
    Limit,
    Mail,
    Part,
    Permission,
    Positive,
    Reason,
    Service,
    Text,
    Theme,
    Words,
    known_zone,
)
from contracts.territory.places import District, Group, Neighbourhood
from contracts.territory.supports import Fraud, Paper


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
    time_zone: Annotated[str, AfterValidator(known_zone)]
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    bounds: Bounds
    mail: Mail
    telephone: Words | None = None
    similar_within_metres: Positive = 1000
    delays: Delays = Delays()
    comments: Comments = Comments()
    paper: Paper = Paper()
    fraud: Fraud = Fraud()
    attachments: Attachments = Attachments()
    accounts: Accounts = Accounts()
    budget_vote: BudgetVote = BudgetVote()
    districts: Annotated[tuple[District, ...], Field(min_length=1)]
    groups: tuple[Group, ...] = ()
    neighbourhoods: tuple[Neighbourhood, ...] = ()
    """Priority neighbourhoods."""
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

    def neighbourhood(self, code: str) -> Neighbourhood | None:
        """The priority neighbourhood of that code."""
        return next((one for one in self.neighbourhoods if one.code == code), None)

    def neighbourhood_around(self, point: Point) -> Neighbourhood | None:
        """The priority neighbourhood that a point lies in; the nearest, if it lies in several."""
        around = [one for one in self.neighbourhoods if distance(one.centre, point) <= one.metres]
        return min(around, key=lambda one: distance(one.centre, point), default=None)

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
