"""From admitted ideas to projects of the participatory budget: several ideas, one project, one number.

A project bears the number of the idea that leads it: its record is that dossier's. The page of each idea leads to it.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from contracts.base import (
    Code,
    Distinct,
    Line,
    ListRequest,
    Model,
    Page,
    Prose,
    Reply,
    Request,
    VersionNumber,
    length,
)
from contracts.ideas.campaigns import Year
from contracts.ideas.words import Digest, DossierKey, IdeaId, Number, PlaceView, PublicText, State
from contracts.ideas.works import WorksView

ProjectTitle = Annotated[Line, length(10, 120)]
Description = Annotated[Prose, length(30, 5000)]
"""Markdown."""
Ideas = Annotated[tuple[IdeaId, ...], Distinct, Field(min_length=1, max_length=100)]


class ProjectState(StrEnum):
    """Where a project stands until the vote; afterwards the state of its dossier says what becomes of it."""

    STUDIED = "studied"
    """Services say whether it can be done and what it costs."""
    RETAINED = "retained"
    """The commission puts it to the vote."""
    SET_ASIDE = "set_aside"
    """The commission does not, for a reason."""
    ON_BALLOT = "on_ballot"
    """The list is frozen: it does not change any more."""
    SELECTED = "selected"
    """It won the vote."""
    NOT_SELECTED = "not_selected"
    """It did not: the record says why."""


class SaveProject(Request):
    """Make one project of admitted ideas, or change it: what it is, where, and which ideas it is made of.

    Each idea keeps its number and its record, which say that it joined or left. Whoever decides on admissibility may.
    """

    idea_id: IdeaId
    """The idea that leads: the project bears its number."""
    ideas: Ideas
    """All of its ideas, the leading one among them."""
    title: ProjectTitle
    description: Description
    place: Code | None = None
    """The place whose envelope pays; ``None``: the whole territory's."""
    equity: Code | None = None
    """The priority neighbourhood whose equity label it bears."""
    version: VersionNumber | None = None
    """The version that was read; ``None``: the project is new."""
    text: Annotated[Prose, length(0, 5000)] = ""
    """Why, for everybody to read in the records; needed when an idea leaves."""


class DissolveProject(Request):
    """Take a project apart: its ideas are admitted ideas again, each on its own."""

    idea_id: IdeaId
    text: PublicText
    """Why, for everybody to read in the records."""


class SettleProject(Request):
    """What the commission decides: it puts the project to the vote, or sets it aside for a reason of the territory.

    A project is retained once services say that it can be done and what it costs. One that is retained may be set
    aside as long as the ballot is not frozen. Repeating a decision changes nothing.
    """

    idea_id: IdeaId
    decision: Literal["retain", "set_aside"]
    reason: Code | None = None
    """Needed to set it aside."""
    text: Annotated[Prose, length(0, 5000)] = ""
    """What everybody reads; needed to set it aside."""


class DeclareIncompatible(Request):
    """Say that two projects of the same envelope exclude one another, or that they no longer do.

    If one wins the vote, the other cannot. Repeating it changes nothing.
    """

    idea_id: IdeaId
    other: IdeaId
    incompatible: bool = True
    text: PublicText
    """Why, for everybody to read in both records."""


class FreezeBallot(Request):
    """Freeze the lists of projects that are put to the vote, one for each envelope.

    Every project must have been decided on. Voting makes an election of each list. Repeating it changes nothing.
    """

    year: Year


class BallotList(Model):
    """The projects that one envelope pays, frozen."""

    place: Code | None
    projects: int
    sha256: Digest
    """Of the list: number, title, cost and digest of the description of each project."""


class BallotFrozen(Reply):
    """How many projects are on the ballots of the campaign, by envelope."""

    lists: tuple[BallotList, ...]


class EnterResult(Request):
    """Enter by hand what a vote decided that was held elsewhere, on paper or on another platform.

    Only once the calendar is at the results. Repeating it changes nothing.
    """

    idea_id: IdeaId
    outcome: Literal["selected", "not_selected"]
    text: PublicText
    """Where the result is published and why, for everybody to read."""


class ReadProject(Request):
    """A project by the number, or the id, of its leading idea."""

    project: DossierKey


class ProjectFilters(Request):
    """Which projects."""

    year: Year
    places: Annotated[tuple[Code, ...], Distinct, Field(max_length=50)] = ()
    """Places of envelopes. Empty: all."""
    whole: bool | None = None
    """Only those that the whole territory's envelope pays, or only the others."""
    themes: Annotated[tuple[Code, ...], Distinct, Field(max_length=50)] = ()
    equity: bool | None = None
    """Only those with the equity label, or only the others."""
    states: Annotated[tuple[ProjectState | State, ...], Distinct, Field(max_length=30)] = ()


class ListProjects(ProjectFilters, ListRequest):
    """The projects of a campaign, by number."""


class MapProjects(ProjectFilters):
    """Where the projects of a campaign are: all that have a point, at once."""


class ListUngrouped(ListRequest):
    """The admitted ideas of a campaign that no project is made of yet, oldest first."""

    year: Year
    district: Code | None = None
    ideas: Annotated[tuple[IdeaId, ...], Distinct, Field(max_length=100)] = ()
    """Only those of these. Empty: all."""


class ProjectCard(Model):
    """A project in a list."""

    id: IdeaId
    number: Number
    year: Year
    title: str
    excerpt: str
    """Its first words, without Markdown."""
    theme: Code
    place: Code | None
    """The place whose envelope pays; ``None``: the whole territory's."""
    location: PlaceView
    """Where it would be."""
    project_state: ProjectState
    state: State
    """Of its dossier."""
    ideas: int
    """How many it is made of."""
    supports: int
    """Of all its ideas together."""
    cost: int | None
    """In whole units of the territory's currency, once it is known."""
    equity: Code | None
    """The priority neighbourhood whose equity label it bears."""
    voted: int | None = None
    """The cost as it was put to the vote."""
    works: WorksView | None = None
    """Once something was told of them."""


class ProjectIdea(Model):
    """An idea that a project is made of."""

    id: IdeaId
    number: Number
    title: str
    leads: bool


class Incompatible(Model):
    """A project that excludes this one."""

    id: IdeaId
    number: Number
    title: str
    text: str
    """Why."""


class ProjectView(ProjectCard, Reply):
    """A project, whole. Its record is that of its leading idea."""

    description: str
    """Markdown. Sanitise when rendering."""
    made_of: tuple[ProjectIdea, ...]
    """The leading idea first."""
    incompatible: tuple[Incompatible, ...]
    """Projects of which one at most can win with this one."""
    reason: Code | None
    """Why it was set aside."""
    version: int


class ProjectPage(Page[ProjectCard], Reply):
    """A page of projects."""


class ProjectPin(Model):
    """A project on the map."""

    number: Number
    title: str
    latitude: float
    longitude: float


class ProjectMap(Reply):
    """The projects that have a point."""

    items: tuple[ProjectPin, ...]
