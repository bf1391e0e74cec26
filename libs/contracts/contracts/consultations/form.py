"""The questionnaire as data: pages of questions, each with a stable key by which versions are compared.

Texts are given per language (``{"fr": "…", "en": "…"}``); a page shows the reader's language or else the first one.
The rules that tie several fields together (unique keys, conditions that look back) are the service's, and it answers
all of them at once.
"""

from typing import Annotated, Literal

from pydantic import Field

from contracts.base import Code, Distinct, Language, Line, Model, Prose, length

Title = Annotated[dict[Language, Annotated[Line, length(1, 200)]], Field(min_length=1, max_length=8)]
"""A few words, per language."""
Sentence = Annotated[dict[Language, Annotated[Line, length(1, 600)]], Field(min_length=1, max_length=8)]
"""A question or a hint, per language."""
Description = Annotated[dict[Language, Annotated[Prose, length(1, 10_000)]], Field(min_length=1, max_length=8)]
"""A long text in Markdown, per language."""


class Condition(Model):
    """Show a question only to those who chose one of ``options`` in an earlier question."""

    question: Code
    """Key of an earlier question with options (single or multiple)."""
    options: Annotated[tuple[Code, ...], Field(min_length=1, max_length=60), Distinct]


class Option(Model):
    """One thing to choose or to rank."""

    key: Code
    label: Sentence


class _Question(Model):
    key: Code
    """The same key is the same question in every version."""
    label: Sentence
    help: Sentence | None = None
    required: bool = False
    confidential: bool = False
    """Read only by the agents of the consultation: in no public result and no public export."""
    shown_if: Condition | None = None


class ShortText(_Question):
    """An answer of one line."""

    kind: Literal["short_text"] = "short_text"
    max_length: Annotated[int, Field(ge=1, le=300)] = 200


class LongText(_Question):
    """An answer of several lines."""

    kind: Literal["long_text"] = "long_text"
    max_length: Annotated[int, Field(ge=1, le=10_000)] = 1_500


class Single(_Question):
    """One of the options."""

    kind: Literal["single"] = "single"
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=60)]


class Multiple(_Question):
    """Some of the options: at least ``min_choices`` and at most ``max_choices`` when it is answered."""

    kind: Literal["multiple"] = "multiple"
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=60)]
    min_choices: Annotated[int, Field(ge=1, le=60)] = 1
    max_choices: Annotated[int, Field(ge=1, le=60)] | None = None
    """Nothing: as many as there are."""


class Scale(_Question):
    """A whole number from ``lowest`` to ``highest``."""

    kind: Literal["scale"] = "scale"
    lowest: Annotated[int, Field(ge=0, le=1)] = 1
    highest: Annotated[int, Field(ge=2, le=10)] = 5
    lowest_label: Title | None = None
    highest_label: Title | None = None


class Ranking(_Question):
    """The options in order of preference, best first; at least ``min_ranked`` of them when it is answered."""

    kind: Literal["ranking"] = "ranking"
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=20)]
    min_ranked: Annotated[int, Field(ge=1, le=20)] | None = None
    """Nothing: all of them."""


Question = Annotated[
    ShortText | LongText | Single | Multiple | Scale | Ranking,
    Field(discriminator="kind"),
]


class FormPage(Model):
    """Questions that are shown together."""

    key: Code
    title: Title
    introduction: Description | None = None
    questions: Annotated[tuple[Question, ...], Field(max_length=100)] = ()


class Form(Model):
    """A whole questionnaire."""

    pages: Annotated[tuple[FormPage, ...], Field(max_length=40)] = ()


class Version(Model):
    """One published state of the form. Each answer stays tied to the version it was given to."""

    number: Annotated[int, Field(ge=1)]
    form: Form
