"""The rows of each data set: one statement each, read as they are written. What waits for moderation is in none."""

from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from contracts.ideas.open_data import (
    ATTACHMENTS,
    COMMITMENTS,
    DEBATES,
    DOSSIERS,
    MODERATION,
    OUTCOMES,
    PROJECTS,
    STEPS,
    SUPPORTS,
    DataSet,
)

from ideas.domain.dossier import UNPUBLISHED
from ideas.domain.rules import Rules
from ideas.queries.project_data import projects_data
from ideas.tables import (
    attachments,
    comment_decisions,
    commitments,
    debates,
    dossiers,
    notes,
    paper_batches,
    steps,
    supports,
)

d, s = dossiers.c, steps.c
PUBLISHED = d.state.notin_(sorted(UNPUBLISHED))
AT_ONCE = {"yield_per": 500}
Rows = Iterator[sa.Row[Any]]


def rows(connection: sa.Connection, data_set: DataSet, rules: Rules) -> Rows:
    """The rows of a data set, with its columns in their order."""
    query = _QUERIES[data_set](rules)
    chosen = query.with_only_columns(*(query.selected_columns[column.name] for column in data_set.columns))
    yield from connection.execute(chosen, execution_options=AT_ONCE)


def _day(moment: sa.ColumnElement[Any], rules: Rules) -> sa.ColumnElement[Any]:
    return sa.cast(sa.func.timezone(rules.zone.key, moment), sa.Date)


