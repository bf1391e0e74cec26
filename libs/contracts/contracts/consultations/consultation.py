"""A consultation as everybody sees it: who asks whom, from when to when, with which questions."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from contracts.base import Code, Distinct, Instant, ListRequest, Model, Page, Reply, Request, Slug, WithoutNul
from contracts.consultations.form import Description, Form, Sentence, Title

State = Literal["draft", "scheduled", "open", "closed"]
"""``draft``: seen by agents only; ``scheduled``: published, not open yet. The clock opens and closes."""
ResultsPolicy = Literal["after_closing", "live"]
Places = Annotated[tuple[Code, ...], Field(max_length=50), Distinct]
"""Districts by their code; none: the whole city."""


class Audience(Model):
    """Who may answer, beside having an account."""

    level: Annotated[int, Field(ge=0, le=600)] = 0
    """The certification level that the account must have reached."""
    residents: bool = False
    """Only people whom identity confirms to belong to the perimeter."""


class Details(Model):
    """What an agent says of a consultation, its questions apart."""

    title: Title
    summary: Sentence
    description: Description
    organiser: Title
    """Who asks: a department of the city, a district hall."""
    outcome: Sentence
    """What will be done with the answers, and when."""
    places: Places = ()
    opens_at: Instant
    closes_at: Instant
    results: ResultsPolicy = "after_closing"
    audience: Audience = Audience()


class ConsultationSummary(Reply):
    """A consultation in a list."""

    id: UUID
    slug: Slug
    title: Title
    summary: Sentence
    organiser: Title
    places: Places
    state: State
    opens_at: Instant
    closes_at: Instant
    answers: Annotated[int, Field(ge=0)]
    """How many people have answered."""
    results_public: bool
    """Whether anybody may read the results now."""


class ConsultationView(ConsultationSummary):
    """A published consultation with the questions of its newest version."""

    description: Description
    outcome: Sentence
    results: ResultsPolicy
    audience: Audience
    closing_reason: str | None = None
    """Why it closed before its time, if it did."""
    version: Annotated[int, Field(ge=1)]
    form: Form
    minutes: Annotated[int, Field(ge=1)]
    """How long answering takes, estimated from the questions."""


class ConsultationPage(Page[ConsultationSummary], Reply):
    """One page of published consultations."""


class ListConsultations(ListRequest):
    """Published consultations. Open: closing soonest first; scheduled: opening soonest first; else the latest first."""

    state: Literal["scheduled", "open", "closed"] | None = None
    place: Code | None = None
    """Only those of this district, with those of the whole city."""


class ReadConsultation(Request):
    """One published consultation, by its slug or its id."""

    consultation: Annotated[str, StringConstraints(min_length=1, max_length=80), WithoutNul]
