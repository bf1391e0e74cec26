"""What ideas tells of projects of the participatory budget."""

from contracts.base import Code, Instant, Payload, Slug
from contracts.ideas.events import IdeaFact
from contracts.ideas.words import Digest, IdeaId, Number
from contracts.registry import Event


class ProjectOnBallot(Payload):
    """A project is put to the vote: everything that a ballot says of it, and of the list that it is on."""

    idea_id: IdeaId
    number: Number
    campaign: Slug
    year: int
    place: Code | None
    """The envelope that pays, and the perimeter of the vote; ``None``: the whole territory."""
    envelope: int
    opens_at: Instant
    closes_at: Instant
    title: str
    summary: str
    cost: int
    theme: Code
    district: Code | None
    incompatible: tuple[Number, ...]
    """Projects of the same list that exclude it."""
    together: int
    """How many projects are on the list."""
    list_sha256: Digest
    """Of the whole list: the same for each of its projects."""


class ProjectDelivered(IdeaFact):
    """A project that won is delivered: those who asked to be told hear of it."""

    year: int
    title: str


PROJECT_ON_BALLOT = Event("ideas", "project_on_ballot", 1, ProjectOnBallot)

PROJECT_DELIVERED = Event("ideas", "project_delivered", 1, ProjectDelivered)

PROJECT_EVENTS = (PROJECT_ON_BALLOT, PROJECT_DELIVERED)
