"""Dossiers: rows ⇄ domain, their numbers, and the words that search looks through."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row
from sqlalchemy.dialects.postgresql import insert

from ideas.domain.dossier import Dossier, Place, State
from ideas.tables import dossiers, number_series, search

_PLACE = tuple(field.name for field in fields(Place))
_PLAIN = tuple(field.name for field in fields(Dossier) if field.name != "place")
COLUMNS = tuple(dossiers.c[name] for name in (*_PLAIN, *_PLACE))


SIMPLE: sa.ColumnElement[str] = sa.literal_column("'simple'::regconfig")
FRENCH: sa.ColumnElement[str] = sa.literal_column("'public.decider_fr'::regconfig")
"""How search reads texts: French stems without accents."""


def dossier_of(row: Row) -> Dossier:
    """The dossier that a row with ``COLUMNS`` holds."""
    values = {name: getattr(row, name) for name in _PLAIN}
    place = Place(**{name: getattr(row, name) for name in _PLACE})
    hidden_from = State(row.hidden_from) if row.hidden_from else None
    return Dossier(**values | {"place": place, "state": State(row.state), "hidden_from": hidden_from})


def _row_of(dossier: Dossier) -> dict[str, Any]:
    values = {name: getattr(dossier, name) for name in _PLAIN}
    return values | {name: getattr(dossier.place, name) for name in _PLACE}


class Dossiers:
    """The dossiers of the territory."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def claim(self, key: str) -> None:
        """Have everybody else who claims the same key wait until this transaction ends."""
        self._connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(key, 0))))

    def next_number(self, prefix: str, year: int) -> str:
        """The next number of a year. Those who ask wait for each other until they commit: no gap, no double."""
        first = insert(number_series).values(year=year, last=1)
        taken = first.on_conflict_do_update(index_elements=["year"], set_={"last": number_series.c.last + 1})
        last = self._connection.scalar(taken.returning(number_series.c.last))
        return f"{prefix}-{year}-{last:06d}"

    def find(self, idea_id: UUID) -> Dossier | None:
        """The dossier, without locking it."""
        row = self._connection.execute(sa.select(*COLUMNS).where(dossiers.c.id == idea_id)).first()
        return dossier_of(row) if row else None

    def lock(self, idea_id: UUID) -> Dossier | None:
        """The dossier; nobody else changes it until this transaction ends."""
        return self.lock_all([idea_id]).get(idea_id)

    def lock_all(self, idea_ids: Iterable[UUID]) -> Mapping[UUID, Dossier]:
        """Those of the dossiers that exist, locked in the order of their ids so that nobody waits in a circle.

        Not their keys: who adds a message meanwhile need not wait.
        """
        query = sa.select(*COLUMNS).where(dossiers.c.id.in_(list(idea_ids))).order_by(dossiers.c.id)
        return {row.id: dossier_of(row) for row in self._connection.execute(query.with_for_update(key_share=True))}

    def lock_expired(self, now: datetime, limit: int) -> Sequence[Dossier]:
        """Some open dossiers whose period is over and that nobody works on just now."""
        over = sa.and_(dossiers.c.state == State.OPEN, dossiers.c.closes_at <= now)
        query = sa.select(*COLUMNS).where(over).order_by(dossiers.c.closes_at, dossiers.c.id).limit(limit)
        return [
            dossier_of(row) for row in self._connection.execute(query.with_for_update(skip_locked=True, key_share=True))
        ]

    def imported(self, source: str, reference: str) -> Dossier | None:
        """The dossier that was taken over under this reference."""
        same = sa.and_(dossiers.c.imported_from == source, dossiers.c.reference == reference)
        row = self._connection.execute(sa.select(*COLUMNS).where(same)).first()
        return dossier_of(row) if row else None

    def add(self, dossier: Dossier, threshold: int | None, now: datetime) -> None:
        """Keep a new dossier."""
        values = _row_of(dossier) | {"threshold": threshold, "counted_at": now}
        self._connection.execute(sa.insert(dossiers).values(values))
        self._index(dossier)

    def save(self, dossier: Dossier) -> None:
        """Keep a dossier that was locked before."""
        values = _row_of(dossier)
        self._connection.execute(sa.update(dossiers).where(dossiers.c.id == dossier.id).values(values))

    def save_words(self, dossier: Dossier) -> None:
        """Have search find the dossier by its words as they are now."""
        self._connection.execute(sa.delete(search).where(search.c.idea_id == dossier.id))
        self._index(dossier)

    def save_counts(self, counted: Sequence[Dossier], now: datetime) -> None:
        """Keep the counts of supports of many locked dossiers with one statement."""
        given = (
            sa.func.unnest(
                sa.cast([one.id for one in counted], sa.ARRAY(sa.Uuid)),
                sa.cast([one.supports for one in counted], sa.ARRAY(sa.Integer)),
                sa.cast([one.joined_supports for one in counted], sa.ARRAY(sa.Integer)),
                sa.cast([one.paper_supports for one in counted], sa.ARRAY(sa.Integer)),
                sa.cast([one.progress_told for one in counted], sa.ARRAY(sa.SmallInteger)),
            )
            .table_valued("id", "supports", "joined_supports", "paper_supports", "progress_told")
            .render_derived(name="given")
        )
        kept = {name: given.c[name] for name in ("supports", "joined_supports", "paper_supports", "progress_told")}
        values = {**kept, "counted_at": now}
        self._connection.execute(sa.update(dossiers).where(dossiers.c.id == given.c.id).values(values))

    def forget_author(self, account: UUID) -> None:
        """Sign the account's dossiers « deleted account »."""
        self._connection.execute(sa.update(dossiers).where(dossiers.c.author == account).values(author=None))

    def deposited_since(self, account: UUID, since: datetime) -> Sequence[datetime]:
        """When the account deposited since then, oldest first."""
        mine = sa.and_(dossiers.c.author == account, dossiers.c.deposited_at > since)
        query = sa.select(dossiers.c.deposited_at).where(mine).order_by(dossiers.c.deposited_at)
        return self._connection.scalars(query).all()

    def _index(self, dossier: Dossier) -> None:
        weighed = [
            sa.func.setweight(sa.func.to_tsvector(config, words), sa.literal_column(f"'{weight}'"))
            for config, words, weight in (
                (SIMPLE, dossier.number, "A"),
                (FRENCH, dossier.title, "A"),
                (FRENCH, dossier.place.address or "", "B"),
                (FRENCH, dossier.text, "C"),
            )
        ]
        document = weighed[0].op("||")(weighed[1]).op("||")(weighed[2]).op("||")(weighed[3])
        values = {"idea_id": dossier.id, "document": document, "plain_title": sa.func.plain(dossier.title)}
        self._connection.execute(sa.insert(search).values(values))
