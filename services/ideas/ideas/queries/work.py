"""What services have to do: stages to answer, examinations to assign and to answer, what was promised to follow up."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row
from contracts import ideas as c

from ideas.domain.dossier import FOLLOWED_UP, State
from ideas.domain.project import Standing
from ideas.domain.rules import Rules
from ideas.queries import keyset, taking
from ideas.queries.finding import ALIVE, CARD
from ideas.queries.keyset import Key
from ideas.repository.dossiers import COLUMNS
from ideas.tables import alerts, dossiers, opinions, project_ideas, projects, stages
from ideas.translate.queues import NO_DATE

d = dossiers.c
Perimeter = tuple[frozenset[str], frozenset[str]] | None
_WITH_ANOTHER = sa.exists().where(project_ideas.c.idea_id == d.id, project_ideas.c.project_id != d.id)
_SETTLED = sa.exists().where(projects.c.id == d.id, projects.c.standing != Standing.STUDIED)
_EXAMINED = (d.state == State.UNDER_EXAMINATION) & ~_WITH_ANOTHER & ~_SETTLED
"""An idea that another one leads is examined with it; services owe nothing once the commission decided."""


def _part(awaited: str, due: Any, stage: Any = None, asked: Any = None) -> sa.Select[Any]:  # noqa: ANN401 -- columns of any kind
    return sa.select(
        d.id.label("idea_id"),
        sa.literal(awaited).label("awaited"),
        sa.cast(stage, sa.Text).label("stage"),
        sa.cast(asked, sa.Text).label("asked"),
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
    to_opine = _part("opinion", opinions.c.due_on, asked=opinions.c.service).join_from(dossiers, opinions)
    to_opine = to_opine.where(_EXAMINED, opinions.c.given_on.is_(None))
    promised = sa.func.coalesce(d.promised_on, NO_DATE)
    to_follow = _part("follow-up", promised).where(d.state.in_(FOLLOWED_UP) | d.promised_on.isnot(None))
    return sa.union_all(to_stage, to_assign, to_answer, to_opine, to_follow).subquery("work")


def _last_stages(rules: Rules) -> list[str]:
    """The stages that the examination itself answers."""
    return [kind.stages[-1].code for kind in rules.kinds.values() if kind.stages]


def _shown(show: c.ExaminationFilter, work: sa.Subquery, today: date) -> sa.ColumnElement[bool]:
    awaited = {
        c.ExaminationFilter.STAGES: "stage",
        c.ExaminationFilter.TO_ASSIGN: "assignment",
        c.ExaminationFilter.ASSIGNED: "answer",
        c.ExaminationFilter.OPINIONS: "opinion",
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
    theirs = d.service.in_(services) | d.district.in_(districts) | unassigned
    return [sa.case((work.c.asked.isnot(None), work.c.asked.in_(services)), else_=theirs)]


class Seen(NamedTuple):
    """Who looks at the queue, on which day, and what they see."""

    account: UUID | None
    today: date
    perimeter: Perimeter


def _select(request: c.ListExamination, seen: Seen, rules: Rules) -> tuple[sa.Select[Any], sa.Subquery]:
    work = _work(rules)
    wanted = [_shown(request.show, work, seen.today), *_mine(seen.perimeter, work)]
    wanted += taking.wanted(c.WorkQueue.EXAMINATION, work.c.idea_id, request.taken, seen.account)
    if request.kind is not None:
        wanted.append(d.kind == request.kind)
    if request.theme is not None:
        wanted.append(d.theme == request.theme)
    if request.late_days is not None:
        wanted.append(work.c.due_on <= seen.today - timedelta(days=request.late_days))
    if request.service is not None:
        wanted.append(sa.func.coalesce(work.c.asked, d.service) == request.service)
    if request.district is not None:
        wanted.append(d.district.in_(rules.within([request.district]) or {request.district}))
    by = taking.holder(c.WorkQueue.EXAMINATION, work.c.idea_id).label("taken_by")
    query = sa.select(*CARD, work.c.awaited, work.c.stage, work.c.asked, work.c.due_on, by)
    return query.join_from(work, dossiers, work.c.idea_id == d.id).where(*wanted), work


def _what(work: sa.Subquery) -> sa.ColumnElement[str]:
    """Tells the things apart that are awaited of one dossier."""
    return work.c.awaited + "/" + sa.func.coalesce(work.c.stage, work.c.asked, "")


def list_work(
    connection: sa.Connection, request: c.ListExamination, seen: Seen, rules: Rules
) -> tuple[Sequence[Row], str | None]:
    """One page, most urgent first."""
    query, work = _select(request, seen, rules)
    key = Key("due", work.c.due_on, sa.cast(work.c.idea_id, sa.Text) + "/" + _what(work), date, descending=False)
    rows = connection.execute(keyset.page(query, key, request.after, request.limit)).all()
    return keyset.split(rows, key, request.limit)


def total(connection: sa.Connection, request: c.ListExamination, seen: Seen, rules: Rules) -> int:
    """How many rows all the pages hold."""
    query, _ = _select(request, seen, rules)
    return connection.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0


def counts(connection: sa.Connection, perimeter: Perimeter, rules: Rules, today: date) -> dict[str, int]:
    """How many things of each kind are awaited, and how many of all are late (``overdue``)."""
    work = _work(rules)
    late = sa.func.count().filter(work.c.due_on < today)
    query = sa.select(work.c.awaited, sa.func.count(), late).join_from(work, dossiers, work.c.idea_id == d.id)
    rows = connection.execute(query.where(*_mine(perimeter, work)).group_by(work.c.awaited)).all()
    return {awaited: number for awaited, number, _ in rows} | {"overdue": sum(late for _, _, late in rows)}


def untold(connection: sa.Connection, rules: Rules, today: date, limit: int) -> Sequence[Row]:
    """Some of what is late and was not told to be: dossiers with ``awaited``, ``asked``, ``due_on`` and ``what``."""
    work = _work(rules)
    same = (alerts.c.idea_id == work.c.idea_id) & (alerts.c.what == _what(work)) & (alerts.c.due_on == work.c.due_on)
    told = sa.select(sa.literal(1)).where(same).exists()
    query: sa.Select[Any] = sa.select(*COLUMNS, work.c.awaited, work.c.asked, work.c.due_on, _what(work).label("what"))
    query = query.join_from(work, dossiers, work.c.idea_id == d.id).where(work.c.due_on < today, ~told)
    return connection.execute(query.order_by(work.c.due_on, d.id).limit(limit)).all()
