"""The records and the heads as lines of JSON: what ``python -m ideas.verify`` reads."""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

import sqlalchemy as sa
from chassis.database import Row
from contracts import ideas as c

from ideas.domain.dossier import UNPUBLISHED, State
from ideas.repository.heads import Heads
from ideas.repository.records import link_of
from ideas.tables import dossiers, steps
from ideas.translate.publishing import head_view, record_line
from ideas.translate.views import step_view

AT_ONCE = {"yield_per": 500}


def records(connection: sa.Connection) -> Iterator[str]:
    """A line per dossier, without what authors wrote where moderation hides it or has not read it yet."""
    d = dossiers.c
    query = sa.select(d.number, d.state, d.content_hidden, *steps.c).join_from(steps, dossiers)
    found = connection.execute(query.order_by(d.number, steps.c.position), execution_options=AT_ONCE)
    for number, rows in groupby(found, key=attrgetter("number")):
        yield record_line(number, [_step(row) for row in rows])


def _step(row: Row) -> c.StepView:
    return step_view(link_of(row), hidden=row.content_hidden or State(row.state) in UNPUBLISHED)


def heads(connection: sa.Connection) -> Iterator[str]:
    """A line per day, from the first."""
    for row in Heads(connection).all():
        yield head_view(row).model_dump_json() + "\n"
