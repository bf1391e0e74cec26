"""What the page of a supporter shows of merges: one statement."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row

from ideas.domain.dossier import State
from ideas.tables import dossiers, merge_choices, merged_dossiers, merges, supports

MOST = 100
m, md = merges.c, merged_dossiers.c


def list_mine(connection: sa.Connection, account: UUID) -> Sequence[Row]:
    """The merges of what the account supports, last first."""
    into, source = dossiers.alias("into"), dossiers.alias("source")
    other, said = supports.alias("other").c, merge_choices.c
    also = sa.select(other.account).where(other.idea_id == m.target_id, other.account == account).exists()
    support = supports.alias("given")
    rows = (
        merges.join(merged_dossiers, md.merge_id == m.id)
        .join(support, (support.c.idea_id == md.idea_id) & (support.c.account == account))
        .join(source, source.c.id == md.idea_id)
        .join(into, into.c.id == m.target_id)
        .outerjoin(merge_choices, (said.merge_id == m.id) & (said.account == account))
    )
    query: sa.Select[Any] = sa.select(
        *(m[name] for name in ("id", "reason", "text", "merged_at", "leave_until", "carried_at")),
        source.c.number,
        source.c.title,
        source.c.content_hidden,
        into.c.number.label("into"),
        into.c.title.label("into_title"),
        into.c.content_hidden.label("into_hidden"),
        (into.c.state == State.OPEN).label("gathers"),
        said.choice,
        also.label("also_supports"),
    )
    wanted = query.select_from(rows).where(m.undone_at.is_(None)).order_by(m.merged_at.desc(), source.c.number)
    return connection.execute(wanted.limit(MOST)).all()
