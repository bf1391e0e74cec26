"""Answers to a questionnaire as a browser sends them: one field per question, one more per rank of a ranking.

What was typed is kept beside what it means, so that a page with errors shows it again as it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from contracts.consultations import Choices, Form, FormPage, Problem, Question, Ranking, Value, Values
from pydantic import TypeAdapter, ValidationError

from gateway.forms.kit import Field
from gateway.i18n import N_
from gateway.site.visit import Visit

_VALUE: TypeAdapter[Value] = TypeAdapter(Value)
_CHOICES: TypeAdapter[Choices] = TypeAdapter(Choices)

PROBLEMS = {
    "missing": N_("Answer this question."),
    "too-long": N_("Too long: keep it to %(max_length)s characters."),
    "several-lines": N_("Write on one line."),
    "not-an-option": N_("Choose among the answers."),
    "twice": N_("Give each rank once."),
    "too-few": N_("Choose %(min_choices)s at least."),
    "too-many": N_("Choose %(max_choices)s at most."),
    "out-of-range": N_("Choose from %(ge)s to %(le)s."),
    "wrong-kind": N_("Choose among the answers."),
    "unreadable-characters": N_("Some characters cannot be displayed: remove them."),
    "string-too-long": N_("This text is far too long to be kept."),
}
"""By the code of a problem with an answer."""
UNREADABLE = frozenset({"unreadable-characters", "string-too-long"})
"""Why a text cannot be kept at all."""


def name_of(question: Question) -> str:
    """The field that holds the answer to a question."""
    return f"q-{question.key}"


def rank_name(question: Question, option: str) -> str:
    """The field that holds the rank of an option."""
    return f"q-{question.key}-rank-{option}"


def numbered(form: Form) -> dict[str, int]:
    """The number of each question, by its key."""
    keys = (question.key for page in form.pages for question in page.questions)
    return {key: number for number, key in enumerate(keys, 1)}


def _chose(value: Value | None, options: tuple[str, ...]) -> bool:
    chosen = value if isinstance(value, tuple) else (value,)
    return any(option in options for option in chosen)


def asked_on(form: Form, page: FormPage, values: Values) -> tuple[Question, ...]:
    """The questions of a page that may concern the person: all but those that an earlier page has ruled out."""
    here = {question.key for question in page.questions}
    known = {question.key: question for one in form.pages for question in one.questions}
    shown = []
    for question in page.questions:
        condition = question.shown_if
        while condition and condition.question in here:
            condition = known[condition.question].shown_if
        if condition is None or _ruled_in(known, condition.question, values, condition.options):
            shown.append(question)
    return tuple(shown)


def _ruled_in(known: dict[str, Question], key: str, values: Values, options: tuple[str, ...]) -> bool:
    if not _chose(values.get(key), options):
        return False
    condition = known[key].shown_if if key in known else None
    return condition is None or _ruled_in(known, condition.question, values, condition.options)


def open_pages(form: Form, values: Values) -> tuple[int, ...]:
    """The numbers (from 1) of the pages on which something is asked of the person."""
    return tuple(number for number, page in enumerate(form.pages, 1) if asked_on(form, page, values))


@dataclass(slots=True)
class AnswerSheet:
    """One page of a questionnaire, filled in or not; it shows errors like every form of the site."""

    visit: Visit
    form: Form
    values: Values
    """What is kept already."""
    typed: dict[str, list[str]] = field(default_factory=dict)
    """What was just sent, if anything."""
    errors: dict[str, list[str]] = field(default_factory=dict)
    status: int = 200

    @property
    def questions(self) -> dict[str, Field]:
        """The labels that the summary of errors shows."""
        numbers = numbered(self.form)
        return {
            question.key: Field(f"{numbers[question.key]}. {self.said(question.label)}")
            for page in self.form.pages
            for question in page.questions
        }

    def said(self, texts: dict[str, str] | None) -> str:
        """A text of the questionnaire in the reader's language, or else in the first it has."""
        return (texts.get(self.visit.language) or next(iter(texts.values()))) if texts else ""

    def text(self, question: Question) -> str:
        """What the question's field shows."""
        if self.typed:
            return self.typed.get(name_of(question), [""])[0]
        value = self.values.get(question.key)
        return "" if value is None or isinstance(value, tuple) else str(value)

    def chosen(self, question: Question, option: str) -> bool:
        """Whether an option is chosen."""
        if self.typed:
            return option in self.typed.get(name_of(question), [])
        value = self.values.get(question.key)
        return option in value if isinstance(value, tuple) else str(value) == option

    def rank(self, question: Question, option: str) -> str:
        """The rank given to an option; empty if none."""
        if self.typed:
            return self.typed.get(rank_name(question, option), [""])[0]
        value = self.values.get(question.key)
        return str(value.index(option) + 1) if isinstance(value, tuple) and option in value else ""

    def read(self, questions: Iterable[Question]) -> dict[str, Value | None]:
        """What was sent for the questions; ``None`` for an empty field. What cannot be kept becomes an error."""
        found: dict[str, Value | None] = {}
        for question in questions:
            try:
                found[question.key] = self._value(question)
            except ValidationError as error:
                code = error.errors()[0]["type"].replace("_", "-")
                self.blame(question.key, code if code in UNREADABLE else "wrong-kind")
        return found

    def _value(self, question: Question) -> Value | None:
        if isinstance(question, Ranking):
            return self._ranking(question)
        sent = [one for one in self.typed.get(name_of(question), []) if one.strip()]
        if not sent:
            return None
        if question.kind == "multiple":
            return _CHOICES.validate_python(tuple(sent))
        if question.kind == "scale":
            return int(sent[0]) if sent[0].isascii() and sent[0].isdigit() and len(sent[0]) < 4 else sent[0]
        return _VALUE.validate_python(sent[0])

    def _ranking(self, question: Ranking) -> Value | None:
        ranks = {option.key: self.rank(question, option.key) for option in question.options}
        given = {key: int(rank) for key, rank in ranks.items() if rank.isascii() and rank.isdigit() and len(rank) < 4}
        if len(set(given.values())) != len(given):
            self.blame(question.key, "twice")
        return tuple(sorted(given, key=lambda key: given[key])) or None

    def complain(self, problems: Iterable[Problem], about: Iterable[Question]) -> None:
        """Show what the service found wrong with the answers to some questions."""
        keys = {question.key for question in about}
        for problem in problems:
            if problem.question in keys:
                self.blame(problem.question, problem.code, problem.limits, problem.detail)

    def blame(self, key: str, code: str, limits: dict[str, Any] | None = None, otherwise: str = "") -> None:
        """Put an error beside a question; an empty key: above all."""
        self.status = 422
        known = PROBLEMS.get(code)
        said = self.visit.text(known, **(limits or {})) if known else otherwise
        errors = self.errors.setdefault(key, [])
        if said not in errors:
            errors.append(said)

    def warn(self, message: str, status: int) -> None:
        """Say above all what concerns no question; ``message`` is in the reader's language already."""
        self.status = status
        self.errors.setdefault("", []).append(message)

    def prerequisite(self, question: Question) -> str:
        """When a question of this page concerns only some: to whom, in words."""
        condition = question.shown_if
        if condition is None:
            return ""
        known = {one.key: one for page in self.form.pages for one in page.questions}
        asked: Any = known.get(condition.question)
        if asked is None:
            return ""
        labels = [self.said(option.label) for option in asked.options if option.key in condition.options]
        number = numbered(self.form)[condition.question]
        quote = "« %s »" if self.visit.language == "fr" else "“%s”"
        answers = self.visit.text(" or ").join(quote % label for label in labels)
        return self.visit.text("If you answered %(answers)s to question %(number)s.", answers=answers, number=number)
