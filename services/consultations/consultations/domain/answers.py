"""Whether answers fit the questions, and which questions a person is asked at all."""

from collections.abc import Iterator

from consultations.domain.form import (
    Form,
    Multiple,
    Options,
    Question,
    Ranking,
    Scale,
    Single,
    Text,
    Value,
    Values,
)
from consultations.domain.problems import Problem


def shown(form: Form, values: Values) -> tuple[Question, ...]:
    """The questions that concern a person who has given these answers. A question hides those that depend on it."""
    kept: dict[str, Question] = {}
    for question in form.questions():
        condition = question.shown_if
        if condition is None or (
            condition.question in kept and _chose(values.get(condition.question), condition.options)
        ):
            kept[question.key] = question
    return tuple(kept.values())


def _chose(value: Value | None, options: tuple[str, ...]) -> bool:
    chosen = value if isinstance(value, tuple) else (value,)
    return any(option in options for option in chosen)


def given(form: Form, values: Values) -> dict[str, Value]:
    """The answers that count: those to shown questions, without the empty ones, in the order of the form."""
    return {
        question.key: values[question.key] for question in shown(form, values) if not is_empty(values.get(question.key))
    }


def is_empty(value: Value | None) -> bool:
    """Whether nothing was answered: no text and no choice. Zero on a scale is an answer."""
    return value is None or value in ("", ())


def answer_problems(form: Form, values: Values) -> tuple[Problem, ...]:
    """Everything that keeps these answers from being received; a pointer is ``/`` and the key of the question."""
    asked = {question.key for question in form.questions()}
    unknown = (
        Problem(f"/{key}", "unknown-question", "The form has no such question.") for key in values if key not in asked
    )
    wrong = (problem for question in shown(form, values) for problem in _problems(question, values.get(question.key)))
    return (*unknown, *wrong)


def _problems(question: Question, value: Value | None) -> Iterator[Problem]:
    if value is None or is_empty(value):
        if question.required:
            yield Problem(f"/{question.key}", "missing", "This question needs an answer.")
        return
    for code, detail, limits in _complaints(question, value):
        yield Problem(f"/{question.key}", code, detail, limits)


Complaint = tuple[str, str, dict[str, int]]


def _complaints(question: Question, value: Value) -> Iterator[Complaint]:
    match question.kind, value:
        case Text() as kind, str():
            yield from _text(kind, value)
        case Single() as kind, str():
            yield from _known(kind.options, (value,))
        case Multiple() as kind, tuple():
            most = len(kind.options) if kind.most is None else kind.most
            yield from _several(kind.options, value, kind.fewest, most)
        case Scale() as kind, int():
            if not kind.lowest <= value <= kind.highest:
                limits = {"ge": kind.lowest, "le": kind.highest}
                yield "out-of-range", f"Choose from {kind.lowest} to {kind.highest}.", limits
        case Ranking() as kind, tuple():
            yield from _several(kind.options, value, kind.least, len(kind.options))
        case _:
            yield "wrong-kind", "The answer does not have the form of this question.", {}


def _text(kind: Text, value: str) -> Iterator[Complaint]:
    if len(value) > kind.longest:
        yield "too-long", f"At most {kind.longest} characters.", {"max_length": kind.longest}
    if kind.one_line and "\n" in value:
        yield "several-lines", "One line only.", {}


def _several(options: Options, value: tuple[str, ...], fewest: int, most: int) -> Iterator[Complaint]:
    yield from _known(options, value)
    if len(set(value)) != len(value):
        yield "twice", "The same option is given twice.", {}
    if len(value) < fewest:
        yield "too-few", f"At least {fewest}.", {"min_choices": fewest}
    if len(value) > most:
        yield "too-many", f"At most {most}.", {"max_choices": most}


def _known(options: Options, value: tuple[str, ...]) -> Iterator[Complaint]:
    if not set(value) <= {option.key for option in options}:
        yield "not-an-option", "Choose among the options.", {}
