"""A questionnaire: pages of questions, each question of one kind with that kind's limits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Texts = Mapping[str, str]
"""The same words per language."""
Value = str | int | tuple[str, ...]
"""An answer: a text or the key of an option, a number, or keys of options."""
Values = Mapping[str, Value]
"""Answers by the key of their question."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose or to rank."""

    key: str
    label: Texts


Options = tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """An answer in one's own words, of at most ``longest`` characters."""

    longest: int
    one_line: bool


@dataclass(frozen=True, slots=True)
class Single:
    """One of the options."""

    options: Options


@dataclass(frozen=True, slots=True)
class Multiple:
    """From ``fewest`` to ``most`` of the options."""

    options: Options
    fewest: int = 1
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """A whole number from ``lowest`` to ``highest``, both included."""

    lowest: int
    highest: int
    lowest_label: Texts | None = None
    highest_label: Texts | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """At least ``fewest`` of the options (all of them if not said), best first."""

    options: Options
    fewest: int | None = None

    @property
    def least(self) -> int:
        """How many options must be ranked."""
        return len(self.options) if self.fewest is None else self.fewest


Kind = Text | Single | Multiple | Scale | Ranking


@dataclass(frozen=True, slots=True)
class Condition:
    """Shown only to those who chose one of ``options`` in ``question``."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Its key names it in every version."""

    key: str
    label: Texts
    kind: Kind
    help: Texts | None = None
    required: bool = False
    confidential: bool = False
    shown_if: Condition | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Questions shown together."""

    key: str
    title: Texts
    questions: tuple[Question, ...] = ()
    introduction: Texts | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A whole questionnaire."""

    pages: tuple[Page, ...] = ()

    def questions(self) -> Iterator[Question]:
        """Every question, in order."""
        for page in self.pages:
            yield from page.questions

    def question(self, key: str) -> Question | None:
        """The question of that key."""
        return next((one for one in self.questions() if one.key == key), None)


def options_of(kind: Kind) -> Options:
    """The options of a question; none for texts and scales."""
    return kind.options if isinstance(kind, Single | Multiple | Ranking) else ()


_SECONDS_PER_CHARACTER = 0.05
_SHORTEST, _LONGEST = 10.0, 90.0


def _seconds(question: Question) -> float:
    if isinstance(question.kind, Text):
        wanted = question.kind.longest * _SECONDS_PER_CHARACTER
    else:
        wanted = _SHORTEST + 1.5 * len(options_of(question.kind))
    return min(max(wanted, _SHORTEST), _LONGEST)


def minutes(form: Form) -> int:
    """How long answering takes, in whole minutes, at least one: a rough and honest estimate."""
    return max(1, round(sum(map(_seconds, form.questions())) / 60))
