"""The roll: who may vote in an election and, once it is over, who did.

While a vote is open the roll says nothing of voting: whoever has a ballot in the box is found by pseudonym. It is
marked once, at closing, for everybody together.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from voting.arrays import uuids
from voting.tables import roll

Entry = tuple[UUID, UUID]
"""An election and an account."""

_ENROLLED = sa.text(
    "SELECT place, voted FROM roll JOIN unnest(CAST(:elections AS uuid[]), CAST(:accounts AS uuid[])) WITH ORDINALITY"
    " AS asked (election_id, account_id, place) USING (election_id, account_id)"
)
_ENROL = sa.text(
    "INSERT INTO roll (election_id, account_id)"
    " SELECT * FROM unnest(CAST(:elections AS uuid[]), CAST(:accounts AS uuid[])) ON CONFLICT DO NOTHING"
)
_REWRITE = sa.text(
    "INSERT INTO roll (election_id, account_id, voted)"
    " SELECT :election, * FROM unnest(CAST(:accounts AS uuid[]), CAST(:voted AS boolean[]))"
)


class Rolls:
    """The rolls of all elections."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def enrolled(self, entries: Sequence[Entry]) -> dict[int, bool]:
        """The positions of those entries that are on a roll: these accounts may vote. The mark says who did, in an
        election that is over.
        """
        return {row.place - 1: row.voted for row in self._connection.execute(_ENROLLED, _arrays(entries))}

    def enrol(self, entries: Iterable[Entry]) -> None:
        """Note that these accounts may vote. In the order of the identifiers: not of who came first."""
        ordered = sorted(entries, key=lambda entry: (entry[0].int, entry[1].int))
        self._connection.execute(_ENROL, _arrays(ordered))

    def of(self, election_id: UUID) -> list[tuple[UUID, bool]]:
        """Everybody on an election's roll, with the mark."""
        query = sa.select(roll.c.account_id, roll.c.voted).where(roll.c.election_id == election_id)
        return [(row.account_id, row.voted) for row in self._connection.execute(query)]

    def rewrite(self, election_id: UUID, marked: Iterable[tuple[UUID, bool]]) -> None:
        """Write the whole roll anew, in the order of accounts: no row keeps a trace of when it was first made."""
        ordered = sorted(marked)
        self._connection.execute(sa.delete(roll).where(roll.c.election_id == election_id))
        self._connection.execute(_REWRITE, _marks(election_id, ordered))

    def elections_of(self, account_id: UUID) -> list[UUID]:
        """The elections on whose roll an account is."""
        return list(self._connection.scalars(sa.select(roll.c.election_id).where(roll.c.account_id == account_id)))

    def replace(self, entry: Entry, *, stand_in: UUID, voted: bool) -> None:
        """Put a meaningless identifier in the place of an account that no longer exists."""
        of_it = (roll.c.election_id == entry[0]) & (roll.c.account_id == entry[1])
        self._connection.execute(sa.delete(roll).where(of_it))
        self._connection.execute(insert(roll).values(election_id=entry[0], account_id=stand_in, voted=voted))


def _marks(election_id: UUID, marked: Sequence[tuple[UUID, bool]]) -> dict[str, object]:
    return {"election": election_id, "accounts": [one[0] for one in marked], "voted": [one[1] for one in marked]}


def _arrays(entries: Sequence[Entry]) -> dict[str, str]:
    return {"elections": uuids(entry[0] for entry in entries), "accounts": uuids(entry[1] for entry in entries)}
