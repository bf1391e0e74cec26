"""Projects as lists and pages show them, and the admitted ideas that no project is made of yet."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row
from contracts import ideas as c

from ideas.domain.campaign import WHOLE
from ideas.domain.dossier import State
from ideas.domain.project import Standing
from ideas.domain.rules import Rules
from ideas.queries import keyset
from ideas.queries.dossier import identify
from ideas.queries.finding import CARD
from ideas.queries.keyset import Key
from ideas.tables import dossiers, incompatible_projects, project_ideas, projects, works

d, p = dossiers.c, projects.c
_LED = projects.join(dossiers, p.id == d.id)
_PLACE = (d.scope, d.district, d.latitude, d.longitude, d.address)
_WORKS = tuple(column.label(f"works_{column.name}") for column in works.c if column.name != "project_id")
_BY_NUMBER = Key("number", d.number, p.id, str, descending=False)
_PINS = 5_000


def _ideas() -> sa.FromClause:
    """How many ideas each project is made of, and their supports together."""
    inside = dossiers.alias("inside").c
    of_it = sa.select(sa.func.count().label("ideas"), sa.func.sum(inside.all_supports).label("supports"))
    joined = of_it.join_from(project_ideas, inside.id.table, project_ideas.c.idea_id == inside.id)
    return joined.where(project_ideas.c.project_id == p.id).lateral("together")


def _cards() -> sa.Select[Any]:
    together = _ideas()
    of_project = (
        p[name] for name in ("id", "year", "title", "description", "place", "equity", "standing", "voted", "version")
    )
    of_leader = (d[name] for name in ("number", "theme", "state", "cost", "reason"))
    query: sa.Select[Any] = sa.select(*of_project, *of_leader, *_PLACE, *_WORKS, *together.c)
    return query.select_from(_LED.join(together, sa.true()).outerjoin(works, works.c.project_id == p.id))


def _where(filters: c.ProjectFilters) -> list[sa.ColumnElement[bool]]:
    wanted: list[sa.ColumnElement[bool]] = [p.year == filters.year]
    if filters.places:
        wanted.append(p.place.in_(filters.places))
    if filters.whole is not None:
        wanted.append((p.place == WHOLE) == filters.whole)
    if filters.themes:
        wanted.append(d.theme.in_(filters.themes))
    if filters.equity is not None:
        wanted.append(p.equity.isnot(None) == filters.equity)
    if filters.states:
        names = [str(one) for one in filters.states]
        standing = [name for name in names if name in set(Standing)]
        wanted.append(p.standing.in_(standing) | d.state.in_([name for name in names if name in set(State)]))
    return wanted


def list_projects(connection: sa.Connection, request: c.ListProjects) -> tuple[Sequence[Row], str | None]:
    """One page, by number."""
    query = _cards().where(*_where(request))
    rows = connection.execute(keyset.page(query, _BY_NUMBER, request.after, request.limit)).all()
    return keyset.split(rows, _BY_NUMBER, request.limit)


def total(connection: sa.Connection, request: c.ListProjects) -> int:
    """How many projects all the pages hold."""
    query = sa.select(sa.func.count()).select_from(_LED).where(*_where(request))
    return connection.scalar(query) or 0


def pins(connection: sa.Connection, request: c.MapProjects) -> Sequence[Row]:
    """Those that have a point, by number."""
    query: sa.Select[Any] = sa.select(d.number, p.title, d.latitude, d.longitude).select_from(_LED)
    query = query.where(*_where(request), d.latitude.isnot(None)).order_by(d.number).limit(_PINS)
    return connection.execute(query).all()


def find(connection: sa.Connection, key: str) -> Row | None:
    """The project whose leading idea has this number or id."""
    return connection.execute(_cards().where(identify(key))).first()


def made_of(connection: sa.Connection, project_id: UUID) -> Sequence[Row]:
    """Its ideas, the leading one first."""
    query: sa.Select[Any] = sa.select(d.id, d.number, d.title, d.content_hidden)
    query = query.join_from(project_ideas, dossiers, project_ideas.c.idea_id == d.id)
    ordered = query.where(project_ideas.c.project_id == project_id).order_by(d.id != project_id, d.number)
    return connection.execute(ordered).all()


def incompatible(connection: sa.Connection, project_id: UUID) -> Sequence[Row]:
    """The projects that exclude it, by number, and why."""
    one, other = incompatible_projects.c.one_id, incompatible_projects.c.other_id
    theirs = ((one == project_id) & (other == p.id)) | ((other == project_id) & (one == p.id))
    query: sa.Select[Any] = sa.select(p.id, d.number, p.title, incompatible_projects.c.text)
    query = query.select_from(_LED.join(incompatible_projects, theirs)).order_by(d.number)
    return connection.execute(query).all()


def _ungrouped(request: c.ListUngrouped, slug: str, rules: Rules) -> list[sa.ColumnElement[bool]]:
    grouped = sa.exists().where(project_ideas.c.idea_id == d.id)
    wanted = [d.campaign == slug, d.state == State.UNDER_EXAMINATION, ~grouped]
    if request.district is not None:
        wanted.append(d.district.in_(rules.within([request.district]) or {request.district}))
    if request.ideas:
        wanted.append(d.id.in_(request.ideas))
    return wanted


def list_ungrouped(
    connection: sa.Connection, request: c.ListUngrouped, slug: str, rules: Rules
) -> tuple[Sequence[Row], str | None, int]:
    """One page of ideas, by number, and how many there are in all."""
    key = Key("ungrouped", d.number, d.id, str, descending=False)
    query = sa.select(*CARD).where(*_ungrouped(request, slug, rules))
    rows = connection.execute(keyset.page(query, key, request.after, request.limit)).all()
    return *keyset.split(rows, key, request.limit), ungrouped(connection, request, slug, rules)


def ungrouped(connection: sa.Connection, request: c.ListUngrouped, slug: str, rules: Rules) -> int:
    """How many ideas all the pages hold."""
    query = sa.select(sa.func.count()).select_from(dossiers).where(*_ungrouped(request, slug, rules))
    return connection.scalar(query) or 0
