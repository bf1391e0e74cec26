"""The desk's forms of consultations: what is said of one, one question, closing, taking answers out."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, cast

from contracts.consultations import (
    Details,
    LongText,
    Multiple,
    Question,
    Ranking,
    Scale,
    ShortText,
    Single,
)
from contracts.consultations import (
    Form as Questionnaire,
)
from contracts.errors import from_validation
from pydantic import ValidationError

from gateway.forms import messages
from gateway.forms.kit import Field, Form
from gateway.forms.questionnaire import numbered
from gateway.i18n import N_
from gateway.site.consultations.labels import Labels
from gateway.site.visit import Visit

messages.add(
    {
        "timezone-aware": N_("Write a date and a time."),
        "datetime-from-date-parsing": N_("Write a date and a time."),
        "datetime-parsing": N_("Write a date and a time."),
        "not-after-opening": N_("It closes before it opens: choose a later moment."),
        "in-the-past": N_("This moment has passed: choose a later one, or close it now."),
        "already-open": N_("People are answering: this does not change any more."),
        "unknown-place": N_("Choose among the districts."),
        "changed-meanwhile": N_("Somebody else has changed it: open it again, then make your change."),
        "form-not-publishable": N_("The questionnaire is not ready: look at what is left to do."),
        "nothing-to-publish": N_("Nothing has changed since it was published."),
    }
)
LANGUAGES = {"fr": "Français", "en": "English"}
MODELS: dict[str, type[Any]] = {
    "short_text": ShortText,
    "long_text": LongText,
    "single": Single,
    "multiple": Multiple,
    "scale": Scale,
    "ranking": Ranking,
}
WITH_OPTIONS = frozenset({"single", "multiple", "ranking"})
SPARE_ROWS = 3


class _DetailsForm(Form):
    """What is said of a consultation; the texts come once per language of the territory."""

    def nested(self) -> dict[str, Any]:
        """The request, with moments on the territory's clocks."""
        document = super().nested()
        said = document.setdefault("details", {})
        for name in ("opens_at", "closes_at"):
            said[name] = _moment(self.visit, str(said.get(name, "")))
        return document


def _moment(visit: Visit, typed: str) -> str:
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        return typed
    return moment.replace(tzinfo=visit.territory.zone).isoformat() if moment.tzinfo is None else typed


_TEXTS = (
    ("title", N_("Title"), "text", ""),
    ("summary", N_("In one sentence"), "text", N_("What you want to know, as people would say it.")),
    ("description", N_("What it is about"), "prose", N_("What is decided, what is not, what is known. Markdown.")),
    ("organiser", N_("Who asks"), "text", N_("A department of the city, a district hall.")),
    ("outcome", N_("What is done with the answers, and when"), "text", ""),
)
_RULES = {
    "places": Field(N_("Districts"), "choices", hint=N_("None: the whole city."), at="/details/places", optional=True),
    "opens_at": Field(N_("Opens on"), "datetime-local", at="/details/opens_at"),
    "closes_at": Field(N_("Closes on"), "datetime-local", at="/details/closes_at"),
    "results": Field(N_("The results are public"), "choice", at="/details/results"),
    "level": Field(N_("Who may answer"), "select", at="/details/audience/level"),
    "residents": Field(N_("Residents of the districts only"), "tick", at="/details/audience/residents"),
    "revision": Field("", "hidden", optional=True),
    "id": Field("", "hidden", optional=True),
}


@cache
def details_form(languages: tuple[str, ...]) -> type[_DetailsForm]:
    """The form class for the languages of a territory; the first one is needed, the others are welcome."""
    fields = {
        f"{name}_{language}": Field(
            label, kind, hint=hint, optional=language != languages[0], at=f"/details/{name}/{language}", rows=8
        )
        for language in languages
        for name, label, kind, hint in _TEXTS
    }
    return cast(type[_DetailsForm], type("DetailsForm", (_DetailsForm,), fields | _RULES))


def offer_details(form: Form) -> None:
    """Give the form's choices their answers."""
    visit = form.visit
    form.options["places"] = [(one.code, one.name.to(visit.language)) for one in visit.territory.districts]
    form.options["results"] = [
        ("after_closing", visit.text("After the closing")),
        ("live", visit.text("While people answer")),
    ]
    form.options["level"] = [
        ("0", visit.text("Anybody with a confirmed account")),
        ("250", visit.text("Anybody with an account of the city")),
        ("400", visit.text("Anybody whose identity was checked")),
    ]


def filled_details(visit: Visit, details: Details, revision: int) -> Form:
    """The form with what is said now."""
    texts = {
        f"{name}_{language}": getattr(details, name).get(language, "")
        for language in visit.territory.languages
        for name, *_ in _TEXTS
    }
    return details_form(visit.territory.languages).blank(
        visit,
        **texts,
        places=list(details.places),
        opens_at=_typed_moment(visit, details.opens_at),
        closes_at=_typed_moment(visit, details.closes_at),
        results=details.results,
        level=str(details.audience.level),
        residents=["on"] if details.audience.residents else [],
        revision=str(revision),
    )


def _typed_moment(visit: Visit, moment: datetime) -> str:
    return visit.words.local(moment).strftime("%Y-%m-%dT%H:%M")


class CloseForm(Form):
    """Close before the time."""

    reason = Field(N_("Why it closes early"), hint=N_("Public: people read it on the page of the consultation."))


