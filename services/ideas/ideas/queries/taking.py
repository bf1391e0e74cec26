"""The part of a queue that somebody has in hand, or nobody."""

from uuid import UUID

import sqlalchemy as sa
from contracts import ideas as c

from ideas.tables import taken


def holder(queue: c.WorkQueue, item: sa.ColumnElement[UUID]) -> sa.ScalarSelect[UUID]:
    """Who has the item of each row in hand."""
    same = (taken.c.queue == queue) & (taken.c.item == item)
    return sa.select(taken.c.account).where(same).scalar_subquery()


def wanted(
    queue: c.WorkQueue, item: sa.ColumnElement[UUID], part: c.Taken | None, account: UUID | None
) -> list[sa.ColumnElement[bool]]:
    """The condition of a part: what the account has, or what nobody has; nothing for everything."""
    if part is None:
        return []
    by = holder(queue, item)
    return [by == account] if part is c.Taken.MINE else [by.is_(None)]
