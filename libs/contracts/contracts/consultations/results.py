"""What was answered, without who: counts, means, rankings, texts one by one, and crossings that hide small groups.

Confidential questions appear nowhere here. Texts of one person cannot be put together again: each question has an
order of its own.
"""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from contracts.base import Code, Instant, ListRequest, Model, Page, Reply, Request
from contracts.consultations.form import Option, Sentence, Title

Count = Annotated[int, Field(ge=0)]


class _Tally(Model):
    question: Code
    label: Sentence
    answered: Count
    """How many people answered this question."""
    versions: tuple[int, ...]
    """The versions of the form that asked it."""


class OptionCount(Model):
    """How often an option was chosen."""

    option: Code
    label: Sentence
    count: Count
    share: Annotated[float, Field(ge=0, le=100)]
    """Per cent of those who answered the question, one decimal."""


class ChoiceTally(_Tally):
    """Counts per option, in the order of the form."""

    kind: Literal["single", "multiple"]
    options: tuple[OptionCount, ...]


class Bar(Model):
    """How often a value of the scale was chosen."""

    value: int
    count: Count


class ScaleTally(_Tally):
    """The histogram of a scale."""

    kind: Literal["scale"] = "scale"
    bars: tuple[Bar, ...]
    mean: float | None
    """Two decimals; nothing when nobody answered."""
    median: float | None
    lowest_label: Title | None = None
    highest_label: Title | None = None


class Ranked(Model):
    """How an option fared in a ranking of ``n`` options."""

    option: Code
    label: Sentence
    points: Count
    """Borda: ``n - 1`` for a first place, one less for each place after it, none when left out."""
    first_places: Count
    place: Annotated[int, Field(ge=1)]
    """By points, then by first places; equal in both: the same place."""


class RankingTally(_Tally):
    """The options of a ranking, best first."""

    kind: Literal["ranking"] = "ranking"
    options: tuple[Ranked, ...]


class TextTally(_Tally):
    """How many texts there are: read them with ``list_texts``."""

    kind: Literal["short_text", "long_text"]


QuestionTally = Annotated[ChoiceTally | ScaleTally | RankingTally | TextTally, Field(discriminator="kind")]


class ReadResults(Request):
    """The results, once they are public; agents of the perimeter may read them at any time."""

    consultation_id: UUID


class ResultsView(Reply):
    """All public questions with their counts."""

    consultation_id: UUID
    counted_at: Instant
    answers: Count
    final: bool
    """Closed: these figures change no more."""
    questions: tuple[QuestionTally, ...]


class ListTexts(ListRequest):
    """The texts given to one public question, in no order of time or person."""

    consultation_id: UUID
    question: Code


class TextItem(Model):
    """One text."""

    text: str


class TextPage(Page[TextItem], Reply):
    """One page of texts."""


class CrossQuestions(Request):
    """Count two public single-choice questions against each other."""

    consultation_id: UUID
    rows: Code
    columns: Code


class CrossTable(Reply):
    """Counts by row and column. A cell is ``null`` when showing it could tell about fewer than ``threshold`` people."""

    consultation_id: UUID
    rows: tuple[Option, ...]
    columns: tuple[Option, ...]
    cells: tuple[tuple[Count | None, ...], ...]
    threshold: int
