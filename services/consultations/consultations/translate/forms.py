"""Forms between the contract (which the database keeps as well) and the domain."""

from typing import Any

from contracts.consultations import form as wire

from consultations.domain.form import (
    Condition,
    Form,
    Kind,
    Multiple,
    Option,
    Options,
    Page,
    Question,
    Ranking,
    Scale,
    Single,
    Text,
)


def form_from_json(raw: Any) -> Form:  # noqa: ANN401 -- what the database kept
    """The form kept in the database."""
    return form_from_wire(wire.Form.model_validate(raw))


def form_to_json(form: Form) -> Any:  # noqa: ANN401
    """The form as the database keeps it."""
    return form_to_wire(form).model_dump(mode="json")


def form_from_wire(form: wire.Form) -> Form:
    """The domain's form."""
    return Form(tuple(_page_from_wire(page) for page in form.pages))


def form_to_wire(form: Form) -> wire.Form:
    """The contract's form."""
    return wire.Form(pages=tuple(_page_to_wire(page) for page in form.pages))


def _page_from_wire(page: wire.FormPage) -> Page:
    return Page(page.key, page.title, tuple(map(_question_from_wire, page.questions)), page.introduction)


def _page_to_wire(page: Page) -> wire.FormPage:
    return wire.FormPage(
        key=page.key,
        title=dict(page.title),
        introduction=dict(page.introduction) if page.introduction else None,
        questions=tuple(map(_question_to_wire, page.questions)),
    )


def _question_from_wire(question: wire.Question) -> Question:
    condition = question.shown_if
    return Question(
        key=question.key,
        label=question.label,
        kind=_kind_from_wire(question),
        help=question.help,
        required=question.required,
        confidential=question.confidential,
        shown_if=Condition(condition.question, condition.options) if condition else None,
    )


def _kind_from_wire(question: wire.Question) -> Kind:
    match question:
        case wire.ShortText():
            return Text(question.max_length, one_line=True)
        case wire.LongText():
            return Text(question.max_length, one_line=False)
        case wire.Single():
            return Single(_options_from_wire(question.options))
        case wire.Multiple():
            return Multiple(_options_from_wire(question.options), question.min_choices, question.max_choices)
        case wire.Scale():
            return Scale(question.lowest, question.highest, question.lowest_label, question.highest_label)
        case wire.Ranking():
            return Ranking(_options_from_wire(question.options), question.min_ranked)


def _options_from_wire(options: tuple[wire.Option, ...]) -> Options:
    return tuple(Option(option.key, option.label) for option in options)


def options_to_wire(options: Options) -> tuple[wire.Option, ...]:
    """The contract's options."""
    return tuple(wire.Option(key=option.key, label=dict(option.label)) for option in options)


def _question_to_wire(question: Question) -> wire.Question:
    condition = question.shown_if
    common: dict[str, Any] = {
        "key": question.key,
        "label": question.label,
        "help": question.help,
        "required": question.required,
        "confidential": question.confidential,
        "shown_if": wire.Condition(question=condition.question, options=condition.options) if condition else None,
    }
    match question.kind:
        case Text(longest, one_line=True):
            return wire.ShortText(max_length=longest, **common)
        case Text(longest):
            return wire.LongText(max_length=longest, **common)
        case Single(options):
            return wire.Single(options=options_to_wire(options), **common)
        case Multiple(options, fewest, most):
            return wire.Multiple(options=options_to_wire(options), min_choices=fewest, max_choices=most, **common)
        case Scale(lowest, highest, low, high):
            return wire.Scale(lowest=lowest, highest=highest, lowest_label=low, highest_label=high, **common)
        case Ranking(options, fewest_ranked):
            return wire.Ranking(options=options_to_wire(options), min_ranked=fewest_ranked, **common)


def kind_name(kind: Kind) -> str:
    """The contract's word for a kind of question."""
    match kind:
        case Text(one_line=True):
            return "short_text"
        case Text():
            return "long_text"
        case Single():
            return "single"
        case Multiple():
            return "multiple"
        case Scale():
            return "scale"
        case Ranking():
            return "ranking"
