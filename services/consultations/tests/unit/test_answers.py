"""Whatever people send, it is judged the same way: fitting answers pass, all others are named."""

from consultations.domain.answers import answer_problems, given, shown
from consultations.domain.form import Form, Value
from consultations.domain.receipts import fingerprint, receipt
from hypothesis import given as example
from hypothesis import strategies as st

from services.consultations.tests.unit.strategies import ANYTHING, KEYS, answers_to, forms


@st.composite
def answered_forms(draw: st.DrawFn) -> tuple[Form, dict[str, Value]]:
    form = draw(forms())
    return form, draw(answers_to(form))


@example(answered_forms())
def test_fitting_answers_have_no_problem(case: tuple[Form, dict[str, Value]]) -> None:
    form, values = case
    assert answer_problems(form, values) == ()


@example(forms(), st.dictionaries(KEYS, ANYTHING))
def test_anything_is_judged_without_an_accident_and_only_at_its_questions(form: Form, values: dict[str, Value]) -> None:
    known = {question.key for question in form.questions()} | set(values)
    assert {problem.pointer.removeprefix("/") for problem in answer_problems(form, values)} <= known


@example(forms(), st.dictionaries(KEYS, ANYTHING))
def test_what_counts_is_shown_not_empty_and_stable(form: Form, values: dict[str, Value]) -> None:
    counted = given(form, values)
    assert set(counted) <= {question.key for question in shown(form, values)}
    assert all(value not in ("", ()) for value in counted.values())
    assert given(form, counted) == counted


@example(forms(), st.dictionaries(KEYS, ANYTHING))
def test_a_question_is_shown_only_if_the_one_it_depends_on_is(form: Form, values: dict[str, Value]) -> None:
    visible = {question.key for question in shown(form, values)}
    for question in form.questions():
        if question.key in visible and question.shown_if:
            assert question.shown_if.question in visible


@example(answered_forms(), st.integers(1, 9))
def test_a_fingerprint_changes_with_any_answer(case: tuple[Form, dict[str, Value]], version: int) -> None:
    _, values = case
    mark = fingerprint(version, values)
    assert mark == fingerprint(version, dict(reversed(values.items())))
    assert mark != fingerprint(version + 1, values)
    assert mark != fingerprint(version, {**values, "one-more": "x"})


@example(st.integers(0, 2**80 - 1))
def test_a_receipt_is_easy_to_read_aloud(random: int) -> None:
    word = receipt(random)
    assert len(word) == 14
    assert not set("01IOL") & set(word)
