"""Merges: rows ⇄ domain, and what supporters say of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ideas.domain.merging import Merge
from ideas.repository.supports import Pair, given
from ideas.tables import invalid_supports, merge_choices, merged_dossiers, merges, supports

m, md, ch, s = merges.c, merged_dossiers.c, merge_choices.c, supports.c
LIVE = m.undone_at.is_(None)
COUNTS = sa.and_(m.carried_at.isnot(None), LIVE)
"""Merges whose supporters have been carried over."""
TOGETHER = merges.join(merged_dossiers, md.merge_id == m.id).join(supports, s.idea_id == md.idea_id)
"""Each support of each dossier that was joined to another."""


def left(merge_id: Any) -> sa.ColumnElement[bool]:  # noqa: ANN401 -- a column or a value
    """Whether who gave the support stepped out of the merge."""
    said = sa.select(ch.account).where(ch.merge_id == merge_id, ch.account == s.account, ch.choice == "leave")
    return said.exists()


def new_to(target: Any) -> sa.ColumnElement[bool]:  # noqa: ANN401 -- a column or a value
    """Whether who gave the support is not counted there already, and not barred from it."""
    own, barred = supports.alias("own").c, invalid_supports.c
    there = sa.select(own.account).where(own.idea_id == target, own.account == s.account)
    never = sa.select(barred.account).where(barred.idea_id == target, barred.account == s.account)
    return ~there.exists() & ~never.exists()


class Merges:
    """Which dossiers were joined to which. Supports stay where they were given."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def find(self, merge_id: UUID) -> Merge | None:
        """The merge."""
        return next(iter(self._read(m.id == merge_id)), None)

    def into(self, idea_id: UUID) -> Sequence[Merge]:
        """Every merge into a dossier, the last first."""
        return self._read(m.target_id == idea_id)

    def _read(self, wanted: sa.ColumnElement[bool]) -> Sequence[Merge]:
        sources = sa.select(sa.func.array_agg(md.idea_id)).where(md.merge_id == m.id).scalar_subquery()
        query = sa.select(merges, sources.label("sources")).where(wanted).order_by(m.merged_at.desc(), m.id)
        return [
            Merge(
                id=row.id,
                target=row.target_id,
                sources=frozenset(row.sources),
                reason=row.reason,
                text=row.text,
                merged_at=row.merged_at,
                leave_until=row.leave_until,
                carries_at=row.carries_at,
                carried_at=row.carried_at,
                undone_at=row.undone_at,
            )
            for row in self._connection.execute(query)
        ]

    def add(self, merge: Merge) -> None:
        """Keep a merge. The database refuses a dossier that is joined to another already."""
        row = {
            "id": merge.id,
            "target_id": merge.target,
            "reason": merge.reason,
            "text": merge.text,
            "merged_at": merge.merged_at,
            "leave_until": merge.leave_until,
            "carries_at": merge.carries_at,
        }
        self._connection.execute(sa.insert(merges), row)
        joined = [{"merge_id": merge.id, "idea_id": one} for one in sorted(merge.sources)]
        self._connection.execute(sa.insert(merged_dossiers), joined)

    def joined_to(self, idea_id: UUID) -> UUID | None:
        """The dossier that another one is joined to."""
        query = sa.select(m.target_id).join(merged_dossiers, md.merge_id == m.id).where(md.idea_id == idea_id, LIVE)
        return self._connection.scalar(query)

    def holding(self, idea_ids: Iterable[UUID]) -> frozenset[UUID]:
        """Those of the dossiers that others are joined to."""
        query = sa.select(m.target_id).where(m.target_id.in_(list(idea_ids)), LIVE)
        return frozenset(self._connection.scalars(query))

    def due(self, now: datetime) -> Sequence[UUID]:
        """The merges whose notice is over and whose supporters wait."""
        query = sa.select(m.id).where(m.carried_at.is_(None), LIVE, m.carries_at <= now).order_by(m.carries_at, m.id)
        return self._connection.scalars(query).all()

    def carried(self, merge_id: UUID, now: datetime) -> None:
        """Note that supporters count from now on."""
        self._connection.execute(sa.update(merges).where(m.id == merge_id).values(carried_at=now))

    def undone(self, merge_id: UUID, now: datetime) -> None:
        """Note that it is no more."""
        self._connection.execute(sa.update(merges).where(m.id == merge_id).values(undone_at=now))
        self._connection.execute(sa.update(merged_dossiers).where(md.merge_id == merge_id).values(undone=True))

    def joined(self, idea_ids: Iterable[UUID]) -> Mapping[UUID, int]:
        """How many people count for each of the dossiers only because of what was joined to it, each once."""
        wanted = m.target_id.in_(list(idea_ids)) & COUNTS & ~left(m.id) & new_to(m.target_id)
        query = sa.select(m.target_id, sa.func.count(s.account.distinct())).select_from(TOGETHER).where(wanted)
        return {idea: int(number) for idea, number in self._connection.execute(query.group_by(m.target_id))}

    def among(self, pairs: Sequence[Pair]) -> Mapping[UUID, int]:
        """How many of these accounts each dossier would count because of what was joined to it, each once."""
        wanted = given(pairs)
        mine = (wanted.c.idea_id == m.target_id) & (wanted.c.account == s.account)
        query = sa.select(m.target_id, sa.func.count(s.account.distinct())).select_from(TOGETHER.join(wanted, mine))
        rows = self._connection.execute(query.where(COUNTS & ~left(m.id)).group_by(m.target_id))
        return {idea: int(number) for idea, number in rows}

    def joining(self, target: UUID, sources: Iterable[UUID], merge_id: UUID | None) -> tuple[int, Mapping[UUID, int]]:
        """How many people a merge adds to a dossier, and how many of them support each of the sources."""
        wanted = s.idea_id.in_(list(sources)) & new_to(target) & ~left(merge_id)
        counted = sa.func.count(s.account.distinct())
        query = sa.select(s.idea_id, counted).where(wanted).group_by(sa.func.rollup(s.idea_id))
        found = {idea: int(number) for idea, number in self._connection.execute(query)}
        return found.pop(None, 0), found

    def leaving(self, merge_id: UUID) -> int:
        """How many people stepped out."""
        query = sa.select(sa.func.count()).where(ch.merge_id == merge_id, ch.choice == "leave")
        return self._connection.scalar(query) or 0

    def supporters(self, merge_id: UUID, after: UUID | None, limit: int) -> Sequence[UUID]:
        """Those who support what was joined and have not stepped out, in the order of their ids."""
        wanted = (m.id == merge_id) & ~left(m.id)
        if after is not None:
            wanted &= s.account > after
        query = sa.select(s.account).distinct().select_from(TOGETHER).where(wanted)
        return self._connection.scalars(query.order_by(s.account).limit(limit)).all()

    def concerns(self, merge_id: UUID, account: UUID) -> bool:
        """Whether the account supports something that was joined."""
        query = sa.select(s.account).select_from(TOGETHER).where(m.id == merge_id, s.account == account)
        return self._connection.execute(query.limit(1)).first() is not None

    def choose(self, merge_id: UUID, account: UUID, choice: str, now: datetime) -> None:
        """Keep what a supporter says; the last word counts."""
        values = {"choice": choice, "chosen_at": now}
        new = insert(merge_choices).values(merge_id=merge_id, account=account, **values)
        self._connection.execute(new.on_conflict_do_update(index_elements=["merge_id", "account"], set_=values))

    def leave(self, pairs: Sequence[Pair], now: datetime) -> set[Pair]:
        """Have accounts step out of whatever counts them for a dossier, with one statement; those that were counted."""
        wanted = given(pairs)
        mine = (wanted.c.idea_id == m.target_id) & (wanted.c.account == s.account)
        query = sa.select(m.id, s.account, sa.literal("leave"), sa.literal(now)).distinct()
        rows = query.select_from(TOGETHER.join(wanted, mine)).where(COUNTS & ~left(m.id))
        new = insert(merge_choices).from_select(["merge_id", "account", "choice", "chosen_at"], rows)
        said = new.on_conflict_do_update(
            index_elements=["merge_id", "account"], set_={"choice": "leave", "chosen_at": now}
        ).returning(ch.merge_id, ch.account)
        found = self._connection.execute(said).all()
        if not found:
            return set()
        targets = sa.select(m.id, m.target_id).where(m.id.in_({row.merge_id for row in found}))
        target_of = {row.id: row.target_id for row in self._connection.execute(targets)}
        return {(target_of[row.merge_id], row.account) for row in found}
