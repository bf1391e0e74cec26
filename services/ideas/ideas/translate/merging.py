"""Merges as the contract shows them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from chassis.database import Row
from contracts import ideas as c

from ideas.domain.dossier import Dossier
from ideas.domain.merging import UNANSWERED, Merge
from ideas.domain.rules import KindRules


class Shown(NamedTuple):
    """A merge with what the desk shows of it."""

    merge: Merge
    target: Dossier
    sources: Sequence[Dossier]
    people: tuple[int, Mapping[UUID, int]]
    """How many it adds, and how many of them support each of the sources."""
    leaving: int
    reached: frozenset[str]


def merge_view(shown: Shown, kind: KindRules, *, kept: bool) -> c.MergeView:
    """A merge; with ``kept`` false, what it would be."""
    merge, target = shown.merge, shown.target
    joining, each = shown.people
    total = target.supports if merge.carried_at else target.supports + joining
    return c.MergeView(
        merge_id=merge.id if kept else None,
        target=_merged(target, 0),
        sources=tuple(_merged(one, each.get(one.id, 0)) for one in shown.sources),
        joining=joining,
        leaving=shown.leaving,
        total=total,
        stages=tuple(
            c.MergeStage(code=one.code, supports=one.supports)
            for one in kind.stages
            if one.supports <= total and one.code not in shown.reached
        ),
        reason=merge.reason or None,
        text=merge.text,
        merged_at=merge.merged_at if kept else None,
        leave_until=merge.leave_until,
        carried_at=merge.carried_at,
        undone_at=merge.undone_at,
        may_undo=kept and merge.undone_at is None and target.state in UNANSWERED,
    )


def _merged(one: Dossier, new: int) -> c.MergedDossier:
    return c.MergedDossier(
        id=c.IdeaId(one.id),
        number=one.number,
        title=one.title,
        state=c.State(one.state),
        supports=one.supports,
        new=new,
    )


def link(row: Row) -> c.MergeLink:
    """The other side of a merge."""
    return c.MergeLink(
        merge_id=row.id,
        number=row.number,
        title="" if row.content_hidden else row.title,
        supports=row.supports,
        merged_at=row.merged_at,
        leave_until=row.leave_until,
        carried=row.carried,
    )


def my_merge(row: Row, today: date) -> c.MyMerge:
    """What a supporter is asked."""
    return c.MyMerge(
        merge_id=row.id,
        number=row.number,
        title="" if row.content_hidden else row.title,
        into=row.into,
        into_title="" if row.into_hidden else row.into_title,
        reason=row.reason,
        text=row.text,
        merged_at=row.merged_at,
        leave_until=row.leave_until,
        days_left=(row.leave_until - today).days,
        carried=row.carried_at is not None,
        choice=row.choice,
        also_supports=row.also_supports,
        may_choose=row.carried_at is None or row.gathers,
    )
