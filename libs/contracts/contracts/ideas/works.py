"""The works of the projects that won a participatory budget: dates, progress, money, news."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from contracts.base import Code, Model, Reply, Request
from contracts.ideas.campaigns import Year
from contracts.ideas.words import Amount, Day, IdeaId, PublicText

Percent = Annotated[int, Field(ge=0, le=100)]


class RecordWorks(Request):
    """Say what became of a project that won. Whatever is left out stays as it is.

    A later date needs a reason to ``postpone``, giving up one to ``abandon``, more money than was voted one for the
    ``variance``. Everything is on the record.
    """

    idea_id: IdeaId
    version: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    """The version of the works that was read; 0: nothing was told yet."""
    state: Literal["planned", "under_way", "delivered", "abandoned"] | None = None
    """``None``: news, without another state."""
    on: Day | None = None
    """On which day it was begun or delivered; today if left out."""
    due_on: Day | None = None
    """When it is to be delivered."""
    progress: Percent | None = None
    estimated: Amount | None = None
    committed: Amount | None = None
    spent: Amount | None = None
    reason: Code | None = None
    """Why it is given up or put off."""
    variance: Code | None = None
    """Why it costs more than was voted."""
    text: PublicText
    news_id: UUID | None = None
    """Made by the client: the pictures that were attached under it are shown with these words."""


class WorksView(Model):
    """Where the works of a project are."""

    first_due_on: date | None
    """What was promised first."""
    due_on: date | None
    """What is promised now."""
    days_late: int | None
    """Against the first promise, until today or the delivery; ``None``: in time, or nothing promised."""
    started_on: date | None
    delivered_on: date | None
    progress: Percent
    estimated: int | None
    committed: int | None
    spent: int | None
    version: int


class ReadWorks(Request):
    """All the projects of a campaign that won, in figures."""

    year: Year


class WorksSummary(Reply):
    """The works of a campaign, added up. Amounts in whole units of the territory's currency."""

    projects: int
    accepted: int
    """Won, and nothing was told since."""
    planned: int
    under_way: int
    delivered: int
    abandoned: int
    late: int
    """Not delivered by the day that is promised now."""
    voted: int
    estimated: int
    committed: int
    spent: int
