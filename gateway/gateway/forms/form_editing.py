"""Changes to a questionnaire as an agent makes them, one at a time: form in, form out."""

from collections.abc import Iterable, Sequence

from contracts.consultations import Form, FormPage, Question
from contracts.errors import Fault


def _with_pages(pages: Iterable[FormPage]) -> Form:
    return Form(pages=tuple(pages))


def _with_questions(page: FormPage, questions: Iterable[Question]) -> FormPage:
    return page.model_copy(update={"questions": tuple(questions)})


def find_question(form: Form, key: str) -> tuple[FormPage, Question]:
    """A question with the page it is on. Raises *not-found*."""
    for page in form.pages:
        for question in page.questions:
            if question.key == key:
                return page, question
    raise Fault.not_found()


def find_page(form: Form, key: str) -> FormPage:
    """A page by its key. Raises *not-found*."""
    for page in form.pages:
        if page.key == key:
            return page
    raise Fault.not_found()


def new_key(taken: Iterable[str], prefix: str) -> str:
    """``q1``, ``q2`` …: one that was never used."""
    used = set(taken)
    number = len(used) + 1
    while f"{prefix}{number}" in used:
        number += 1
    return f"{prefix}{number}"


def put_question(form: Form, page_key: str, question: Question) -> Form:
    """The form with the question in the place of the one of the same key, or else at the end of the page."""
    known = {one.key for page in form.pages for one in page.questions}
    pages = []
    for page in form.pages:
        questions = [question if one.key == question.key else one for one in page.questions]
        if question.key not in known and page.key == page_key:
            questions.append(question)
        pages.append(_with_questions(page, questions))
    return _with_pages(pages)


def remove_question(form: Form, key: str) -> Form:
    """The form without the question."""
    return _with_pages(_with_questions(page, (one for one in page.questions if one.key != key)) for page in form.pages)


def move_question(form: Form, key: str, step: int) -> Form:
    """The question one place up (-1) or down (+1), over to the next page at the edge of its own."""
    page, question = find_question(form, key)
    here = [one.key for one in page.questions].index(key)
    if 0 <= here + step < len(page.questions):
        return _replaced(form, page, _with_questions(page, _swapped(page.questions, here, here + step)))
    at = form.pages.index(page) + step
    if not 0 <= at < len(form.pages):
        return form
    rest = remove_question(form, key)
    target = rest.pages[at]
    moved = (question, *target.questions) if step > 0 else (*target.questions, question)
    return _replaced(rest, target, _with_questions(target, moved))


def _swapped(items: Sequence[Question], one: int, other: int) -> list[Question]:
    swapped = list(items)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    return swapped


def _replaced(form: Form, old: FormPage, new: FormPage) -> Form:
    return _with_pages(new if page is old else page for page in form.pages)


def add_page(form: Form, title: dict[str, str]) -> Form:
    """The form with an empty page at the end."""
    key = new_key((page.key for page in form.pages), "page")
    return _with_pages((*form.pages, FormPage(key=key, title=title)))


def rename_page(form: Form, key: str, title: dict[str, str]) -> Form:
    """The form with another title on a page."""
    page = find_page(form, key)
    return _replaced(form, page, page.model_copy(update={"title": title}))


def remove_page(form: Form, key: str) -> Form:
    """The form without the page. Its questions go to the page before it, or after it: nothing written is lost."""
    page = find_page(form, key)
    rest = [one for one in form.pages if one is not page]
    if not page.questions or not rest:
        return _with_pages(rest) if not page.questions else form
    at = max(0, form.pages.index(page) - 1)
    rest[at] = _with_questions(rest[at], (*rest[at].questions, *page.questions))
    return _with_pages(rest)