class ExportForm(Form):
    """Take the answers out."""

    reason = Field(N_("What the answers are taken out for"), hint=N_("Kept with your name, for the auditors."))
    kind = Field(N_("Form"), kind="choice", at="-")
    id = Field("", kind="hidden")


class _QuestionForm(Form):
    """One question of one kind."""

    kind = ""

    def built(self, key: str) -> Question | None:
        """The question, or ``None`` with every error in its place."""
        document = self.nested() | {"key": key, "kind": self.kind}
        if self.kind in WITH_OPTIONS:
            document["options"] = [row for row in self.rows() if row["label"]]
        condition = self._condition()
        if condition:
            document["shown_if"] = condition
        try:
            question = cast(Question, MODELS[self.kind].model_validate(document))
        except ValidationError as error:
            self.refuse(from_validation(error, document))
            return None
        return None if self.errors else question

    def rows(self) -> list[dict[str, Any]]:
        """The options as they stand in the form: key, and label per language without the empty ones."""
        keys = self.visit.fields.get("option-key", [])
        languages = self.visit.territory.languages
        columns = {language: self.visit.fields.get(f"option-{language}", []) for language in languages}
        taken = [key for key in keys if key]
        rows = []
        for position in range(max(map(len, columns.values()), default=0)):
            label = {
                language: column[position].strip() for language, column in columns.items() if len(column) > position
            }
            key = keys[position] if position < len(keys) and keys[position] else _next_key(taken)
            taken.append(key)
            rows.append({"key": key, "label": {language: text for language, text in label.items() if text}})
        return rows

    def _condition(self) -> dict[str, Any] | None:
        chosen = [value.partition("/") for value in self.values.get("condition", []) if "/" in value]
        deciding = {question for question, _, _ in chosen}
        if len(deciding) > 1:
            self.blame("condition", self.visit.text("Choose answers of one question only."))
        return {"question": chosen[0][0], "options": [option for _, _, option in chosen]} if chosen else None


def _next_key(taken: list[str]) -> str:
    number = len(taken) + 1
    while f"o{number}" in taken:
        number += 1
    return f"o{number}"


_KIND_FIELDS = {
    "short_text": {"max_length": Field(N_("Most characters"), "number", hint="1–300", optional=True)},
    "long_text": {"max_length": Field(N_("Most characters"), "number", hint="1–10 000", optional=True)},
    "single": {},
    "multiple": {
        "min_choices": Field(N_("Fewest answers"), "number", optional=True),
        "max_choices": Field(N_("Most answers"), "number", hint=N_("None: as many as there are."), optional=True),
    },
    "scale": {
        "lowest": Field(N_("From"), "number", hint="0–1", optional=True),
        "highest": Field(N_("To"), "number", hint="2–10", optional=True),
    },
    "ranking": {"min_ranked": Field(N_("Fewest ranks"), "number", hint=N_("None: all of them."), optional=True)},
}
_QUESTION_TEXTS = (("label", N_("Wording")), ("help", N_("Help")))
_END_TEXTS = (("lowest_label", N_("Words for the lowest")), ("highest_label", N_("Words for the highest")))


@cache
def question_form(kind: str, languages: tuple[str, ...]) -> type[_QuestionForm]:
    """The form class of a kind of question for the languages of a territory."""
    texts = _QUESTION_TEXTS + (_END_TEXTS if kind == "scale" else ())
    fields: dict[str, Any] = {
        f"{name}_{language}": Field(
            label, optional=name != "label" or language != languages[0], at=f"/{name}/{language}"
        )
        for language in languages
        for name, label in texts
    }
    fields |= _KIND_FIELDS[kind]
    fields["required"] = Field(N_("An answer is needed"), "tick")
    fields["confidential"] = Field(N_("Confidential: in no public result"), "tick")
    fields["condition"] = Field(N_("Ask only those who answered"), "choices", at="-", optional=True)
    if kind in WITH_OPTIONS:
        fields["options"] = Field(N_("Answers to choose from"), "hidden", at="/options", optional=True)
    fields["revision"] = Field("", "hidden", at="-")
    return cast(type[_QuestionForm], type("QuestionForm", (_QuestionForm,), fields | {"kind": kind}))


def filled_question(visit: Visit, question: Question) -> dict[str, Any]:
    """What the form shows of a question that exists."""
    raw: Mapping[str, Any] = question.model_dump()
    values: dict[str, Any] = {}
    for name, *_ in _QUESTION_TEXTS + _END_TEXTS:
        for language in visit.territory.languages:
            values[f"{name}_{language}"] = (raw.get(name) or {}).get(language, "")
    for name in _KIND_FIELDS[question.kind]:
        values[name] = "" if raw[name] is None else str(raw[name])
    condition = raw["shown_if"]
    values["condition"] = [f"{condition['question']}/{key}" for key in condition["options"]] if condition else []
    return values | {name: ["on"] if raw[name] else [] for name in ("required", "confidential")}


def offer_conditions(form: Form, questionnaire: Questionnaire, before: str | None) -> None:
    """Offer the answers of the questions that come before the one of key ``before`` (of all, if there is none)."""
    labels, numbers = Labels(form.visit), numbered(questionnaire)
    offered: list[tuple[str, str]] = []
    for question in (one for page in questionnaire.pages for one in page.questions):
        if question.key == before:
            break
        if question.kind in {"single", "multiple"}:
            options = getattr(question, "options", ())
            offered += [
                (f"{question.key}/{option.key}", f"{numbers[question.key]}. {labels.of(option.label)}")
                for option in options
            ]
    form.options["condition"] = offered
