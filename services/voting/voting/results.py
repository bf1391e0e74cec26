"""Published ballots and results as rows."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row
from sqlalchemy.dialects.postgresql import insert

from voting.domain.box_file import PublishedBallot
from voting.tables import ballots, elections, results

_CHUNK = 5_000
_PUBLISH = sa.text(
    "INSERT INTO ballots (election_id, number, receipt_sha256, ballot)"
    " SELECT election_id, row_number() OVER (ORDER BY receipt_sha256), receipt_sha256, ballot FROM box"
    " WHERE election_id = :election"
)


class Results:
    """What is public after an election."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def publish_box(self, election_id: UUID) -> None:
        """Copy the ballots of the box under new numbers, in the order of their receipts' hashes."""
        self._connection.execute(_PUBLISH, {"election": election_id})

    def ballots(self, election_id: UUID, *, after: int = 0, until: int | None = None) -> Iterator[PublishedBallot]:
        """The published ballots with numbers above ``after`` and up to ``until``, in chunks: never all in memory."""
        while True:
            rows = self._chunk(election_id, after, until)
            yield from (PublishedBallot(row.number, row.receipt_sha256.hex(), row.ballot) for row in rows)
            if len(rows) < _CHUNK:
                return
            after = rows[-1].number

    def _chunk(self, election_id: UUID, after: int, until: int | None) -> list[Row]:
        query = sa.select(ballots).where(ballots.c.election_id == election_id, ballots.c.number > after)
        if until is not None:
            query = query.where(ballots.c.number <= until)
        return list(self._connection.execute(query.order_by(ballots.c.number).limit(_CHUNK)))

    def ballot_of(self, election_id: UUID, receipt_sha256: bytes) -> PublishedBallot | None:
        """The published ballot of this receipt."""
        of_it = (ballots.c.election_id == election_id) & (ballots.c.receipt_sha256 == receipt_sha256)
        row = self._connection.execute(sa.select(ballots).where(of_it)).first()
        return None if row is None else PublishedBallot(row.number, row.receipt_sha256.hex(), row.ballot)

    def add(self, election_id: UUID, document: dict[str, Any], *, count: int, at: datetime) -> None:
        """Write the result for ever, and the final number of ballots."""
        self._connection.execute(insert(results).values(election_id=election_id, document=document, published_at=at))
        final = {"ballots": count, "ballots_counted_at": at}
        self._connection.execute(sa.update(elections).where(elections.c.id == election_id).values(final))

    def of(self, election_id: UUID) -> dict[str, Any] | None:
        """The result, as it was published."""
        query = sa.select(results.c.document).where(results.c.election_id == election_id)
        return self._connection.scalar(query)
