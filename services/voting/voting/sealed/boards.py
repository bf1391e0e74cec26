"""The boards, sealed sums and archives as rows."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from voting.domain.election import State
from voting.sealed.tables import (
    sealed_archives,
    sealed_ballots,
    sealed_batches,
    sealed_boards,
    sealed_heads,
    sealed_tallies,
)
from voting.tables import elections


@dataclass(frozen=True, slots=True)
class Batch:
    """A closed batch; ``ballots``: how many are on the board up to it."""

    number: int
    parent: str
    hash: str
    ballots: int


@dataclass(frozen=True, slots=True)
class Head:
    """A signed head."""

    batch: int
    hash: str
    ballots: int
    tokens: int | None
    signed_at: datetime
    text: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class Tally:
    """A sealed sum, and how far the archive is written."""

    tally: str
    counted: int
    archive_date: int
    archive_parent: str
    archive_height: int
    complete: bool = False


@dataclass(frozen=True, slots=True)
class OnBoard:
    """A recorded ballot, and whether it is its credential's last."""

    batch: int
    cast: int
    tracker: bytes
    ballot: str
    counts: bool


_ORDER = (sealed_ballots.c.batch, sealed_ballots.c.cast, sealed_ballots.c.tracker)
_NEXT = sa.text(
    'SELECT batch, "cast", tracker, ballot, NOT EXISTS (SELECT FROM sealed_ballots AS later'
    " WHERE later.election_id = one.election_id AND later.digest = one.digest AND later.state = 'recorded'"
    ' AND later."cast" > one."cast") AS counts FROM sealed_ballots AS one'
    " WHERE one.election_id = :election AND one.state = 'recorded'"
    ' AND (one.batch, one."cast", one.tracker) > (:batch, :cast, :tracker)'
    ' ORDER BY one.batch, one."cast", one.tracker LIMIT :limit'
)
_CREDENTIALS = sa.text(
    "SELECT credential FROM sealed_credentials AS known WHERE election_id = :election AND EXISTS"
    " (SELECT FROM sealed_ballots AS one WHERE one.election_id = known.election_id AND one.digest = known.digest"
    " AND one.state = 'recorded')"
)


