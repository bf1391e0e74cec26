"""Lists and counts, read straight from the tables; no entity is loaded for its own sake."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from consultations.domain.consultation import WHOLE_CITY, Consultation, State
from consultations.domain.tally import Counted
from consultations.repository.consultations import consultation_of
from consultations.tables import answer_values, answers, consultations, drafts

Mark = tuple[datetime, UUID] | None
"""The sort key of the last row of the page before."""

_COUNT = (
    sa.select(sa.func.count()).where(answers.c.consultation_id == consultations.c.id).scalar_subquery().label("answers")
)


class Window(NamedTuple):
    """Which part of a list is wanted, and when that is asked."""

    now: datetime
    after: Mark
    limit: int


class Listed(NamedTuple):
    """A consultation with how many people have answered, and its sort key."""

    consultation: Consultation
    answers: int
    mark: tuple[datetime, UUID]


def published(connection: sa.Connection, state: State | None, place: str | None, window: Window) -> list[Listed]:
    """Published consultations, in the order that their state asks for."""
    c = consultations.c
    query = sa.select(consultations).where(c.published_at.is_not(None), *_in_state(state, window.now))
    if place is not None:
        query = query.where(sa.or_(c.places == [], c.places.any_() == sa.literal(place)))
    if state in {State.SCHEDULED, State.OPEN}:
        return _upwards(connection, query, c.opens_at if state is State.SCHEDULED else c.closes_at, window)
    return _downwards(connection, query, c.closes_at, window)


def of_agent(connection: sa.Connection, places: frozenset[str], state: State | None, window: Window) -> list[Listed]:
    """Consultations of every state whose whole perimeter is among ``places``, the latest made first."""
    c = consultations.c
    query = sa.select(consultations).where(*_in_state(state, window.now))
    if WHOLE_CITY not in places:
        query = query.where(c.places != [], c.places.contained_by(sorted(places)))
    return _downwards(connection, query, c.created_at, window)


def _in_state(state: State | None, now: datetime) -> Sequence[sa.ColumnElement[bool]]:
    c = consultations.c
    match state:
        case State.DRAFT:
            return (c.published_at.is_(None),)
        case State.SCHEDULED:
            return c.published_at.is_not(None), c.opens_at > now
        case State.OPEN:
            return c.published_at.is_not(None), c.closed_at.is_(None), c.opens_at <= now, c.closes_at > now
        case State.CLOSED:
            return c.published_at.is_not(None), c.closes_at <= now
        case None:
            return ()


_Query = sa.Select[Any]
_Moment = sa.ColumnElement[datetime]


def _mark(mark: tuple[datetime, UUID]) -> sa.Tuple:
    return sa.tuple_(sa.literal(mark[0], sa.DateTime(timezone=True)), sa.literal(mark[1], sa.Uuid))


def _upwards(connection: sa.Connection, query: _Query, moment: _Moment, window: Window) -> list[Listed]:
    if window.after is not None:
        query = query.where(sa.tuple_(moment, consultations.c.id) > _mark(window.after))
    return _listed(connection, query.order_by(moment, consultations.c.id), moment, window.limit)


def _downwards(connection: sa.Connection, query: _Query, moment: _Moment, window: Window) -> list[Listed]:
    if window.after is not None:
        query = query.where(sa.tuple_(moment, consultations.c.id) < _mark(window.after))
    return _listed(connection, query.order_by(moment.desc(), consultations.c.id.desc()), moment, window.limit)


def _listed(connection: sa.Connection, query: _Query, moment: _Moment, limit: int) -> list[Listed]:
    rows = connection.execute(query.add_columns(_COUNT, moment.label("moment")).limit(limit))
    return [Listed(consultation_of(row), row.answers, (row.moment, row.id)) for row in rows]


class Mine(NamedTuple):
    """A consultation that a person has answered, or begun to."""

    consultation: Consultation
    answered: bool
    at: datetime


def mine(connection: sa.Connection, account: UUID, after: Mark, limit: int) -> list[Mine]:
    """What a person has answered or begun, the latest first. An answer goes before its draft."""
    sent = sa.select(
        answers.c.consultation_id,
        sa.true().label("answered"),
        sa.func.coalesce(answers.c.revised_at, answers.c.submitted_at).label("at"),
    ).where(answers.c.account_id == account)
    begun = sa.select(drafts.c.consultation_id, sa.false(), drafts.c.saved_at).where(
        drafts.c.account_id == account,
        ~sa.exists().where(answers.c.consultation_id == drafts.c.consultation_id, answers.c.account_id == account),
    )
    both = sa.union_all(sent, begun).subquery()
    query = sa.select(consultations, both.c.answered, both.c.at).join(
        both, both.c.consultation_id == consultations.c.id
    )
    if after is not None:
        mark = sa.tuple_(sa.literal(after[0], sa.DateTime(timezone=True)), sa.literal(after[1], sa.Uuid))
        query = query.where(sa.tuple_(both.c.at, consultations.c.id) < mark)
    rows = connection.execute(query.order_by(both.c.at.desc(), consultations.c.id.desc()).limit(limit))
    return [Mine(consultation_of(row), row.answered, row.at) for row in rows]


def counts(connection: sa.Connection, consultation_id: UUID) -> Mapping[str, Sequence[Counted]]:
    """For each question, how many answers put what at which place. Texts are counted, not read."""
    c = answer_values.c
    value = sa.func.coalesce(c.option, sa.literal(""))
    query = (
        sa.select(c.question, value.label("option"), c.number, c.position, sa.func.count().label("count"))
        .where(c.consultation_id == consultation_id)
        .group_by(c.question, c.option, c.number, c.position)
        .order_by(c.question, c.option, c.number, c.position)
    )
    found: dict[str, list[Counted]] = {}
    for row in connection.execute(query):
        what: str | int = row.option if row.number is None else row.number
        found.setdefault(row.question, []).append(Counted(what, row.position, row._mapping["count"]))
    return found


def texts(
    connection: sa.Connection, consultation_id: UUID, question: str, after: UUID | None, limit: int
) -> list[tuple[str, UUID]]:
    """Texts given to a question with their sort key, in an order drawn by lot for this question alone."""
    c = answer_values.c
    query = sa.select(c.text, c.shuffled).where(
        c.consultation_id == consultation_id, c.question == question, c.text.is_not(None)
    )
    if after is not None:
        query = query.where(c.shuffled > after)
    return [(row.text, row.shuffled) for row in connection.execute(query.order_by(c.shuffled).limit(limit))]


def crossed(connection: sa.Connection, consultation_id: UUID, rows: str, columns: str) -> Mapping[tuple[str, str], int]:
    """How many answers chose each pair of options of two questions."""
    first, second = answer_values.alias("first"), answer_values.alias("second")
    query = (
        sa.select(first.c.option.label("row"), second.c.option.label("column"), sa.func.count().label("count"))
        .join(second, second.c.answer_id == first.c.answer_id)
        .where(first.c.consultation_id == consultation_id, first.c.question == rows, second.c.question == columns)
        .group_by(first.c.option, second.c.option)
    )
    return {(row.row, row.column): row._mapping["count"] for row in connection.execute(query)}
