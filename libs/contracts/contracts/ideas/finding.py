"""Finding dossiers: search, filters, order, counts, what is alike, and one's own."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from contracts.base import (
    Code,
    Distinct,
    Instant,
    Line,
    ListRequest,
    Model,
    Page,
    Prose,
    Reply,
    Request,
    Slug,
    length,
)
from contracts.ideas.dossiers import DossierCard
from contracts.ideas.words import (
    Day,
    IdeaId,
    Number,
    PlaceInput,
    State,
)


class Sort(StrEnum):
    """In which order."""

    RECENT = "recent"
    """Last deposited first."""
    SUPPORTED = "supported"
    """Most supports first."""
    CLOSING = "closing"
    """What closes first, first; only what gathers supports."""
    PROGRESS = "progress"
    """Nearest to its threshold first; only what gathers supports."""
    CHANGED = "changed"
    """Last change of state first."""
    NEAR = "near"
    """Nearest to ``near`` first; only what has a point."""
    RELEVANT = "relevant"
    """Best match of ``search`` first."""


class Filters(Request):
    """Which dossiers: those that satisfy all that is given.

    Without ``states``: everything published that was not refused, hidden or withdrawn.
    """

    search: Annotated[Line, length(0, 200)] = ""
    """French full text. Where it finds nothing: titles with words much like these."""
    kinds: Annotated[tuple[Code, ...], Distinct, Field(max_length=10)] = ()
    """Without it: every kind but debates, which have a list of their own."""
    states: Annotated[tuple[State, ...], Distinct, Field(max_length=15)] = ()
    themes: Annotated[tuple[Code, ...], Distinct, Field(max_length=50)] = ()
    districts: Annotated[tuple[Code, ...], Distinct, Field(max_length=50)] = ()
    whole_city: bool | None = None
    """Only those about the whole territory, or only the others."""
    campaign: Slug | None = None
    deposited_from: Day | None = None
    deposited_until: Day | None = None
    """Inclusive."""


class ListIdeas(ListRequest, Filters):
    """A page of dossiers. Without ``sort``: by relevance if there is a search, else recent first."""

    sort: Sort | None = None
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None

    @model_validator(mode="after")
    def _near_where(self) -> Self:
        if self.sort is Sort.NEAR and (self.latitude is None or self.longitude is None):
            raise PydanticCustomError("point-missing", "to sort by distance, give latitude and longitude")
        if self.sort is Sort.RELEVANT and not self.search:
            raise PydanticCustomError("search-missing", "to sort by relevance, give a search")
        return self


class DossierPage(Page[DossierCard], Reply):
    """A page of dossiers; ``total`` is given on the first."""

    suggestion: str | None = None
    """Where nobody wrote the words of the search: the same search with words that somebody wrote."""


class CountIdeas(Filters):
    """How many dossiers satisfy the filters, by state, kind, theme and district."""


class Count(Model):
    """How many have this value. An empty value: the whole territory, as a district."""

    value: str
    count: int


class IdeaCounts(Reply):
    """Counts beside the filters."""

    total: int
    states: tuple[Count, ...]
    kinds: tuple[Count, ...]
    themes: tuple[Count, ...]
    districts: tuple[Count, ...]
    counted_at: Instant


class FindSimilar(Request):
    """Live dossiers near what is being written: alike in words, within the territory's distance or city-wide."""

    title: Annotated[Line, length(0, 200)]
    text: Annotated[Prose, length(0, 10_000)] = ""
    place: PlaceInput | None = None
    except_id: IdeaId | None = None
    limit: Annotated[int, Field(ge=1, le=10)] = 5


class SimilarIdeas(Reply):
    """The most alike first."""

    items: tuple[DossierCard, ...]


class ListMyIdeas(ListRequest):
    """The caller's dossiers, whatever their state, last deposited first."""


class ListMySupports(ListRequest):
    """The dossiers that the caller supports, last supported first."""


class ExportMine(Request):
    """Everything that ideas holds about the caller."""


class MyContribution(Model):
    """One thing the caller wrote or did."""

    what: Code
    """``draft``, ``idea``, ``addendum``, ``support``, ``comment``, ``comment-vote``, ``report``,
    ``attachment`` or ``appeal``."""
    number: Number | None
    text: str
    at: Instant


class MineExport(Reply):
    """For the archive of one's data."""

    items: tuple[MyContribution, ...]
