"""What was answered: charts with their tables, texts one by one, two questions crossed, and files."""

from collections.abc import Iterator
from typing import Any

from contracts.consultations import (
    CROSS_QUESTIONS,
    LIST_TEXTS,
    READ_RESULTS,
    ConsultationView,
    CrossQuestions,
    CrossTable,
    ListTexts,
    ReadResults,
    ResultsView,
)
from contracts.errors import Fault

from gateway.site.answers import Answer, Document, page
from gateway.site.consultations import charts
from gateway.site.consultations.labels import Labels
from gateway.site.consultations.reading import read
from gateway.site.consultations.spreadsheets import Cell, to_csv
from gateway.site.visit import Visit

HEAD = ("question", "libelle", "genre", "repondants", "modalite", "libelle_modalite", "nombre", "pourcentage", "points")


def _results(visit: Visit, consultation: ConsultationView) -> ResultsView:
    return visit.call(READ_RESULTS, ReadResults(consultation_id=consultation.id))


def show(visit: Visit) -> Answer:
    """All public questions with their charts."""
    consultation = read(visit)
    results = _results(visit, consultation)
    return page(
        "consultations/results.html",
        cache=10,
        one=consultation,
        results=results,
        charts=charts,
        crossable=[one for one in results.questions if one.kind == "single"],
        crossed=_crossed(visit, consultation, results),
        labels=Labels(visit),
    )


def _crossed(visit: Visit, consultation: ConsultationView, results: ResultsView) -> CrossTable | None:
    """The crossing that the address asks for, if it asks for one that exists."""
    singles = {one.question for one in results.questions if one.kind == "single"}
    rows, columns = visit.query("lignes"), visit.query("colonnes")
    if rows == columns or not {rows, columns} <= singles:
        return None
    return visit.call(CROSS_QUESTIONS, CrossQuestions(consultation_id=consultation.id, rows=rows, columns=columns))


def texts(visit: Visit) -> Answer:
    """The texts given to one question, page by page."""
    consultation = read(visit)
    results = _results(visit, consultation)
    tally = next((one for one in results.questions if one.question == visit.url["question"]), None)
    if tally is None:
        raise Fault.not_found()
    request = ListTexts(
        consultation_id=consultation.id, question=tally.question, after=visit.query("after")[:500] or None, limit=50
    )
    found = visit.call(LIST_TEXTS, request)
    return page("consultations/texts.html", cache=10, one=consultation, tally=tally, found=found, labels=Labels(visit))


def as_json(visit: Visit) -> Answer:
    """The counted answers as a file, without anything of anybody."""
    consultation = read(visit)
    body = _results(visit, consultation).model_dump_json(indent=1).encode()
    return Document(body, "application/json", filename=f"{consultation.slug}-resultats.json", cache=10)


def as_csv(visit: Visit) -> Answer:
    """The counted answers as a table: one line per option, value or rank."""
    consultation = read(visit)
    rows = _rows(_results(visit, consultation), Labels(visit))
    name = f"{consultation.slug}-resultats.csv"
    return Document(to_csv(HEAD, rows), "text/csv; charset=utf-8", filename=name, cache=10)


def _rows(results: ResultsView, labels: Labels) -> Iterator[tuple[Cell, ...]]:
    for one in results.questions:
        begin = (one.question, labels.of(one.label), one.kind, one.answered)
        tally: Any = one
        match one.kind:
            case "single" | "multiple":
                for option in tally.options:
                    yield (*begin, option.option, labels.of(option.label), option.count, option.share, None)
            case "scale":
                for bar in tally.bars:
                    yield (*begin, bar.value, None, bar.count, None, None)
            case "ranking":
                for ranked in tally.options:
                    label = labels.of(ranked.label)
                    yield (*begin, ranked.option, label, ranked.first_places, None, ranked.points)
            case _:
                yield (*begin, None, None, one.answered, None, None)
