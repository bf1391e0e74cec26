"""Debates of the forum: a dossier that nobody supports; it has a first and a last day and ends with a synthesis.

A debate has a number, a record, moderation, followers and a discussion as every dossier has, by the same calls.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from contracts.base import Code, Distinct, Instant, Line, ListRequest, Model, Page, Reply, Request, length
from contracts.ideas.dossiers import DossierCard, DossierView
from contracts.ideas.words import Body, Day, DossierKey, IdeaId, PlaceInput, PublicText, Title


class DebateStage(StrEnum):
    """Where a debate that is shown stands."""

    COMING = "coming"
    """Its first day is still to come."""
    OPEN = "open"
    ENDED = "ended"
    """Its last day is past: the synthesis is awaited."""
    CONCLUDED = "concluded"


class DebateSort(StrEnum):
    """In which order."""

    RECENT = "recent"
    """Last begun first."""
    CLOSING = "closing"
    """What ends first, first; only what is open or to come."""
    DISCUSSED = "discussed"
    """Most messages first."""


class OpenDebate(Request):
    """Open a debate, as a citizen or in the name of a service. Repeating it with the same id changes nothing."""

    idea_id: IdeaId
    title: Title
    text: Body
    theme: Code
    place: PlaceInput
    """The whole territory or a district."""
    opens_on: Day
    closes_on: Day
    """Its last day."""
    service: Code | None = None
    """In the name of this service (its agents only): public at once."""


class ReadDebate(Request):
    """A debate by number or id. What waits for moderation is shown to its author and to moderators only."""

    dossier: DossierKey


class ListDebates(ListRequest):
    """A page of debates: those that satisfy all that is given; those that moderation took away are in none."""

    search: Annotated[Line, length(0, 200)] = ""
    stages: Annotated[tuple[DebateStage, ...], Distinct, Field(max_length=4)] = ()
    themes: Annotated[tuple[Code, ...], Distinct, Field(max_length=50)] = ()
    districts: Annotated[tuple[Code, ...], Distinct, Field(max_length=50)] = ()
    """Also debates about the whole territory, which concern every district."""
    sort: DebateSort = DebateSort.RECENT


class ConcludeDebate(Request):
    """Close a debate with a public synthesis, after its last day or before. Repeating it changes nothing."""

    idea_id: IdeaId
    service: Code
    text: PublicText


class DebateDates(Model):
    """When, and where it stands."""

    opens_on: date
    closes_on: date
    stage: DebateStage | None
    """``None``: it waits for moderation, or was refused, withdrawn or hidden."""
    opened_by: Code | None
    """The service that opened it; ``None``: a citizen did."""


class DebateCard(Model):
    """A debate in a list."""

    dossier: DossierCard
    dates: DebateDates


class DebatePage(Page[DebateCard], Reply):
    """A page of debates; ``total`` is given on the first."""

    suggestion: str | None = None
    """As for dossiers."""


class Synthesis(Model):
    """What a service heard."""

    service: Code
    text: str
    published_at: Instant


class DebateView(Reply):
    """A debate, whole, without its record and its discussion, which have calls of their own."""

    dossier: DossierView
    dates: DebateDates
    synthesis: Synthesis | None
