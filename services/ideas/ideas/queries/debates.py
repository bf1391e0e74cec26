"""Lists of debates: filters, search, orders. One statement a page, and one to count."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from chassis.database import Row
from contracts import ideas as c

from ideas.domain.dossier import State
from ideas.domain.rules import DEBATE, Rules
from ideas.queries import keyset
from ideas.queries.finding import CARD, Words
from ideas.queries.keyset import Key
from ideas.tables import debates, dossiers, search

d, b = dossiers.c, debates.c
SHOWN = (State.OPEN, State.EXPIRED, State.CONCLUDED)
_KEYS = {
    c.DebateSort.RECENT: Key("recent", b.opens_on, d.id, date),
    c.DebateSort.CLOSING: Key("closing", d.closes_on, d.id, date, descending=False),
    c.DebateSort.DISCUSSED: Key("discussed", d.comments, d.id),
}


def _stage(stage: c.DebateStage, today: date) -> sa.ColumnElement[bool]:
    return {
        c.DebateStage.COMING: (d.state == State.OPEN) & (b.opens_on > today),
        c.DebateStage.OPEN: (d.state == State.OPEN) & (b.opens_on <= today),
        c.DebateStage.ENDED: d.state == State.EXPIRED,
        c.DebateStage.CONCLUDED: d.state == State.CONCLUDED,
    }[stage]


def _where(request: c.ListDebates, rules: Rules, today: date) -> tuple[sa.FromClause, list[sa.ColumnElement[bool]]]:
    source: sa.FromClause = dossiers.join(debates, b.idea_id == d.id)
    wanted: list[sa.ColumnElement[bool]] = [d.kind == DEBATE, d.state.in_(SHOWN)]
    if request.search:
        source = source.join(search, search.c.idea_id == d.id)
        wanted += [Words(request.search).found, ~d.content_hidden]
    if request.stages:
        wanted.append(sa.or_(*(_stage(one, today) for one in request.stages)))
    if request.themes:
        wanted.append(d.theme.in_(request.themes))
    if request.districts:
        places = rules.within(request.districts) or set(request.districts)
        wanted.append(d.district.in_(places) | d.district.is_(None))
    if request.sort is c.DebateSort.CLOSING:
        wanted.append(d.state == State.OPEN)
    return source, wanted


def list_debates(
    connection: sa.Connection, request: c.ListDebates, rules: Rules, today: date
) -> tuple[Sequence[Row], str | None]:
    """One page of debates."""
    source, wanted = _where(request, rules, today)
    key = _KEYS[request.sort]
    query = sa.select(*CARD, *(one for one in b if one.name != "idea_id")).select_from(source).where(*wanted)
    rows = connection.execute(keyset.page(query, key, request.after, request.limit)).all()
    return keyset.split(rows, key, request.limit)


def total(connection: sa.Connection, request: c.ListDebates, rules: Rules, today: date) -> int:
    """How many debates all the pages hold."""
    source, wanted = _where(request, rules, today)
    return connection.scalar(sa.select(sa.func.count()).select_from(source).where(*wanted)) or 0
