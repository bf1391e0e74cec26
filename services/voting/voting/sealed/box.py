"""The box of sealed ballots as rows: received, then recorded in a batch of the board, or refused."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from voting.arrays import bytes_, uuids
from voting.domain.election import State
from voting.sealed.checks import ATTEMPTS, Reference
from voting.sealed.tables import sealed_ballots, sealed_boards, sealed_credentials, sealed_stuck
from voting.tables import elections


@dataclass(frozen=True, slots=True)
class Kept:
    """What the box knows of a ballot."""

    state: str
    reason: str
    batch: int | None
    receipt: bytes | None


@dataclass(frozen=True, slots=True)
class Cast:
    """A ballot with a valid token and signature, on its way into the box."""

    reference: Reference
    digest: bytes
    """SHA-256 of the credential's text."""
    credential: str
    ballot: str


@dataclass(frozen=True, slots=True)
class Poll:
    """Whether a sealed vote takes ballots."""

    state: State
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking a ballot's proofs said: nothing against it, or the check that failed; and its signed receipt."""

    reference: Reference
    refused: str = ""
    receipt: bytes = b""


_STATES = sa.text(
    "SELECT election_id, tracker, state, reason, batch, receipt FROM sealed_ballots"
    " JOIN unnest(CAST(:elections AS uuid[]), CAST(:trackers AS bytea[])) AS asked (election_id, tracker)"
    " USING (election_id, tracker)"
)
_WAITING = sa.text(
    "SELECT election_id, tracker, ballot FROM sealed_ballots"
    " JOIN unnest(CAST(:elections AS uuid[]), CAST(:trackers AS bytea[])) AS asked (election_id, tracker)"
    " USING (election_id, tracker) WHERE state = 'received'"
)
_RESERVE = sa.text(
    'INSERT INTO sealed_credentials AS known (election_id, digest, credential, casts, "window", casts_in_window)'
    " SELECT new.*, 1, CAST(:window AS bigint), 1 FROM ROWS FROM (unnest(CAST(:elections AS uuid[])),"
    " unnest(CAST(:digests AS bytea[])), jsonb_array_elements_text(CAST(:credentials AS jsonb))) AS new"
    ' ON CONFLICT (election_id, digest) DO UPDATE SET casts = known.casts + 1, "window" = excluded."window",'
    ' casts_in_window = CASE WHEN known."window" = excluded."window" THEN known.casts_in_window + 1 ELSE 1 END'
    ' WHERE known."window" IS DISTINCT FROM excluded."window" OR known.casts_in_window < :most'
    " RETURNING election_id, digest, casts"
)
_ADD = sa.text(
    'INSERT INTO sealed_ballots (election_id, tracker, digest, "cast", ballot)'
    " SELECT * FROM ROWS FROM (unnest(CAST(:elections AS uuid[])), unnest(CAST(:trackers AS bytea[])),"
    " unnest(CAST(:digests AS bytea[])), unnest(CAST(:casts AS integer[])),"
    " jsonb_array_elements_text(CAST(:ballots AS jsonb))) AS new"
    " ON CONFLICT (election_id, tracker) DO NOTHING RETURNING election_id, tracker"
)
_LOCK = sa.text(
    "SELECT known.digest FROM sealed_credentials AS known JOIN sealed_ballots AS ballot USING (election_id, digest)"
    " JOIN unnest(CAST(:elections AS uuid[]), CAST(:trackers AS bytea[])) AS asked (election_id, tracker)"
    " USING (election_id, tracker) ORDER BY known.election_id, known.digest FOR UPDATE OF known"
)
_RECORD = sa.text(
    "UPDATE sealed_ballots AS ballot SET state = 'recorded', batch = :batch, receipt = asked.receipt"
    " FROM unnest(CAST(:trackers AS bytea[]), CAST(:receipts AS bytea[])) AS asked (tracker, receipt)"
    " WHERE ballot.election_id = :election AND ballot.tracker = asked.tracker AND ballot.state = 'received'"
    " AND NOT EXISTS (SELECT FROM sealed_ballots AS later WHERE later.election_id = ballot.election_id"
    ' AND later.digest = ballot.digest AND later."cast" > ballot."cast" AND later.state = \'recorded\')'
    " RETURNING ballot.tracker"
)
_CLOSE = sa.text(
    "UPDATE sealed_ballots AS ballot SET state = asked.state, reason = asked.reason, ballot = NULL"
    " FROM ROWS FROM (unnest(CAST(:trackers AS bytea[])), jsonb_array_elements_text(CAST(:states AS jsonb)),"
    " jsonb_array_elements_text(CAST(:reasons AS jsonb))) AS asked (tracker, state, reason)"
    " WHERE ballot.election_id = :election AND ballot.tracker = asked.tracker AND ballot.state = 'received'"
)