class Boards:
    """What is public of sealed votes."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def live(self) -> list[UUID]:
        """The votes whose board still grows."""
        joined = sealed_boards.join(elections, elections.c.id == sealed_boards.c.election_id)
        grows = elections.c.state.in_([State.ANNOUNCED.value, State.OPEN.value, State.CLOSED.value])
        query = sa.select(sealed_boards.c.election_id).select_from(joined).where(grows, ~sealed_boards.c.final)
        return list(self._connection.scalars(query))

    def closed(self) -> list[UUID]:
        """The votes that are closed and not published."""
        those = (elections.c.secrecy == "sealed") & (elections.c.state == State.CLOSED.value)
        return list(self._connection.scalars(sa.select(elections.c.id).where(those)))

    def lock(self, election_id: UUID) -> tuple[int, bool]:
        """The open batch, waiting for whoever records in it; and whether the board is final."""
        of_it = sealed_boards.c.election_id == election_id
        query = sa.select(sealed_boards.c.open_batch, sealed_boards.c.final).where(of_it).with_for_update()
        row = self._connection.execute(query).one()
        return row.open_batch, row.final

    def is_final(self, election_id: UUID) -> bool:
        """Whether the board no longer grows."""
        query = sa.select(sealed_boards.c.final).where(sealed_boards.c.election_id == election_id)
        return bool(self._connection.scalar(query))

    def trackers(self, election_id: UUID, batch: int) -> list[bytes]:
        """The ballots of a batch, in the board's order: first ballots of a credential before second ones."""
        query = sa.select(sealed_ballots.c.tracker).where(
            sealed_ballots.c.election_id == election_id,
            sealed_ballots.c.batch == batch,
            sealed_ballots.c.state == "recorded",
        )
        return list(self._connection.scalars(query.order_by(*_ORDER)))

    def last(self, election_id: UUID) -> Batch | None:
        """The last closed batch."""
        query = sa.select(sealed_batches).where(sealed_batches.c.election_id == election_id)
        row = self._connection.execute(query.order_by(sealed_batches.c.number.desc()).limit(1)).first()
        return None if row is None else Batch(row.number, row.parent, row.hash, row.ballots)

    def close_batch(self, election_id: UUID, batch: Batch) -> None:
        """Write a batch for ever, and open the next."""
        self._connection.execute(sa.insert(sealed_batches).values(election_id=election_id, **asdict(batch)))
        of_it = sealed_boards.c.election_id == election_id
        self._connection.execute(sa.update(sealed_boards).where(of_it).values(open_batch=batch.number + 1))

    def finish(self, election_id: UUID) -> None:
        """The board no longer grows."""
        of_it = sealed_boards.c.election_id == election_id
        self._connection.execute(sa.update(sealed_boards).where(of_it).values(final=True))

    def sign(self, election_id: UUID, head: Head) -> None:
        """Put a new head in the place of the last."""
        row = {"election_id": election_id, **asdict(head)}
        statement = insert(sealed_heads).values(row)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["election_id"], set_=asdict(head)))

    def note_turnout(self, election_id: UUID, now: datetime) -> None:
        """Count those who have a ballot in the box, for the figures that are shown."""
        those = (sealed_ballots.c.election_id == election_id) & (sealed_ballots.c.state == "recorded")
        voters = sa.select(sa.func.count(sa.distinct(sealed_ballots.c.digest))).where(those).scalar_subquery()
        of_it = elections.c.id == election_id
        self._connection.execute(sa.update(elections).where(of_it).values(ballots=voters, ballots_counted_at=now))

    def head(self, election_id: UUID) -> Head | None:
        """The last signed head."""
        row = self._one(sealed_heads, election_id)
        return None if row is None else Head(**{name: row[name] for name in Head.__dataclass_fields__})

    def batches(self, election_id: UUID, after: int, limit: int) -> list[Batch]:
        """The closed batches that follow."""
        those = (sealed_batches.c.election_id == election_id) & (sealed_batches.c.number > after)
        query = sa.select(sealed_batches).where(those).order_by(sealed_batches.c.number).limit(limit)
        return [Batch(row.number, row.parent, row.hash, row.ballots) for row in self._connection.execute(query)]

    # -- the count -------------------------------------------------------------------------------------------------

    def credentials(self, election_id: UUID) -> list[str]:
        """The credentials that have a recorded ballot."""
        return list(self._connection.scalars(_CREDENTIALS, {"election": election_id}))

    def next(self, election_id: UUID, after: tuple[int, int, bytes], limit: int) -> list[OnBoard]:
        """The recorded ballots that follow, in the board's order."""
        batch, cast, tracker = after
        place = {"election": election_id, "batch": batch, "cast": cast, "tracker": tracker, "limit": limit}
        return [
            OnBoard(row.batch, row.cast, row.tracker, row.ballot, row.counts)
            for row in self._connection.execute(_NEXT, place)
        ]

    def save_tally(self, election_id: UUID, tally: Tally) -> None:
        """Write the sealed sum, or that its archive is complete."""
        row = {"election_id": election_id, **asdict(tally)}
        statement = insert(sealed_tallies).values(row)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["election_id"], set_=asdict(tally)))

    def tally(self, election_id: UUID) -> Tally | None:
        """The sealed sum of a closed vote."""
        row = self._one(sealed_tallies, election_id)
        return None if row is None else Tally(**{name: row[name] for name in Tally.__dataclass_fields__})

    def forget_archive(self, election_id: UUID) -> None:
        """Remove what an interrupted count left."""
        self._connection.execute(sa.delete(sealed_archives).where(sealed_archives.c.election_id == election_id))

    def add_parts(self, election_id: UUID, first: int, parts: Sequence[bytes]) -> None:
        """Append to the archive."""
        rows: list[dict[str, Any]] = [
            {"election_id": election_id, "part": first + turn, "data": data} for turn, data in enumerate(parts)
        ]
        if rows:
            self._connection.execute(sa.insert(sealed_archives), rows)

    def part(self, election_id: UUID, number: int) -> bytes | None:
        """A part of the archive."""
        of_it = (sealed_archives.c.election_id == election_id) & (sealed_archives.c.part == number)
        return self._connection.scalar(sa.select(sealed_archives.c.data).where(of_it))

    def size(self, election_id: UUID) -> tuple[int, int]:
        """How many parts the archive has, and how many bytes."""
        columns = sa.func.count(), sa.func.coalesce(sa.func.sum(sa.func.octet_length(sealed_archives.c.data)), 0)
        row = self._connection.execute(sa.select(*columns).where(sealed_archives.c.election_id == election_id)).one()
        return int(row[0]), int(row[1])

    def _one(self, table: sa.Table, election_id: UUID) -> Any:  # noqa: ANN401 -- a row by its columns' names
        return self._connection.execute(sa.select(table).where(table.c.election_id == election_id)).mappings().first()


def parts_of(boards: Boards, election_id: UUID) -> Iterator[bytes]:
    """The archive, part after part."""
    number = 0
    while (data := boards.part(election_id, number)) is not None:
        yield data
        number += 1
