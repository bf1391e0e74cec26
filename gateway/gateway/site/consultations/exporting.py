"""Taking the answers out at the desk: the reason is noted by the service before the first row leaves."""

from collections.abc import Iterator

import orjson
from contracts.consultations import (
    BEGIN_EXPORT,
    READ_EXPORT,
    DeskConsultation,
    ExportedAnswer,
    Question,
    ReadExport,
    Value,
)

from gateway.forms.consultation_desk import ExportForm
from gateway.site.answers import Answer, Document
from gateway.site.consultations.desk import AGENT, ONE, read
from gateway.site.consultations.labels import Labels
from gateway.site.consultations.spreadsheets import Cell, to_csv
from gateway.site.desk import desk_page
from gateway.site.ids import as_id, new_id
from gateway.site.routes import SiteRoute, get, post
from gateway.site.visit import Visit


def ask(visit: Visit) -> Answer:
    """What for."""
    return _page(visit, read(visit), ExportForm.blank(visit, id=new_id(), kind="csv"))


def _page(visit: Visit, one: DeskConsultation, form: ExportForm) -> Answer:
    form.options["kind"] = [("csv", visit.text("Table (CSV)")), ("json", visit.text("Data (JSON)"))]
    return desk_page(
        visit, "desk/consultation-export.html", status=form.status, one=one, form=form, labels=Labels(visit)
    )


def export(visit: Visit) -> Answer:
    """The file."""
    one, form = read(visit), ExportForm.sent(visit)
    begun = form.submit(BEGIN_EXPORT, consultation_id=one.id)
    if begun is None:
        return _page(visit, one, form)
    answers = _answers(visit, form.value("id"))
    if form.value("kind") == "json":
        body = orjson.dumps([answer.model_dump(mode="json") for answer in answers], option=orjson.OPT_INDENT_2)
        return Document(body, "application/json", filename=f"{one.slug}-reponses.json")
    head, rows = _table(one, Labels(visit), answers)
    return Document(to_csv(head, rows), "text/csv; charset=utf-8", filename=f"{one.slug}-reponses.csv")


def _answers(visit: Visit, export_id: str) -> Iterator[ExportedAnswer]:
    after: str | None = None
    while True:
        request = ReadExport(export_id=as_id(export_id), after=after, limit=500)
        found = visit.call(READ_EXPORT, request, deadline=20.0)
        yield from found.items
        after = found.next
        if after is None:
            return


def _table(
    one: DeskConsultation, labels: Labels, answers: Iterator[ExportedAnswer]
) -> tuple[list[str], Iterator[list[Cell]]]:
    """The head, and a line per answer; questions of every version have a column."""
    forms = [one.form, *(version.form for version in reversed(one.versions))]
    asked: dict[str, Question] = {}
    for form in forms:
        for question in (q for page in form.pages for q in page.questions):
            asked.setdefault(question.key, question)
    words = {
        (question.key, option.key): labels.of(option.label)
        for form in reversed(forms)
        for page in form.pages
        for question in page.questions
        for option in getattr(question, "options", ())
    }
    head = ["recu", "version", *(f"{key}: {labels.of(question.label)}" for key, question in asked.items())]
    rows = ([a.receipt, a.version, *(_cell(words, key, a.values.get(key)) for key in asked)] for a in answers)
    return head, rows


def _cell(words: dict[tuple[str, str], str], key: str, value: Value | None) -> Cell:
    if isinstance(value, tuple):
        return " | ".join(words.get((key, one), one) for one in value)
    return words.get((key, value), value) if isinstance(value, str) else value


ROUTES: tuple[SiteRoute, ...] = (
    get(f"{ONE}/export", ask, who=AGENT),
    post(f"{ONE}/export", export, who=AGENT),
)