def _unless_hidden(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.case((d.content_hidden, None), else_=column)


def _dossiers(rules: Rules) -> sa.Select[Any]:
    plain = ("number", "kind", "theme", "scope", "district", "latitude", "longitude", "state", "state_since", "reason")
    numbers = ("closes_on", "threshold", "comments", "service", "cost", "imported_from")
    return (
        sa.select(
            *(d[name] for name in (*plain, *numbers)),
            *(_unless_hidden(d[name]).label(name) for name in ("title", "text", "address")),
            d.all_supports.label("supports"),
            _day(d.deposited_at, rules).label("deposited_on"),
            _day(d.opened_at, rules).label("opened_on"),
        )
        .where(PUBLISHED)
        .order_by(d.number)
    )


def _supports(rules: Rules) -> sa.Select[Any]:
    day, signed, none = _day(supports.c.supported_at, rules), paper_batches.c, sa.literal(0)
    online = sa.select(supports.c.idea_id, day.label("day"), sa.func.count().label("online"), none.label("signatures"))
    on_paper = sa.select(signed.idea_id, signed.collected_on, none, sa.func.sum(signed.signatures))
    counts = signed.counted_at.isnot(None) & signed.ended_at.is_(None)
    both = online.group_by(supports.c.idea_id, day).union_all(
        on_paper.where(counts).group_by(signed.idea_id, signed.collected_on)
    )
    of = both.subquery("of_days").c
    sums = (("supports", of.online), ("on_paper", of.signatures))
    query = sa.select(d.number, of.day, *(sa.cast(sa.func.sum(each), sa.Integer).label(name) for name, each in sums))
    query = query.join_from(of.day.table, dossiers, of.idea_id == d.id).where(PUBLISHED)
    return query.group_by(d.number, of.day).order_by(d.number, of.day)


def _fact(name: str) -> sa.ColumnElement[Any]:
    found: sa.ColumnElement[Any] = s.facts[name].astext
    return found


def _steps(_rules: Rules) -> sa.Select[Any]:
    hidden = d.content_hidden & (s.actor == "author")
    return (
        sa.select(
            d.number,
            *(s[name] for name in ("position", "at", "kind", "actor", "service", "reason", "hash")),
            sa.case((hidden, ""), else_=s.text).label("text"),
            _fact("stage").label("stage"),
            sa.cast(_fact("due_on"), sa.Date).label("due_on"),
            sa.cast(_fact("late_days"), sa.Integer).label("late_days"),
        )
        .join_from(steps, dossiers)
        .where(PUBLISHED)
        .order_by(d.number, s.position)
    )


def _moderation(rules: Rules) -> sa.Select[Any]:
    def month(moment: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
        return sa.cast(sa.func.date_trunc("month", sa.func.timezone(rules.zone.key, moment)), sa.Date).label("month")

    decided = comment_decisions.c
    about_dossiers = sa.select(month(s.at), s.reason, s.kind.label("what")).where(s.kind.in_(("refused", "hidden")))
    about_comments = sa.select(month(decided.decided_at), decided.reason, sa.literal("comment").label("what"))
    done = sa.union_all(about_dossiers, about_comments.where(decided.decision == "hide")).subquery("done").c

    def number(what: str, name: str) -> sa.ColumnElement[int]:
        return sa.func.count().filter(done.what == what).label(name)

    counted = (number("refused", "dossiers_refused"), number("hidden", "dossiers_hidden"))
    query = sa.select(done.month, done.reason, *counted, number("comment", "comments_hidden"))
    return query.group_by(done.month, done.reason).order_by(done.month, done.reason)


def _commitments(_rules: Rules) -> sa.Select[Any]:
    query = sa.select(d.number, *commitments.c).join_from(commitments, dossiers).where(PUBLISHED)
    return query.order_by(d.number, commitments.c.due_on, commitments.c.id)


def _outcomes(rules: Rules) -> sa.Select[Any]:
    on = sa.cast(_fact("on"), sa.Date)

    def last(kind: str, value: sa.ColumnElement[Any], name: str) -> sa.ColumnElement[Any]:
        query = sa.select(value).where(s.idea_id == d.id, s.kind == kind).order_by(s.position.desc()).limit(1)
        return query.scalar_subquery().label(name)

    accepted = sa.exists().where(s.idea_id == d.id, s.kind == "accepted")
    return (
        sa.select(
            *(d[name] for name in ("number", "district", "service", "state", "state_since", "cost", "last_word")),
            _unless_hidden(d.title).label("title"),
            last("accepted", _day(s.at, rules), "accepted_on"),
            last("planned", on, "planned_for"),
            last("delivered", sa.func.coalesce(on, _day(s.at, rules)), "delivered_on"),
        )
        .where(PUBLISHED, accepted)
        .order_by(d.number)
    )


def _attachments(rules: Rules) -> sa.Select[Any]:
    a = attachments.c
    plain = ("media_type", "size", "width", "height", "description", "digest")
    of_note = sa.exists().where(notes.c.id == a.entry)
    return (
        sa.select(d.number, *(a[name] for name in plain), sa.cast(a.id, sa.Text).label("attachment"))
        .add_columns(_day(a.added_at, rules).label("added_on"))
        .join_from(attachments, dossiers, a.idea_id == d.id)
        .where(PUBLISHED, ~d.content_hidden, a.hidden.is_(None), (a.entry == a.idea_id) | of_note)
        .order_by(d.number, a.added_at, a.id)
    )


def _debates(rules: Rules) -> sa.Select[Any]:
    sides = {"messages_for": "pro", "messages_against": "con", "questions": "question"}
    return (
        sa.select(
            *(d[name] for name in ("number", "theme", "district", "state", "closes_on")),
            *(debates.c[name] for name in ("opened_by", "opens_on", "synthesis")),
            _unless_hidden(d.title).label("title"),
            d.comments.label("messages"),
            *(d[f"comments_{side}"].label(name) for name, side in sides.items()),
            _day(debates.c.concluded_at, rules).label("synthesis_on"),
        )
        .join_from(debates, dossiers)
        .where(PUBLISHED)
        .order_by(d.number)
    )


_QUERIES: dict[DataSet, Callable[[Rules], sa.Select[Any]]] = {
    DOSSIERS: _dossiers,
    SUPPORTS: _supports,
    STEPS: _steps,
    MODERATION: _moderation,
    COMMITMENTS: _commitments,
    OUTCOMES: _outcomes,
    ATTACHMENTS: _attachments,
    DEBATES: _debates,
    PROJECTS: projects_data,
}
