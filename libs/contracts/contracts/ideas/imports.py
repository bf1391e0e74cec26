"""Taking over dossiers from other platforms and from data sets."""

from typing import Annotated, Literal

from pydantic import Field

from contracts.base import Code, Line, Model, Prose, Reply, Request, Slug, length
from contracts.ideas.words import Amount, Day, IdeaId, Number, PlaceInput, Tally


class ImportedStep(Model):
    """A step of a dossier on another platform. The last decides the state."""

    on: Day
    state: (
        Literal[
            "open", "under_examination", "accepted", "declined", "planned", "under_way", "delivered", "abandoned",
            "expired",
        ]
        | None
    )  # fmt: skip
    """``None``: news. ``under_examination``: admitted, for an idea of a campaign; else a service has it in hand."""
    text: Annotated[Prose, length(0, 5000)] = ""
    service: Code | None = None
    reason: Code | None = None


class ImportDossier(Request):
    """Take over a dossier from another platform (administrators). Repeating it with the same reference changes nothing.

    It gets a number of the year in which it was deposited there.
    """

    source: Annotated[Line, length(1, 100)]
    """The name of the platform or data set."""
    reference: Annotated[Line, length(1, 200)]
    """How the source calls it."""
    kind: Code = "idea"
    title: Annotated[Line, length(1, 300)]
    text: Annotated[Prose, length(0, 60_000)] = ""
    theme: Code
    place: PlaceInput
    campaign: Slug | None = None
    deposited_on: Day
    supports: Tally = 0
    """How many it had there. Shown apart, and never counted towards a stage."""
    figures: Annotated[dict[Code, Tally], Field(default_factory=dict, max_length=20)]
    """Other counts of the source, for the record: ``{"against": 12}``."""
    cost: Amount | None = None
    steps: Annotated[tuple[ImportedStep, ...], Field(max_length=100)] = ()


class DossierImported(Reply):
    """The dossier, and whether it was new."""

    idea_id: IdeaId
    number: Number
    added: bool
