"""Supports, one per person and dossier, and the stages that their count has reached."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ideas.domain.supports import Stamp
from ideas.tables import invalid_supports, stages, supports

Pair = tuple[UUID, UUID]
"""A dossier and an account."""


def _given(pairs: Sequence[Pair]) -> sa.TableValuedAlias:
    return (
        sa.func.unnest(
            sa.cast([idea for idea, _ in pairs], sa.ARRAY(sa.Uuid)),
            sa.cast([account for _, account in pairs], sa.ARRAY(sa.Uuid)),
        )
        .table_valued("idea_id", "account")
        .render_derived(name="given")
    )


class Supports:
    """Who supports what."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def existing(self, pairs: Sequence[Pair]) -> set[Pair]:
        """Those of the pairs that are supports."""
        given = _given(pairs)
        same = sa.and_(supports.c.idea_id == given.c.idea_id, supports.c.account == given.c.account)
        query = sa.select(supports.c.idea_id, supports.c.account).join(given, same)
        return {(row.idea_id, row.account) for row in self._connection.execute(query)}

    def add(self, pairs: Sequence[Pair], now: datetime) -> set[Pair]:
        """Add supports with one statement; those that are new. Supports found invalid do not come back."""
        given = _given(pairs)
        barred = sa.select(sa.literal(1)).where(
            invalid_supports.c.idea_id == given.c.idea_id, invalid_supports.c.account == given.c.account
        )
        rows = sa.select(given.c.idea_id, given.c.account, sa.literal(now)).where(~barred.exists())
        statement = insert(supports).from_select(["idea_id", "account", "supported_at"], rows).on_conflict_do_nothing()
        added = self._connection.execute(statement.returning(supports.c.idea_id, supports.c.account))
        return {(row.idea_id, row.account) for row in added}

    def remove(self, pairs: Sequence[Pair]) -> set[Pair]:
        """Remove supports with one statement; those that were there."""
        given = _given(pairs)
        same = sa.and_(supports.c.idea_id == given.c.idea_id, supports.c.account == given.c.account)
        removed = self._connection.execute(
            sa.delete(supports).where(same).returning(supports.c.idea_id, supports.c.account)
        )
        return {(row.idea_id, row.account) for row in removed}

    def bar(self, pairs: Sequence[Pair], now: datetime) -> None:
        """Have these pairs never count again."""
        rows = [{"idea_id": idea, "account": account, "invalidated_at": now} for idea, account in pairs]
        self._connection.execute(insert(invalid_supports).on_conflict_do_nothing(), rows)

    def count(self, idea_ids: Iterable[UUID]) -> Mapping[UUID, int]:
        """How many supports each of the dossiers has, counted now."""
        wanted = list(idea_ids)
        query = sa.select(supports.c.idea_id, sa.func.count()).where(supports.c.idea_id.in_(wanted))
        found = {idea: int(number) for idea, number in self._connection.execute(query.group_by(supports.c.idea_id))}
        return {idea: found.get(idea, 0) for idea in wanted}

    def forget(self, account: UUID) -> None:
        """Give the account's supports to nobody: they stay counted."""
        nobody = sa.func.gen_random_uuid()
        for table in (supports, invalid_supports):
            self._connection.execute(sa.update(table).where(table.c.account == account).values(account=nobody))


class Stages:
    """Which stages dossiers have reached."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def reached(self, idea_ids: Iterable[UUID]) -> Mapping[UUID, frozenset[str]]:
        """The codes of the stages that each of the dossiers has reached."""
        wanted = list(idea_ids)
        query = sa.select(stages.c.idea_id, sa.func.array_agg(stages.c.stage)).where(stages.c.idea_id.in_(wanted))
        found = {idea: frozenset(codes) for idea, codes in self._connection.execute(query.group_by(stages.c.idea_id))}
        return {idea: found.get(idea, frozenset()) for idea in wanted}

    def stamp(self, idea_id: UUID, stamps: Sequence[Stamp]) -> None:
        """Date the stages just reached. The table refuses a second date."""
        rows = [
            {
                "idea_id": idea_id,
                "stage": one.stage,
                "supports": one.supports,
                "reached_on": one.reached_on,
                "due_on": one.due_on,
            }
            for one in stamps
        ]
        if rows:
            self._connection.execute(sa.insert(stages), rows)

    def take_back(self, idea_id: UUID, codes: Sequence[str]) -> None:
        """Stages that are lost."""
        if codes:
            lost = sa.and_(stages.c.idea_id == idea_id, stages.c.stage.in_(codes))
            self._connection.execute(sa.delete(stages).where(lost))

    def due_on(self, idea_id: UUID, code: str) -> date | None:
        """When what is owed at a stage is due; ``None`` if the stage is not reached or was answered."""
        awaited = sa.and_(stages.c.idea_id == idea_id, stages.c.stage == code, stages.c.answered_on.is_(None))
        return self._connection.scalar(sa.select(stages.c.due_on).where(awaited))

    def answered(self, idea_id: UUID, code: str, today: date) -> None:
        """Note that what was owed was said."""
        one = sa.and_(stages.c.idea_id == idea_id, stages.c.stage == code)
        self._connection.execute(sa.update(stages).where(one).values(answered_on=today))