class SealedBox:
    """The boxes of all sealed votes."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def open(self, election_id: UUID) -> None:
        """Set up the box of a vote that is frozen."""
        self._connection.execute(sa.insert(sealed_boards).values(election_id=election_id))

    def held_open(self, ids: Iterable[UUID]) -> dict[UUID, Poll]:
        """Whether these votes take ballots; none is closed until the transaction ends."""
        columns = [elections.c[name] for name in ("id", "state", "opens_at", "closes_at")]
        those = elections.c.id.in_(sorted(ids)) & (elections.c.secrecy == "sealed")
        query = sa.select(*columns).where(those).order_by(elections.c.id).with_for_update(read=True)
        rows = self._connection.execute(query)
        return {row.id: Poll(State(row.state), row.opens_at, row.closes_at) for row in rows}

    def states(self, references: Iterable[Reference]) -> dict[Reference, Kept]:
        """What is known of these ballots; unknown ones are left out."""
        rows = self._connection.execute(_STATES, _asked(list(references)))
        return {
            Reference(row.election_id, row.tracker): Kept(row.state, row.reason, row.batch, row.receipt) for row in rows
        }

    def add(self, casts: Sequence[Cast], *, window: int, most: int) -> set[Reference]:
        """Receive ballots of distinct credentials, unless ``most`` were received in this window; those received."""
        ordered = sorted(casts, key=lambda cast: (cast.reference.election_id, cast.digest))
        limits = {"window": window, "most": most}
        reserved = self._connection.execute(_RESERVE, _reservation(ordered) | limits).all()
        numbers = {(row.election_id, row.digest): row.casts for row in reserved}
        within = [cast for cast in ordered if (cast.reference.election_id, cast.digest) in numbers]
        if within:
            casts_ = [numbers[cast.reference.election_id, cast.digest] for cast in within]
            self._connection.execute(_ADD, _rows(within, casts_))
        return {cast.reference for cast in within}

    def waiting(self, references: Iterable[Reference]) -> dict[Reference, str]:
        """The ballots among these that wait to be checked."""
        rows = self._connection.execute(_WAITING, _asked(list(references)))
        return {Reference(row.election_id, row.tracker): row.ballot for row in rows}

    def all_waiting(self, limit: int) -> list[Reference]:
        """Ballots that wait to be checked, of any vote; not those whose check failed too often."""
        query = sa.select(sealed_ballots.c.election_id, sealed_ballots.c.tracker).select_from(
            sealed_ballots.outerjoin(sealed_stuck)
        )
        few = sa.func.coalesce(sealed_stuck.c.attempts, 0) < ATTEMPTS
        query = query.where(sealed_ballots.c.state == "received", few)
        return [Reference(row.election_id, row.tracker) for row in self._connection.execute(query.limit(limit))]

    def any_waiting(self, election_id: UUID) -> bool:
        """Whether a ballot of this vote waits to be checked."""
        those = (sealed_ballots.c.election_id == election_id) & (sealed_ballots.c.state == "received")
        return self._connection.execute(sa.select(sealed_ballots.c.tracker).where(those).limit(1)).first() is not None

    def drop_waiting(self, election_id: UUID) -> None:
        """Forget the ballots that wait, of a vote that is called off."""
        those = (sealed_ballots.c.election_id == election_id) & (sealed_ballots.c.state == "received")
        self._connection.execute(sa.delete(sealed_ballots).where(those))

    def batch_held_open(self, election_id: UUID) -> int:
        """The batch that is open; it is closed by nobody until the transaction ends."""
        query = sa.select(sealed_boards.c.open_batch).where(sealed_boards.c.election_id == election_id)
        return int(self._connection.execute(query.with_for_update(read=True)).scalar_one())

    def decide(self, election_id: UUID, batch: int, verdicts: Sequence[Verdict]) -> dict[bytes, str]:
        """Record the ballots that hold and whose voter has no later one there; the states of those decided now."""
        held = [one for one in verdicts if not one.refused]
        self._connection.execute(_LOCK, _asked([one.reference for one in held]))
        recorded = self._recorded(election_id, batch, held)
        states = {one.reference.tracker: _state(one, recorded) for one in verdicts}
        closed = [one for one in verdicts if one.reference.tracker not in recorded]
        self._connection.execute(_CLOSE, _closing(election_id, closed, states))
        return states

    def _recorded(self, election_id: UUID, batch: int, held: Sequence[Verdict]) -> set[bytes]:
        asked = {
            "election": election_id,
            "batch": batch,
            "trackers": bytes_(one.reference.tracker for one in held),
            "receipts": bytes_(one.receipt for one in held),
        }
        return set(self._connection.scalars(_RECORD, asked))

    def forget_windows(self, window: int) -> None:
        """Forget when credentials were last used, once it no longer limits them."""
        over = sealed_credentials.c.window < window
        self._connection.execute(sa.update(sealed_credentials).where(over).values(window=None, casts_in_window=0))


def _state(verdict: Verdict, recorded: set[bytes]) -> str:
    if verdict.refused:
        return "refused"
    return "recorded" if verdict.reference.tracker in recorded else "superseded"


def _asked(references: Sequence[Reference]) -> dict[str, str]:
    return {
        "elections": uuids(one.election_id for one in references),
        "trackers": bytes_(one.tracker for one in references),
    }


def _reservation(casts: Sequence[Cast]) -> dict[str, Any]:
    return {
        "elections": uuids(cast.reference.election_id for cast in casts),
        "digests": bytes_(cast.digest for cast in casts),
        "credentials": json.dumps([cast.credential for cast in casts]),
    }


def _rows(casts: Sequence[Cast], numbers: Sequence[int]) -> dict[str, Any]:
    return _asked([cast.reference for cast in casts]) | {
        "digests": bytes_(cast.digest for cast in casts),
        "casts": "{" + ",".join(map(str, numbers)) + "}",
        "ballots": json.dumps([cast.ballot for cast in casts]),
    }


def _closing(election_id: UUID, verdicts: Sequence[Verdict], states: dict[bytes, str]) -> dict[str, Any]:
    return {
        "election": election_id,
        "trackers": bytes_(one.reference.tracker for one in verdicts),
        "states": json.dumps([states[one.reference.tracker] for one in verdicts]),
        "reasons": json.dumps([one.refused for one in verdicts]),
    }
