"""``python -m ideas record verify``, ``publish`` and ``score``."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

import sqlalchemy as sa

from ideas.domain.record import broken_links
from ideas.repository.records import Records
from ideas.resources import bootstrap
from ideas.settings import IdeasSettings
from ideas.tables import dossiers
from ideas.use_cases import publishing, scoring


def record_arguments(parser: ArgumentParser) -> None:
    """``verify``: every record of the database."""
    parser.add_argument("action", choices=["verify"])


def record(settings: IdeasSettings, _options: Namespace) -> int:
    """Say of each broken record what does not hold. 0: all hold; 1: at least one does not."""
    number, broken = 0, 0
    for name, problems in _kept(settings):
        number += 1
        broken += bool(problems)
        for problem in problems:
            sys.stdout.write(f"{name}: {problem}\n")
    sys.stdout.write(f"{number} records recomputed, {broken} broken\n")
    return 1 if broken else 0


def _kept(settings: IdeasSettings) -> Iterator[tuple[str, list[str]]]:
    with bootstrap(settings).uow.database.transaction() as connection:
        records = Records(connection)
        query = sa.select(dossiers.c.id, dossiers.c.number, dossiers.c.head).order_by(dossiers.c.number)
        for row in connection.execute(query).all():
            links = records.read(row.id)
            problems = broken_links(row.number, links)
            if not links or links[-1].hash != row.head:
                problems.append("the record does not end where the dossier says")
            yield row.number, problems


def publish(settings: IdeasSettings, _options: Namespace) -> int:
    """Do now what the night does: the heads that are due, and every file anew."""
    resources = bootstrap(settings)
    publishing.seal_days(resources.uow, resources.signer)
    publishing.make_files(resources.uow)
    return 0


def score(settings: IdeasSettings, _options: Namespace) -> int:
    """Look at the supports of the last day now, instead of within ten minutes; say how many groups wait for agents."""
    sys.stdout.write(f"{scoring.score_recent(bootstrap(settings).uow)} groups of supports wait for agents\n")
    return 0
