"""One dossier, alone or with all that stands beside it: one statement each, however much happened to it."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row

from ideas.domain.dossier import State
from ideas.queries import nested
from ideas.queries.finding import CARD
from ideas.repository.attachments import ATTACHMENTS
from ideas.repository.examination import COMMITMENTS, OPINIONS
from ideas.repository.merges import COUNTS, TOGETHER, left, m, md, s
from ideas.tables import (
    asked_again,
    attachments,
    commitments,
    dossiers,
    merged_dossiers,
    merges,
    notes,
    opinions,
    project_ideas,
    projects,
    stages,
    steps,
    supports,
)

d = dossiers.c
other = dossiers.alias("other")
o = other.c
WHOLE = (*CARD, d.counted_at, d.comments_pro, d.comments_con, d.comments_question)


def _last_answer() -> sa.FromClause:
    answers = (steps.c.kind == "accepted") | (steps.c.kind == "declined")
    columns = [steps.c[name].label(f"answer_{name}") for name in ("at", "kind", "service", "reason", "text")]
    query = sa.select(*columns).where(steps.c.idea_id == d.id, answers)
    return query.order_by(steps.c.position.desc()).limit(1).lateral("answer")


_ANSWER = _last_answer()


def _joined() -> sa.Select[Any]:
    """The dossiers that were joined to it (``inward``), and the one that it was joined to."""
    inward = m.target_id == d.id
    on = o.id == sa.case((inward, md.idea_id), else_=m.target_id)
    return (
        sa.select(
            *(m[name] for name in ("id", "merged_at", "leave_until")),
            m.carried_at.isnot(None).label("carried"),
            *(o[name] for name in ("number", "title", "content_hidden")),
            o.all_supports.label("supports"),
            inward.label("inward"),
        )
        .select_from(merges.join(merged_dossiers, md.merge_id == m.id).join(other, on))
        .where(m.undone_at.is_(None), inward | (md.idea_id == d.id))
        .order_by(m.merged_at, o.number)
    )


def _again() -> sa.Select[Any]:
    """The published dossiers that take it up (``later``), and the one that it takes up."""
    later = asked_again.c.of_id == d.id
    on = o.id == sa.case((later, asked_again.c.idea_id), else_=asked_again.c.of_id)
    query = sa.select(o.number, o.title, o.content_hidden, o.state, later.label("later"))
    wanted = (later | (asked_again.c.idea_id == d.id)) & (o.state != State.SUBMITTED)
    return query.select_from(asked_again.join(other, on)).where(wanted)


def _project() -> sa.Select[Any]:
    """The project that it is part of."""
    led = projects.join(other, projects.c.id == o.id)
    query = sa.select(o.number, projects.c.title, projects.c.year)
    query = query.select_from(project_ideas.join(led, project_ideas.c.project_id == projects.c.id))
    return query.where(project_ideas.c.idea_id == d.id)


_BESIDE: dict[str, sa.Select[Any]] = {
    "stages": sa.select(stages).where(stages.c.idea_id == d.id),
    "notes": sa.select(notes).where(notes.c.idea_id == d.id).order_by(notes.c.added_at, notes.c.id),
    "opinions": OPINIONS.where(opinions.c.idea_id == d.id),
    "commitments": COMMITMENTS.where(commitments.c.idea_id == d.id),
    "attachments": ATTACHMENTS.where(attachments.c.idea_id == d.id),
    "projects": _project(),
    "again": _again(),
    "joined": _joined(),
}
_FIND: sa.Select[Any] = sa.select(*WHOLE)
_WITH_ALL: sa.Select[Any] = sa.select(
    *WHOLE, *_ANSWER.c, *(nested.rows(query, dossiers).label(f"its_{name}") for name, query in _BESIDE.items())
).select_from(dossiers.outerjoin(_ANSWER, sa.true()))


_NUMBER = d.number == sa.bindparam("key", type_=sa.Text)
_ID = d.id == sa.bindparam("key", type_=sa.Uuid)
_FOUND = (_FIND.where(_NUMBER), _FIND.where(_ID))
_FOUND_WITH_ALL = (_WITH_ALL.where(_NUMBER), _WITH_ALL.where(_ID))
"""By number and by id. Made once: putting such a statement together takes longer than answering it."""


def identify(key: str) -> sa.ColumnElement[bool]:
    """The condition on a dossier's number or id."""
    return d.number == key if _is_number(key) else d.id == UUID(key)


def _is_number(key: str) -> bool:
    is_uuid = len(key) == len(str(UUID(int=0))) and key.count("-") == 4
    return "-" in key and not is_uuid


def _first(connection: sa.Connection, queries: tuple[sa.Select[Any], sa.Select[Any]], key: str) -> Row | None:
    by_number, by_id = queries
    if _is_number(key):
        return connection.execute(by_number, {"key": key}).first()
    return connection.execute(by_id, {"key": UUID(key)}).first()


def find(connection: sa.Connection, key: str) -> Row | None:
    """The dossier of this number or id."""
    return _first(connection, _FOUND, key)


def find_with_all(connection: sa.Connection, key: str) -> Row | None:
    """The dossier of this number or id, the last answer of the administration, and what stands beside it.

    The latter as rows in columns: ``its_stages``, ``its_notes``, ``its_opinions``, ``its_commitments``,
    ``its_attachments``, ``its_projects`` (one at most), ``its_again``, ``its_joined``.
    """
    return _first(connection, _FOUND_WITH_ALL, key)


def supported_by(connection: sa.Connection, idea_id: UUID, account: UUID) -> bool:
    """Whether the account supports it, itself or through a dossier that was joined to it."""
    same = (supports.c.idea_id == idea_id) & (supports.c.account == account)
    joined = sa.and_(m.target_id == idea_id, s.account == account, COUNTS, ~left(m.id))
    own = sa.select(supports.c.account).where(same)
    query = sa.union_all(own, sa.select(s.account).select_from(TOGETHER).where(joined))
    return connection.execute(query.limit(1)).first() is not None
