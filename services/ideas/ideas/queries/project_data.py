"""The rows of the data set of projects."""

from typing import Any

import sqlalchemy as sa

from ideas.domain.rules import Rules
from ideas.tables import dossiers, project_ideas, projects, works


def projects_data(_rules: Rules) -> sa.Select[Any]:
    """Every project, with what it is made of and its works."""
    d, p, w, inside = dossiers.c, projects.c, works.c, dossiers.alias("inside").c
    numbers = sa.select(sa.func.string_agg(inside.number, sa.literal_column("' ' ORDER BY inside.number")))
    numbers = numbers.join_from(project_ideas, inside.id.table, project_ideas.c.idea_id == inside.id)
    made_of = numbers.where(project_ideas.c.project_id == p.id).scalar_subquery().label("ideas")
    told = ("estimated", "committed", "spent", "first_due_on", "due_on", "started_on", "delivered_on", "progress")
    joined = projects.join(dossiers, p.id == d.id).outerjoin(works, w.project_id == p.id)
    return (
        sa.select(
            *(d[name] for name in ("number", "theme", "district", "latitude", "longitude", "state", "reason")),
            *(p[name] for name in ("year", "title", "place", "equity", "standing", "voted")),
            *(w[name] for name in told),
            made_of,
        )
        .select_from(joined)
        .order_by(d.number)
    )
