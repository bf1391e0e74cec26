"""Forms and answers drawn by hypothesis."""

from typing import Any

from consultations.domain.form import (
    Condition,
    Form,
    Kind,
    Multiple,
    Option,
    Page,
    Question,
    Ranking,
    Scale,
    Single,
    Text,
    Value,
)
from hypothesis import strategies as st

KEYS = st.text("abcdefgh", min_size=1, max_size=3)
WORDS = st.text("abcéàœ’ ?", min_size=1, max_size=20).map(str.strip).filter(bool)
OPTIONS = st.lists(KEYS, min_size=2, max_size=6, unique=True).map(
    lambda keys: tuple(Option(key, {"fr": key}) for key in keys)
)


@st.composite
def _multiple(draw: st.DrawFn) -> Multiple:
    options = draw(OPTIONS)
    fewest = draw(st.integers(1, len(options)))
    return Multiple(options, fewest, draw(st.none() | st.integers(fewest, len(options))))


@st.composite
def _ranking(draw: st.DrawFn) -> Ranking:
    options = draw(OPTIONS)
    return Ranking(options, draw(st.none() | st.integers(1, len(options))))


KINDS: st.SearchStrategy[Kind] = st.one_of(
    st.builds(Text, st.integers(1, 300), st.booleans()),
    st.builds(Single, OPTIONS),
    _multiple(),
    st.builds(Scale, st.integers(0, 1), st.integers(2, 10)),
    _ranking(),
)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A form that can be published, with conditions among its questions."""
    keys = draw(st.lists(KEYS, min_size=1, max_size=6, unique=True))
    asked: list[Question] = []
    for key in keys:
        deciders = [one for one in asked if isinstance(one.kind, Single | Multiple)]
        condition = draw(st.none() | st.sampled_from(deciders).map(_condition)) if deciders else None
        required, confidential = draw(st.booleans()), draw(st.booleans())
        asked.append(
            Question(
                key,
                {"fr": draw(WORDS)},
                draw(KINDS),
                required=required,
                confidential=confidential,
                shown_if=condition,
            )
        )
    cut = draw(st.integers(1, len(asked)))
    pages = [part for part in (asked[:cut], asked[cut:]) if part]
    return Form(tuple(Page(f"p{number}", {"fr": "Page"}, tuple(part)) for number, part in enumerate(pages)))


def _condition(decider: Question) -> Condition:
    kind: Any = decider.kind
    return Condition(decider.key, (kind.options[0].key,))


def fitting(kind: Kind) -> st.SearchStrategy[Value]:
    """Answers that fit a kind of question."""
    match kind:
        case Text(longest, one_line):
            characters = st.characters(exclude_categories=["Cs", "Cc"]) if one_line else st.characters()
            return st.text(characters, min_size=1, max_size=min(longest, 20))
        case Single(options):
            return st.sampled_from([option.key for option in options])
        case Multiple(options, fewest, most):
            keys = [option.key for option in options]
            top = len(keys) if most is None else most
            return st.lists(st.sampled_from(keys), min_size=fewest, max_size=top, unique=True).map(tuple)
        case Scale(lowest, highest):
            return st.integers(lowest, highest)
        case Ranking(options) as ranking:
            keys = [option.key for option in options]
            return st.lists(st.sampled_from(keys), min_size=ranking.least, unique=True).map(tuple)


@st.composite
def answers_to(draw: st.DrawFn, form: Form) -> dict[str, Value]:
    """Answers to some of the questions, each of which fits; required ones are always answered."""
    values: dict[str, Value] = {}
    for question in form.questions():
        if question.required or draw(st.booleans()):
            values[question.key] = draw(fitting(question.kind))
    return values


ANYTHING: st.SearchStrategy[Value] = st.one_of(
    st.text(max_size=30), st.integers(), st.lists(KEYS, max_size=5).map(tuple)
)
