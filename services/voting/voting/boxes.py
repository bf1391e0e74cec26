"""The open ballot box: one ballot under each pseudonym, no time, no order but that of the pseudonyms."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from voting.arrays import bytes_, uuids
from voting.domain.secrecy import BoxKey, box_key
from voting.tables import box, box_salts

Place = tuple[UUID, bytes]
"""An election and a pseudonym."""


class KeyMismatch(RuntimeError):
    """The service's secret is not the one that an open box was made with: casting would let people vote twice."""


@dataclass(frozen=True, slots=True)
class Salt:
    """What the database holds of the key of an election's box; the other half is the service's secret."""

    election_id: UUID
    salt: bytes = field(repr=False)
    fingerprint: bytes

    def key(self, secret: bytes) -> BoxKey:
        """The key that the two halves make. Raises :class:`KeyMismatch` if the secret is not the one of this box."""
        key = box_key(secret, self.salt, self.election_id)
        if key.fingerprint() != self.fingerprint:
            raise KeyMismatch(str(self.election_id))
        return key


@dataclass(frozen=True, slots=True)
class Slip:
    """A ballot under its pseudonym, which is of one election only, with the hash of its receipt."""

    election_id: UUID
    pseudonym: bytes
    receipt_sha256: bytes
    ballot: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What the box did with the slips, by their pseudonyms: new, in the place of another, and for those that changed
    nothing the hash of the receipt that stands there."""

    recorded: set[bytes]
    replaced: set[bytes]
    standing: dict[bytes, bytes]


_PUT = sa.text(
    "INSERT INTO box AS kept (election_id, pseudonym, receipt_sha256, ballot)"
    " SELECT * FROM ROWS FROM (unnest(CAST(:elections AS uuid[])), unnest(CAST(:pseudonyms AS bytea[])),"
    " unnest(CAST(:receipts AS bytea[])), jsonb_array_elements_text(CAST(:ballots AS jsonb)))"
    " ON CONFLICT (election_id, pseudonym) DO UPDATE SET receipt_sha256 = excluded.receipt_sha256,"
    " ballot = excluded.ballot, superseded = kept.superseded || kept.receipt_sha256"
    " WHERE excluded.receipt_sha256 <> kept.receipt_sha256 AND excluded.receipt_sha256 <> ALL (kept.superseded)"
    " RETURNING pseudonym, cardinality(superseded) = 0 AS first"
)
_STANDING = sa.text(
    "SELECT election_id, pseudonym, receipt_sha256 FROM box"
    " JOIN unnest(CAST(:elections AS uuid[]), CAST(:pseudonyms AS bytea[])) AS asked (election_id, pseudonym)"
    " USING (election_id, pseudonym)"
)


class Boxes:
    """The boxes of all elections that are not counted yet."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def make(self, election_id: UUID, salt: bytes, key: BoxKey) -> None:
        """Set up the box of an election."""
        row = {"election_id": election_id, "salt": salt, "fingerprint": key.fingerprint()}
        self._connection.execute(insert(box_salts).values(row))

    def keys(self, secret: bytes, ids: Iterable[UUID]) -> dict[UUID, BoxKey]:
        """The keys of the boxes that exist. Raises :class:`KeyMismatch` if the secret is not theirs."""
        query = sa.select(box_salts).where(box_salts.c.election_id.in_(sorted(ids)))
        salts = [Salt(row.election_id, row.salt, row.fingerprint) for row in self._connection.execute(query)]
        return {one.election_id: one.key(secret) for one in salts}

    def put(self, slips: Iterable[Slip]) -> Kept:
        """Put slips of distinct pseudonyms into their boxes, in the order of the pseudonyms.

        A slip whose receipt its place has seen before changes nothing: it is the same cast again, perhaps late.
        """
        ordered = sorted(slips, key=lambda slip: slip.pseudonym)
        rows = self._connection.execute(_PUT, _columns(ordered)).all()
        first = {row.pseudonym: row.first for row in rows}
        rest = [(slip.election_id, slip.pseudonym) for slip in ordered if slip.pseudonym not in first]
        recorded = {pseudonym for pseudonym, is_first in first.items() if is_first}
        standing = {place[1]: receipt for place, receipt in self.standing(rest).items()}
        return Kept(recorded, first.keys() - recorded, standing)

    def standing(self, places: Sequence[Place]) -> dict[Place, bytes]:
        """The hashes of the receipts of the ballots that are at these places; nothing for an empty place."""
        if not places:
            return {}
        asked = {
            "elections": uuids(place[0] for place in places),
            "pseudonyms": bytes_(place[1] for place in places),
        }
        rows = self._connection.execute(_STANDING, asked)
        return {(row.election_id, row.pseudonym): row.receipt_sha256 for row in rows}

    def has_receipt(self, election_id: UUID, receipt_sha256: bytes) -> bool:
        """Whether the ballot of this receipt is in the box."""
        of_it = (box.c.election_id == election_id) & (box.c.receipt_sha256 == receipt_sha256)
        return self._connection.execute(sa.select(box.c.pseudonym).where(of_it)).first() is not None

    def pseudonyms(self, election_id: UUID) -> set[bytes]:
        """The places of an election that hold a ballot."""
        return set(self._connection.scalars(sa.select(box.c.pseudonym).where(box.c.election_id == election_id)))

    def destroy(self, election_id: UUID) -> None:
        """Empty the box and destroy its salt: from now on nothing leads from an account to a ballot."""
        self._connection.execute(sa.delete(box).where(box.c.election_id == election_id))
        self._connection.execute(sa.delete(box_salts).where(box_salts.c.election_id == election_id))


def _columns(slips: Sequence[Slip]) -> dict[str, str]:
    return {
        "elections": uuids(slip.election_id for slip in slips),
        "pseudonyms": bytes_(slip.pseudonym for slip in slips),
        "receipts": bytes_(slip.receipt_sha256 for slip in slips),
        "ballots": json.dumps([slip.ballot for slip in slips]),
    }
