"""A published form changes only so far as every answer stays readable."""

from dataclasses import replace

from consultations.domain.completeness import form_problems
from consultations.domain.form import Condition, Form, Multiple, Option, Page, Question, Ranking, Scale, Single, Text
from consultations.domain.versions import every_option, latest_definitions, unreadable_changes
from hypothesis import given
from hypothesis import strategies as st

from services.consultations.tests.unit.strategies import KINDS, forms


@given(forms())
def test_a_drawn_form_is_complete_and_follows_itself(form: Form) -> None:
    assert form_problems(form, "fr") == ()
    assert unreadable_changes([form], form) == ()
    assert len(form_problems(form, "en")) > 0


@given(forms(), st.randoms())
def test_order_wording_and_absence_are_free(form: Form, random: object) -> None:
    reworded = [replace(question, label={"fr": "Autrement dit"}) for question in form.questions()]
    reworded.reverse()
    changed = Form((Page("autre", {"fr": "Une page"}, tuple(reworded[1:])),))
    assert unreadable_changes([form], changed) == ()


@given(forms(), KINDS)
def test_a_key_never_changes_its_kind_even_after_it_was_left_out(form: Form, kind: object) -> None:
    first = next(form.questions())
    other = Text(50, one_line=True) if not isinstance(first.kind, Text) else Scale(1, 5)
    asked_again = Form((Page("p", {"fr": "P"}, (replace(first, kind=other, shown_if=None),)),))
    codes = [problem.code for problem in unreadable_changes([form, Form()], asked_again)]
    assert "kind-changed" in codes


@given(forms())
def test_confidence_is_kept(form: Form) -> None:
    public = Form(
        tuple(
            replace(page, questions=tuple(replace(question, confidential=False) for question in page.questions))
            for page in form.pages
        )
    )
    broken = [problem for problem in unreadable_changes([form], public) if problem.code == "made-public"]
    assert len(broken) == sum(question.confidential for question in form.questions())


@given(st.lists(forms(), min_size=1, max_size=3))
def test_every_question_and_option_ever_asked_is_known(versions: list[Form]) -> None:
    known = latest_definitions(versions)
    for form in versions:
        for question in form.questions():
            assert question.key in known
            for option in getattr(question.kind, "options", ()):
                assert option.key in {one.key for one in every_option(versions, question.key)}


def _form(*questions: Question) -> Form:
    return Form((Page("p", {"fr": "P"}, questions),))


def _options(*keys: str) -> tuple[Option, ...]:
    return tuple(Option(key, {"fr": key}) for key in keys)


def test_everything_that_keeps_a_form_from_being_published_is_said_at_once() -> None:
    form = Form(
        (
            Page("p", {"fr": "P"}, ()),
            Page(
                "p",
                {"fr": "P"},
                (
                    Question("a", {"en": "Only English"}, Single(_options("x", "x"))),
                    Question("a", {"fr": "A"}, Multiple(_options("x", "y"), 3, 9)),
                    Question("b", {"fr": "B"}, Ranking(_options("x", "y"), 3)),
                    Question("c", {"fr": "C"}, Scale(1, 5), shown_if=Condition("b", ("x",))),
                    Question("d", {"fr": "D"}, Scale(1, 5), shown_if=Condition("z", ("x",))),
                    Question("e", {"fr": "E"}, Scale(1, 5), shown_if=Condition("a", ("nope",))),
                ),
            ),
        )
    )
    assert [(problem.pointer, problem.code) for problem in form_problems(form, "fr")] == [
        ("/pages/0", "empty"),
        ("/pages/1/key", "twice"),
        ("/pages/1/questions/1/key", "twice"),
        ("/pages/1/questions/0/options/1/key", "twice"),
        ("/pages/1/questions/1/max_choices", "too-many"),
        ("/pages/1/questions/2/min_ranked", "too-many"),
        ("/pages/1/questions/3/shown_if/question", "no-options"),
        ("/pages/1/questions/4/shown_if/question", "not-earlier"),
        ("/pages/1/questions/5/shown_if/options/0", "not-an-option"),
        ("/pages/1/questions/0/label", "untranslated"),
    ]


def test_a_scale_keeps_its_ends_and_a_ranking_its_options() -> None:
    before = _form(
        Question("s", {"fr": "S"}, Scale(1, 5)), Question("r", {"fr": "R"}, Ranking(_options("x", "y", "z")))
    )
    after = _form(
        Question("s", {"fr": "S"}, Scale(1, 7)), Question("r", {"fr": "R"}, Ranking(_options("z", "y", "x"), 1))
    )
    assert [problem.code for problem in unreadable_changes([before], after)] == ["scale-changed"]
