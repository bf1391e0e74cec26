"""Supports, one per person and dossier, and the stages that their count has reached."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ideas.domain.merging import Reached
from ideas.domain.supports import Stamp
from ideas.tables import fraud_members, invalid_supports, merge_choices, merged_dossiers, merges, stages, supports

Pair = tuple[UUID, UUID]
"""A dossier and an account."""


def given(pairs: Sequence[Pair]) -> sa.TableValuedAlias:
    """The pairs as a table."""
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
        wanted = given(pairs)
        same = sa.and_(supports.c.idea_id == wanted.c.idea_id, supports.c.account == wanted.c.account)
        query = sa.select(supports.c.idea_id, supports.c.account).join(wanted, same)
        return {(row.idea_id, row.account) for row in self._connection.execute(query)}

    def add(self, pairs: Sequence[Pair], now: datetime) -> set[Pair]:
        """Add supports with one statement; those that are new. Supports found invalid do not come back."""
        wanted = given(pairs)
        barred = sa.select(sa.literal(1)).where(
            invalid_supports.c.idea_id == wanted.c.idea_id, invalid_supports.c.account == wanted.c.account
        )
        rows = sa.select(wanted.c.idea_id, wanted.c.account, sa.literal(now)).where(~barred.exists())
        statement = insert(supports).from_select(["idea_id", "account", "supported_at"], rows).on_conflict_do_nothing()
        added = self._connection.execute(statement.returning(supports.c.idea_id, supports.c.account))
        return {(row.idea_id, row.account) for row in added}

    def remove(self, pairs: Sequence[Pair]) -> set[Pair]:
        """Remove supports with one statement; those that were there."""
        wanted = given(pairs)
        same = sa.and_(supports.c.idea_id == wanted.c.idea_id, supports.c.account == wanted.c.account)
        removed = self._connection.execute(
            sa.delete(supports).where(same).returning(supports.c.idea_id, supports.c.account)
        )
        return {(row.idea_id, row.account) for row in removed}

    def bar(self, pairs: Sequence[Pair], now: datetime) -> None:
        """Have these pairs never count again."""
        rows = [{"idea_id": idea, "account": account, "invalidated_at": now} for idea, account in pairs]
        self._connection.execute(insert(invalid_supports).on_conflict_do_nothing(), rows)

    def restore(self, given_back: Mapping[Pair, datetime]) -> None:
        """Have supports that were barred count again, as of when they were given."""
        pairs = list(given_back)
        wanted = given(pairs)
        barred = (invalid_supports.c.idea_id == wanted.c.idea_id) & (invalid_supports.c.account == wanted.c.account)
        self._connection.execute(sa.delete(invalid_supports).where(barred))
        rows = [
            {"idea_id": idea, "account": account, "supported_at": given_back[idea, account]} for idea, account in pairs
        ]
        self._connection.execute(insert(supports).on_conflict_do_nothing(), rows)

    def count(self, idea_ids: Iterable[UUID]) -> Mapping[UUID, int]:
        """How many supports each of the dossiers has, counted now."""
        wanted = list(idea_ids)
        query = sa.select(supports.c.idea_id, sa.func.count()).where(supports.c.idea_id.in_(wanted))
        found = {idea: int(number) for idea, number in self._connection.execute(query.group_by(supports.c.idea_id))}
        return {idea: found.get(idea, 0) for idea in wanted}

    def forget(self, account: UUID) -> None:
        """Give the account's supports to nobody: they stay counted.

        To the same nobody where dossiers are joined to each other, so that one person still counts once.
        """
        for together in self._joined_to_each_other(account):
            nobody = uuid4()
            for table in (supports, invalid_supports, fraud_members, merge_choices):
                key = table.c.merge_id if table is merge_choices else table.c.idea_id
                mine = (table.c.account == account) & key.in_(together)
                self._connection.execute(sa.update(table).where(mine).values(account=nobody))

    def _joined_to_each_other(self, account: UUID) -> Iterable[set[UUID]]:
        """What the account supports or chose, dossiers and merges: each set is what hangs together."""
        tables = (supports, invalid_supports, fraud_members)
        given = sa.union(*(sa.select(t.c.idea_id).where(t.c.account == account) for t in tables))
        live = merges.c.undone_at.is_(None)
        joined = sa.select(merged_dossiers.c.idea_id, merges.c.target_id).join(merges).where(live)
        into = {
            row.idea_id: row.target_id
            for row in self._connection.execute(joined.where(merged_dossiers.c.idea_id.in_(given)))
        }
        groups: dict[UUID, set[UUID]] = defaultdict(set)
        for idea in self._connection.scalars(given):
            groups[into.get(idea, idea)].add(idea)
        chosen = (
            sa.select(merges.c.id, merges.c.target_id).join(merge_choices).where(merge_choices.c.account == account)
        )
        for merge_id, target in self._connection.execute(chosen):
            groups[target].add(merge_id)
        return groups.values()


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

    def stamped(self, idea_id: UUID) -> Sequence[Reached]:
        """The stages that a dossier has reached, as they were stamped."""
        query = sa.select(stages.c.stage, stages.c.supports, stages.c.joined).where(stages.c.idea_id == idea_id)
        return [Reached(*row) for row in self._connection.execute(query)]

    def stamp(self, idea_id: UUID, stamps: Sequence[Stamp]) -> None:
        """Date the stages just reached. The table refuses a second date."""
        rows = [
            {
                "idea_id": idea_id,
                "stage": one.stage,
                "supports": one.supports,
                "joined": one.joined,
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
