"""One dossier as its page shows it: four statements, however much happened to it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row

from ideas.queries.finding import CARD
from ideas.repository.merges import COUNTS, TOGETHER, left, m, s
from ideas.tables import dossiers, notes, stages, steps, supports

d = dossiers.c
WHOLE = (*CARD, d.counted_at, d.comments_pro, d.comments_con, d.comments_question)
_ANSWER = ("at", "kind", "service", "reason", "text")


def _last_answer() -> sa.FromClause:
    answers = steps.c.kind.in_(("accepted", "declined"))
    columns = [steps.c[name].label(f"answer_{name}") for name in _ANSWER]
    query = sa.select(*columns).where(steps.c.idea_id == d.id, answers)
    return query.order_by(steps.c.position.desc()).limit(1).lateral("answer")


def identify(key: str) -> sa.ColumnElement[bool]:
    """The condition on a dossier's number or id."""
    return d.number == key if "-" in key and not _is_uuid(key) else d.id == UUID(key)


def _is_uuid(key: str) -> bool:
    return len(key) == len(str(UUID(int=0))) and key.count("-") == 4


def find(connection: sa.Connection, key: str) -> Row | None:
    """The dossier of this number or id, with the last answer of the administration."""
    answer = _last_answer()
    query: sa.Select[Any] = sa.select(*WHOLE, *answer.c).select_from(dossiers.outerjoin(answer, sa.true()))
    return connection.execute(query.where(identify(key))).first()


def stages_of(connection: sa.Connection, idea_id: UUID) -> Sequence[Row]:
    """The stages it has reached."""
    return connection.execute(sa.select(stages).where(stages.c.idea_id == idea_id)).all()


def notes_of(connection: sa.Connection, idea_id: UUID) -> Sequence[Row]:
    """Its author's notes."""
    query = sa.select(notes).where(notes.c.idea_id == idea_id).order_by(notes.c.added_at, notes.c.id)
    return connection.execute(query).all()


def supported_by(connection: sa.Connection, idea_id: UUID, account: UUID) -> bool:
    """Whether the account supports it, itself or through a dossier that was joined to it."""
    same = (supports.c.idea_id == idea_id) & (supports.c.account == account)
    joined = sa.and_(m.target_id == idea_id, s.account == account, COUNTS, ~left(m.id))
    own = sa.select(supports.c.account).where(same)
    query = sa.union_all(own, sa.select(s.account).select_from(TOGETHER).where(joined))
    return connection.execute(query.limit(1)).first() is not None
