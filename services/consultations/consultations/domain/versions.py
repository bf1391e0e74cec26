"""How a form may change after publication: questions are compared by key, across every version there was.

Wording, order, help, limits and new options may change, and questions come and go: every answer stays readable beside
the version it was given to. What would make answers unreadable or break a promise is refused.
"""

from collections.abc import Iterator, Sequence

from consultations.domain.form import Form, Option, Question, Ranking, Scale, options_of
from consultations.domain.problems import Problem


def latest_definitions(versions: Sequence[Form]) -> dict[str, Question]:
    """Each question ever asked as it was asked last, in the order of the newest form, then of the older ones."""
    found: dict[str, Question] = {}
    for form in reversed(versions):
        for question in form.questions():
            found.setdefault(question.key, question)
    return found


def ever_confidential(versions: Sequence[Form]) -> frozenset[str]:
    """The questions that were confidential in any version: what was given in confidence stays so."""
    return frozenset(question.key for form in versions for question in form.questions() if question.confidential)


def every_option(versions: Sequence[Form], key: str) -> tuple[Option, ...]:
    """Every option a question ever had: those of the newest version first, each as it was worded last."""
    found: dict[str, Option] = {}
    for form in reversed(versions):
        question = form.question(key)
        for option in options_of(question.kind) if question else ():
            found.setdefault(option.key, option)
    return tuple(found.values())


def unreadable_changes(published: Sequence[Form], new: Form) -> tuple[Problem, ...]:
    """What publishing ``new`` after ``published`` would spoil, each with its place in ``new``."""
    before = latest_definitions(published)
    confidential = ever_confidential(published)
    return tuple(
        problem
        for page_position, page in enumerate(new.pages)
        for position, question in enumerate(page.questions)
        if question.key in before
        for problem in _changes(
            f"/pages/{page_position}/questions/{position}",
            before[question.key],
            question,
            was_confidential=question.key in confidential,
        )
    )


def _changes(place: str, old: Question, new: Question, *, was_confidential: bool) -> Iterator[Problem]:
    if type(old.kind) is not type(new.kind):
        detail = "The kind of a published question stays. Ask a new question, with another key."
        yield Problem(f"{place}/kind", "kind-changed", detail)
    elif isinstance(old.kind, Scale) and isinstance(new.kind, Scale) and _ends(old.kind) != _ends(new.kind):
        detail = "The ends of a published scale stay: answers on two scales have no common mean."
        yield Problem(f"{place}/highest", "scale-changed", detail)
    elif isinstance(old.kind, Ranking) and _keys(old) != _keys(new):
        detail = "The options of a published ranking stay: points of two lists cannot be added."
        yield Problem(f"{place}/options", "ranking-changed", detail)
    if was_confidential and not new.confidential:
        detail = "What was asked in confidence stays confidential."
        yield Problem(f"{place}/confidential", "made-public", detail)


def _ends(scale: Scale) -> tuple[int, int]:
    return scale.lowest, scale.highest


def _keys(question: Question) -> frozenset[str]:
    return frozenset(option.key for option in options_of(question.kind))
