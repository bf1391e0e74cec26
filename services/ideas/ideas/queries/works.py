"""The works of a campaign, added up."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from chassis.database import Row

from ideas.domain.dossier import State
from ideas.domain.project import Standing
from ideas.tables import dossiers, projects, works

_OVER = (State.DELIVERED, State.ABANDONED)


def summary(connection: sa.Connection, year: int, today: date) -> Row:
    """How many projects there are in each state, how many are late, and all their money."""
    w, d = works.c, dossiers.c
    number = sa.func.count()
    late = (w.due_on < today) & d.state.notin_(_OVER)

    def total(column: Any) -> Any:  # noqa: ANN401 -- a column and its sum
        return sa.cast(sa.func.coalesce(sa.func.sum(column), 0), sa.BigInteger)

    query = sa.select(
        number.label("projects"),
        *(number.filter(d.state == state).label(state) for state in _STATES),
        number.filter(late).label("late"),
        total(projects.c.voted).label("voted"),
        *(total(w[name]).label(name) for name in ("estimated", "committed", "spent")),
    )
    built = projects.join(dossiers, projects.c.id == d.id).outerjoin(works, w.project_id == projects.c.id)
    won = (projects.c.year == year, projects.c.standing == Standing.SELECTED)
    summed: sa.Select[Any] = sa.select(query.select_from(built).where(*won).subquery())
    return connection.execute(summed).one()


_STATES = (State.ACCEPTED, State.PLANNED, State.UNDER_WAY, State.DELIVERED, State.ABANDONED)
