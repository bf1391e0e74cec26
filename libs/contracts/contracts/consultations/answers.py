"""Answering: a draft that may be left and resumed, one answer per person, changed or withdrawn until closing."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StrictInt, TypeAdapter, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import PydanticCustomError, PydanticKnownError, ValidationError

from contracts.base import Code, Instant, ListRequest, Model, Page, Prose, Reply, Request, VersionNumber, length
from contracts.consultations.consultation import State
from contracts.consultations.form import Form, Title

_TEXT: TypeAdapter[str] = TypeAdapter(Annotated[Prose, length(0, 20_000)])


def _clean(value: Any, inner: ValidatorFunctionWrapHandler) -> Any:  # noqa: ANN401 -- any JSON value may come in
    """One error per question, whatever is wrong with its shape."""
    try:
        return _TEXT.validate_python(value) if isinstance(value, str) else inner(value)
    except ValidationError as error:
        first = error.errors()[0]
        if first["type"] == "string_too_long":
            raise PydanticKnownError("string_too_long", first["ctx"]) from None
        if first["type"] == "unreadable-characters":
            raise PydanticCustomError("unreadable-characters", "contains characters that cannot be displayed") from None
        message = "is neither a text, nor a number, nor a list of options"
        raise PydanticCustomError("wrong-shape", "{reason}", {"reason": message}) from None


Choices = Annotated[tuple[Code, ...], Field(max_length=60)]
Value = Annotated[str | StrictInt | Choices, WrapValidator(_clean)]
"""A text, the key of an option, a number of a scale, or keys of options (of a ranking: best first)."""
Values = Annotated[dict[Code, Value], Field(max_length=400)]
"""Answers by the key of their question; a question without answer is left out."""


class Problem(Model):
    """What is wrong with one answer. ``limits`` holds what the rule compares with."""

    question: Code
    code: str
    detail: str
    limits: dict[str, int] = Field(default_factory=dict)


class SaveDraft(Request):
    """Keep what has been typed so far: the given answers replace those of the draft, ``null`` empties one.

    A draft may be wrong or incomplete: it is kept, and the reply says what is wrong with it.
    """

    consultation_id: UUID
    version: VersionNumber
    values: Annotated[dict[Code, Value | None], Field(max_length=400)]


class DraftView(Reply):
    """A draft, on whatever device it was typed."""

    version: int
    values: Values
    saved_at: Instant
    problems: tuple[Problem, ...] = ()
    """Everything that would be refused if this were sent now."""


class SubmitAnswer(Request):
    """Give one's answer, or replace the one given before. The draft, if any, has served and goes."""

    consultation_id: UUID
    version: VersionNumber
    """The published version that the person has read: the answer stays tied to it."""
    values: Values


class AnswerView(Reply):
    """An answer that counts, with its receipt."""

    consultation_id: UUID
    version: int
    values: Values
    receipt: str
    """A word to quote when writing to the city. It names nobody."""
    fingerprint: str
    """SHA-256 of the version and the answers: it changes if anything in them does."""
    submitted_at: Instant
    revised_at: Instant | None = None


class ReadMyAnswer(Request):
    """One's own answer and draft."""

    consultation_id: UUID


class MyAnswer(Reply):
    """What the service holds of a person for one consultation."""

    answer: AnswerView | None = None
    answered_form: Form | None = None
    """The questions as they were in the version that was answered."""
    draft: DraftView | None = None


class WithdrawAnswer(Request):
    """Take one's answer back: it and its draft are erased, and count no more."""

    consultation_id: UUID


class Withdrawn(Reply):
    """Nothing of the person's answer is left."""

    consultation_id: UUID


class ListMyAnswers(ListRequest):
    """The consultations to which one has answered or begun to answer, the latest first."""


class MyAnswerSummary(Model):
    """One line of "my answers"."""

    consultation_id: UUID
    slug: str
    title: Title
    state: State
    closes_at: Instant
    status: Literal["draft", "answered"]
    at: Instant


class MyAnswerPage(Page[MyAnswerSummary], Reply):
    """One page of one's answers."""
