"""The voting service's transaction, and elections as rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row
from chassis.database import UnitOfWork as AnyUnitOfWork
from chassis.event_log import EventLog

from voting.boxes import Boxes, Salt
from voting.decisions import Decisions
from voting.domain.election import Election, State
from voting.domain.rules import Rules, sha256
from voting.domain.rules_text import canonical, from_document, to_document
from voting.results import Results
from voting.rolls import Rolls
from voting.sealed.boards import Boards
from voting.sealed.box import SealedBox
from voting.sealed.store import SealedElections
from voting.tables import box_salts, elections, rules_versions


@dataclass(frozen=True, slots=True)
class Poll:
    """As much of an election as casting needs; its rules are found by ``id`` and ``version``."""

    id: UUID
    state: State
    version: int
    opens_at: datetime
    closes_at: datetime
    salt: Salt | None
    """Of its box, if there is one."""


class Elections:
    """Elections and the published versions of their rules."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, election: Election) -> bool:
        """Add a new one. ``False`` if its identifier or its slug is taken."""
        statement = sa.dialects.postgresql.insert(elections).values(id=election.rules.election_id, **_columns(election))
        added = self._connection.execute(statement.on_conflict_do_nothing().returning(elections.c.id))
        return added.first() is not None

    def save(self, election: Election) -> None:
        """Write what changed."""
        of_it = elections.c.id == election.rules.election_id
        self._connection.execute(sa.update(elections).where(of_it).values(**_columns(election)))

    def get(self, election_id: UUID) -> Election | None:
        """The election of that identifier."""
        return self._first(sa.select(elections).where(elections.c.id == election_id))

    def lock(self, election_id: UUID) -> Election | None:
        """The election, changed by nobody else until the transaction ends: it waits for ballots on their way."""
        return self._first(sa.select(elections).where(elections.c.id == election_id).with_for_update())

    def named(self, reference: str) -> Election | None:
        """The election of that identifier or slug."""
        return self._first(sa.select(elections).where(is_named(reference)))

    def slug_taken(self, slug: str, *, by_other_than: UUID) -> bool:
        """Whether another election has this slug."""
        query = sa.select(elections.c.id).where(elections.c.slug == slug, elections.c.id != by_other_than)
        return self._connection.execute(query).first() is not None

    def publish_rules(self, election: Election, *, notice: str, by: UUID, at: datetime) -> str:
        """Write the rules' present version for ever; their SHA-256."""
        text = canonical(election.rules, election.version)
        row = {
            "election_id": election.rules.election_id,
            "version": election.version,
            "canonical": text,
            "sha256": sha256(text),
            "notice": notice,
            "published_at": at,
            "published_by": by,
        }
        self._connection.execute(sa.insert(rules_versions).values(row))
        return sha256(text)

    def versions(self, election_id: UUID) -> Sequence[Row]:
        """The published versions, the first first."""
        of_it = rules_versions.c.election_id == election_id
        return self._connection.execute(sa.select(rules_versions).where(of_it).order_by(rules_versions.c.version)).all()

    def due(self, now: datetime) -> list[UUID]:
        """The elections that the calendar or an unfinished count may ask something of."""
        frozen = elections.c.state.in_([State.ANNOUNCED.value, State.OPEN.value])
        moment = sa.or_(
            elections.c.closes_at <= now, (elections.c.state == State.ANNOUNCED.value) & (elections.c.opens_at <= now)
        )
        due = sa.or_(elections.c.state == State.CLOSED.value, frozen & moment)
        return list(self._connection.scalars(sa.select(elections.c.id).where(due).order_by(elections.c.closes_at)))

    def polls_held_open(self, ids: Iterable[UUID]) -> dict[UUID, Poll]:
        """As much of these open elections as casting needs; none is closed or changed until the transaction ends."""
        query = _poll_query(ids).where(elections.c.secrecy == "open").order_by(elections.c.id)
        query = query.with_for_update(read=True, of=elections)
        return {row.id: _poll(row) for row in self._connection.execute(query)}

    def polls(self, ids: Iterable[UUID]) -> dict[UUID, Poll]:
        """As much of these elections, open or sealed, as tells who may vote and who did."""
        return {row.id: _poll(row) for row in self._connection.execute(_poll_query(ids))}

    def rules(self, election_id: UUID) -> Rules:
        """The rules in force of an election that exists."""
        query = sa.select(elections.c.rules).where(elections.c.id == election_id)
        return from_document(self._connection.execute(query).scalar_one())

    def note_turnout(self, now: datetime) -> None:
        """Count the open boxes, for the figures that are shown."""
        self._connection.execute(_TURNOUT, {"now": now})

    def _first(self, query: sa.Select[Any]) -> Election | None:
        row = self._connection.execute(query).first()
        if row is None:
            return None
        return Election(from_document(row.rules), State(row.state), row.version, row.ended_because)


_TURNOUT = sa.text(
    "UPDATE elections SET ballots = (SELECT count(*) FROM box WHERE box.election_id = elections.id),"
    " ballots_counted_at = :now WHERE state = 'open' AND secrecy = 'open'"
)


def is_named(reference: str) -> sa.ColumnElement[bool]:
    """The condition that an election has this identifier or slug."""
    try:
        return sa.or_(elections.c.id == UUID(reference), elections.c.slug == reference)
    except ValueError:
        return elections.c.slug == reference


def _poll_query(ids: Iterable[UUID]) -> sa.Select[Any]:
    columns = (elections.c[name] for name in ("id", "state", "version", "opens_at", "closes_at"))
    joined = elections.outerjoin(box_salts, box_salts.c.election_id == elections.c.id)
    query = sa.select(*columns, box_salts.c.salt, box_salts.c.fingerprint).select_from(joined)
    return query.where(elections.c.id.in_(sorted(ids)))


def _poll(row: Row) -> Poll:
    salt = None if row.salt is None else Salt(row.id, row.salt, row.fingerprint)
    return Poll(row.id, State(row.state), row.version, row.opens_at, row.closes_at, salt)


def _columns(election: Election) -> dict[str, Any]:
    rules = election.rules
    return {
        "slug": rules.slug,
        "campaign": rules.campaign,
        "secrecy": "sealed" if rules.sealed else "open",
        "perimeter": rules.perimeter,
        "state": election.state.value,
        "version": election.version,
        "rules": to_document(rules),
        "opens_at": rules.opens_at,
        "closes_at": rules.closes_at,
        "ended_because": election.ended_because,
    }


@dataclass(slots=True)
class Transaction:
    """Everything that a use case works with; committed or undone as a whole."""

    connection: sa.Connection
    now: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    elections: Elections = field(init=False)
    rolls: Rolls = field(init=False)
    boxes: Boxes = field(init=False)
    results: Results = field(init=False)
    decisions: Decisions = field(init=False)
    sealed: SealedElections = field(init=False)
    box: SealedBox = field(init=False)
    boards: Boards = field(init=False)
    events: EventLog = field(init=False)

    def __post_init__(self) -> None:
        self.elections = Elections(self.connection)
        self.rolls = Rolls(self.connection)
        self.boxes = Boxes(self.connection)
        self.results = Results(self.connection)
        self.decisions = Decisions(self.connection)
        self.sealed = SealedElections(self.connection)
        self.box = SealedBox(self.connection)
        self.boards = Boards(self.connection)
        self.events = EventLog(self.connection)

    def wait_long(self) -> None:
        """Let this transaction alone stay open while something long is computed."""
        self.connection.execute(sa.text("SET LOCAL idle_in_transaction_session_timeout = '1h'"))


UnitOfWork = AnyUnitOfWork[Transaction]
