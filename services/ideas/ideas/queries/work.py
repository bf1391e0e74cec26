"""What services have to do: stages to answer, examinations to assign and to answer, what was promised to follow up."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from chassis.database import Row
from contracts import ideas as c

from ideas.domain.dossier import FOLLOWED_UP, State
from ideas.domain.rules import Rules
from ideas.queries import keyset
from ideas.queries.finding import ALIVE, CARD
from ideas.queries.keyset import Key
from ideas.tables import dossiers, stages
from ideas.translate.queues import NO_DATE

d = dossiers.c
Perimeter = tuple[frozenset[str], frozenset[str]] | None
_EXAMINED = d.state == State.UNDER_EXAMINATION


def _part(awaited: str, due: Any, stage: Any = None) -> sa.Select[Any]:  # noqa: ANN401 -- columns of any kind
    return sa.select(
        d.id.label("idea_id"),
        sa.literal(awaited).label("awaited"),
        sa.cast(stage, sa.Text).label("stage"),
        sa.cast(due, sa.Date).label("due_on"),
    )


def _work(rules: Rules) -> sa.Subquery:
    owed = stages.c.answered_on.is_(None) & (stages.c.stage.notin_(_last_stages(rules)))
    to_stage = (
        _part("stage", stages.c.due_on, stages.c.stage).join_from(dossiers, stages).where(owed, d.state.in_(ALIVE))
    )
    since = sa.cast(sa.func.timezone(rules.zone.key, d.state_since), sa.Date)
    to_assign = _part("assignment", since + timedelta(days=rules.assignment_days)).where(_EXAMINED, d.service.is_(None))
    to_answer = _part("answer", d.answer_due_on).where(_EXAMINED, d.service.isnot(None))
    to_follow = _part("follow-up", NO_DATE).where(d.state.in_(FOLLOWED_UP))
    return sa.union_all(to_stage, to_assign, to_answer, to_follow).subquery("work")


def _last_stages(rules: Rules) -> list[str]:
    """The stages that the examination itself answers."""
    return [kind.stages[-1].code for kind in rules.kinds.values() if kind.stages]


def _shown(show: c.ExaminationFilter, work: sa.Subquery, today: date) -> sa.ColumnElement[bool]:
    awaited = {
        c.ExaminationFilter.STAGES: "stage",
        c.ExaminationFilter.TO_ASSIGN: "assignment",
        c.ExaminationFilter.ASSIGNED: "answer",
        c.ExaminationFilter.FOLLOW_UP: "follow-up",
    }
    if show is c.ExaminationFilter.OVERDUE:
        return work.c.due_on < today
    return work.c.awaited == awaited[show]


def _mine(perimeter: Perimeter, work: sa.Subquery) -> list[sa.ColumnElement[bool]]:
    """Of the caller's services and districts; what is not assigned yet is everybody's."""
    if perimeter is None:
        return []
    districts, services = perimeter
    unassigned = (work.c.awaited == "assignment") & d.district.is_(None)
    return [d.service.in_(services) | d.district.in_(districts) | unassigned]


def _select(
    request: c.ListExamination, perimeter: Perimeter, rules: Rules, today: date
) -> tuple[sa.Select[Any], sa.Subquery]:
    work = _work(rules)
    wanted = [_shown(request.show, work, today), *_mine(perimeter, work)]
    if request.service is not None:
        wanted.append(d.service == request.service)
    if request.district is not None:
        wanted.append(d.district.in_(rules.within([request.district]) or {request.district}))
    query = sa.select(*CARD, work.c.awaited, work.c.stage, work.c.due_on)
    return query.join_from(work, dossiers, work.c.idea_id == d.id).where(*wanted), work


def list_work(
    connection: sa.Connection, request: c.ListExamination, perimeter: Perimeter, rules: Rules, today: date
) -> tuple[Sequence[Row], str | None]:
    """One page, most urgent first."""
    query, work = _select(request, perimeter, rules, today)
    row_id = sa.cast(work.c.idea_id, sa.Text) + "/" + work.c.awaited + "/" + sa.func.coalesce(work.c.stage, "")
    key = Key("due", work.c.due_on, row_id, date, descending=False)
    rows = connection.execute(keyset.page(query, key, request.after, request.limit)).all()
    return keyset.split(rows, key, request.limit)


def total(
    connection: sa.Connection, request: c.ListExamination, perimeter: Perimeter, rules: Rules, today: date
) -> int:
    """How many rows all the pages hold."""
    query, _ = _select(request, perimeter, rules, today)
    return connection.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0


def counts(connection: sa.Connection, perimeter: Perimeter, rules: Rules, today: date) -> dict[str, int]:
    """How many things of each kind are awaited, and how many of all are late (``overdue``)."""
    work = _work(rules)
    late = sa.func.count().filter(work.c.due_on < today)
    query = sa.select(work.c.awaited, sa.func.count(), late).join_from(work, dossiers, work.c.idea_id == d.id)
    rows = connection.execute(query.where(*_mine(perimeter, work)).group_by(work.c.awaited)).all()
    return {awaited: number for awaited, number, _ in rows} | {"overdue": sum(late for _, _, late in rows)}
