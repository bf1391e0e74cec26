"""What keeps a form from being published: every reason at once, each with its place in the form."""

from collections import Counter
from collections.abc import Iterator

from consultations.domain.form import (
    Condition,
    Form,
    Multiple,
    Page,
    Question,
    Ranking,
    Scale,
    Single,
    Texts,
    options_of,
)
from consultations.domain.problems import Problem


def form_problems(form: Form, language: str) -> tuple[Problem, ...]:
    """Everything that is missing or contradicts itself. ``language`` is the one every text must be given in."""
    return (*_empty(form), *_keys(form), *_contradictions(form), *_conditions(form), *_untranslated(form, language))


def _places(form: Form) -> Iterator[tuple[str, Question]]:
    for page_position, page in enumerate(form.pages):
        for position, question in enumerate(page.questions):
            yield f"/pages/{page_position}/questions/{position}", question


def _empty(form: Form) -> Iterator[Problem]:
    if not form.pages:
        yield Problem("/pages", "empty", "The form has no page.")
    for position, page in enumerate(form.pages):
        if not page.questions:
            yield Problem(f"/pages/{position}", "empty", "The page has no question.")


def _keys(form: Form) -> Iterator[Problem]:
    yield from _twice([(f"/pages/{position}", page.key) for position, page in enumerate(form.pages)])
    yield from _twice([(place, question.key) for place, question in _places(form)])
    for place, question in _places(form):
        options = options_of(question.kind)
        yield from _twice([(f"{place}/options/{position}", option.key) for position, option in enumerate(options)])


def _twice(keyed: list[tuple[str, str]]) -> Iterator[Problem]:
    many = {key for key, count in Counter(key for _, key in keyed).items() if count > 1}
    seen: set[str] = set()
    for place, key in keyed:
        if key in many and key in seen:
            yield Problem(f"{place}/key", "twice", f"The key {key} is already used.")
        seen.add(key)


def _contradictions(form: Form) -> Iterator[Problem]:
    for place, question in _places(form):
        kind = question.kind
        if isinstance(kind, Multiple):
            most = len(kind.options) if kind.most is None else kind.most
            if most > len(kind.options):
                limits = {"options": len(kind.options)}
                yield Problem(f"{place}/max_choices", "too-many", "More choices than options.", limits)
            if kind.fewest > most:
                yield Problem(f"{place}/min_choices", "too-many", "More than the most that may be chosen.")
        elif isinstance(kind, Ranking) and kind.least > len(kind.options):
            yield Problem(f"{place}/min_ranked", "too-many", "More ranks than options.", {"options": len(kind.options)})


def _conditions(form: Form) -> Iterator[Problem]:
    earlier: dict[str, Question] = {}
    for place, question in _places(form):
        if question.shown_if is not None:
            yield from _condition(f"{place}/shown_if", question.shown_if, earlier)
        earlier[question.key] = question


def _condition(place: str, condition: Condition, earlier: dict[str, Question]) -> Iterator[Problem]:
    asked = earlier.get(condition.question)
    if asked is None:
        yield Problem(f"{place}/question", "not-earlier", "No earlier question has this key.")
    elif not isinstance(asked.kind, Single | Multiple):
        yield Problem(f"{place}/question", "no-options", "Only a question with options to choose can decide.")
    else:
        known = {option.key for option in asked.kind.options}
        for position, option in enumerate(condition.options):
            if option not in known:
                yield Problem(f"{place}/options/{position}", "not-an-option", "The question has no such option.")


def _untranslated(form: Form, language: str) -> Iterator[Problem]:
    for position, page in enumerate(form.pages):
        for place, texts in _texts_of_page(f"/pages/{position}", page):
            if language not in texts:
                yield Problem(place, "untranslated", f"There is no text in the language {language}.")


def _texts_of_page(place: str, page: Page) -> Iterator[tuple[str, Texts]]:
    yield f"{place}/title", page.title
    if page.introduction:
        yield f"{place}/introduction", page.introduction
    for position, question in enumerate(page.questions):
        yield from _texts_of_question(f"{place}/questions/{position}", question)


def _texts_of_question(place: str, question: Question) -> Iterator[tuple[str, Texts]]:
    yield f"{place}/label", question.label
    if question.help:
        yield f"{place}/help", question.help
    if isinstance(question.kind, Scale):
        ends = {"lowest_label": question.kind.lowest_label, "highest_label": question.kind.highest_label}
        yield from ((f"{place}/{name}", texts) for name, texts in ends.items() if texts)
    for position, option in enumerate(options_of(question.kind)):
        yield f"{place}/options/{position}/label", option.label
