"""``python -m ideas record verify``: recompute records, from the database or from their public export."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from contracts.ideas import RecordView, StepView
from pydantic import ValidationError

from ideas.domain.record import Link, Step, broken_links
from ideas.repository.records import Records
from ideas.resources import bootstrap
from ideas.settings import IdeasSettings
from ideas.tables import dossiers

Found = Iterator[tuple[str, list[str]]]


def record_arguments(parser: ArgumentParser) -> None:
    """``verify [FILE …]``: exported records; without a file, every record of the database."""
    parser.add_argument("action", choices=["verify"])
    parser.add_argument("files", nargs="*", type=Path, help="records as the API gives them: /ideas/<number>/record")


def record(settings: IdeasSettings, options: Namespace) -> int:
    """Say of each broken record what does not hold. 0: all hold; 1: at least one does not."""
    number, broken = 0, 0
    for name, problems in _exported(options.files) if options.files else _kept(settings):
        number += 1
        broken += bool(problems)
        for problem in problems:
            sys.stdout.write(f"{name}: {problem}\n")
    sys.stdout.write(f"{number} records recomputed, {broken} broken\n")
    return 1 if broken else 0


def _exported(files: list[Path]) -> Found:
    for file in files:
        try:
            view = RecordView.model_validate(json.loads(file.read_bytes()))
        except (OSError, ValueError, ValidationError) as error:
            yield str(file), [f"is not the export of a record: {type(error).__name__}"]
            continue
        yield view.number, broken_links(view.number, map(_link, view.steps))


def _link(view: StepView) -> Link:
    step = Step(view.kind.value, view.actor.value, view.service, view.reason, view.text, view.facts)
    return Link(view.position, view.at, step, view.previous, view.hash)


def _kept(settings: IdeasSettings) -> Found:
    with bootstrap(settings).uow.database.transaction() as connection:
        records = Records(connection)
        query = sa.select(dossiers.c.id, dossiers.c.number, dossiers.c.head).order_by(dossiers.c.number)
        for row in connection.execute(query).all():
            links = records.read(row.id)
            problems = broken_links(row.number, links)
            if not links or links[-1].hash != row.head:
                problems.append("the record does not end where the dossier says")
            yield row.number, problems
