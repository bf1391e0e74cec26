"""The sealed sum of a closed vote, and its archive: one pass over the board, never with all ballots in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import structlog
from belenios.archive.writer import ArchiveWriter
from belenios.ballots import read_ballot
from belenios.credentials import write_roll
from belenios.election import Election
from belenios.encoding import as_element
from belenios.tally import EncryptedTally, neutral, of_answers, product, product_of_batch, write_tally

from voting.resources import Resources
from voting.sealed.boards import OnBoard, Tally
from voting.sealed.chain import batch_hash
from voting.sealed.doors import booth_of
from voting.sealed.store import SealedElection

log = structlog.get_logger()
AT_ONCE = 200
PART_BYTES = 1_000_000


class BoardBrokenError(RuntimeError):
    """What is in the database is not what the board has published: nothing is counted."""


@dataclass(slots=True)
class Parts:
    """What the archive's writer writes to: gives out parts of about a megabyte."""

    written: int = 0
    _buffer: bytearray = field(default_factory=bytearray)

    def write(self, data: bytes, /) -> None:
        """Append."""
        self._buffer += data

    def full(self, *, rest: bool = False) -> list[bytes]:
        """The parts that are full, with the ``rest`` at the end; they are the caller's to keep."""
        parts = []
        while len(self._buffer) >= PART_BYTES or (rest and self._buffer):
            parts.append(bytes(self._buffer[:PART_BYTES]))
            del self._buffer[:PART_BYTES]
        return parts


@dataclass(slots=True)
class Chain:
    """Recomputes the board's chain from the ballots that are counted."""

    uuid: str
    parent: str = ""
    number: int = 0
    _batch: list[bytes] = field(default_factory=list)

    def follow(self, ballots: Sequence[OnBoard]) -> None:
        """Take up the next ballots of the board."""
        for one in ballots:
            if one.batch != self.number:
                self._close()
                self.number = one.batch
            self._batch.append(one.tracker)

    def end(self) -> tuple[int, str]:
        """The last batch and its hash."""
        self._close()
        return self.number, self.parent

    def _close(self) -> None:
        if self._batch:
            self.parent = batch_hash(self.uuid, self.number, self.parent, self._batch)
            self._batch = []


def tally(resources: Resources, election_id: UUID) -> None:
    """Write the archive up to the sealed sum. An interrupted count begins again from nothing."""
    with resources.uow() as tx:
        sealed = tx.sealed.get(election_id)
        tx.boards.forget_archive(election_id)
        date = int(tx.now.timestamp())
    if sealed is None or sealed.frozen is None:
        raise LookupError("no frozen sealed vote")
    count = Count(resources, sealed, booth_of(sealed.frozen.election_json), date)
    count.write_setup(sealed.frozen.trustees_json)
    count.write_ballots()
    count.write_sum()
    log.info("sealed_vote_tallied", election=str(election_id), counted=count.counted)


@dataclass(slots=True)
class Count:
    """One pass over a board."""

    resources: Resources
    sealed: SealedElection
    election: Election
    date: int
    counted: int = 0
    parts: Parts = field(default_factory=Parts)
    total: EncryptedTally = field(init=False)
    chain: Chain = field(init=False)
    writer: ArchiveWriter = field(init=False)

    def __post_init__(self) -> None:
        self.total = neutral(self.election)
        self.chain = Chain(self.sealed.uuid)
        self.writer = ArchiveWriter(self.parts, self.date)

    def write_setup(self, trustees: str) -> None:
        """Rules, trustees, and the credentials that voted."""
        with self.resources.uow() as tx:
            credentials = tx.boards.credentials(self.sealed.election_id)
        group = self.election.group
        roll = write_roll(group, {as_element(group, text): 1 for text in credentials})
        self.writer.setup(self.election.data, trustees.encode(), roll)
        self._keep()

    def write_ballots(self) -> None:
        """Every ballot of the board, in its order; what counts is added up."""
        for ballots in self._chunks():
            self.chain.follow(ballots)
            for one in ballots:
                self.writer.ballot(one.ballot.encode())
            counting = [one.ballot for one in ballots if one.counts]
            self.counted += len(counting)
            self.total = self.resources.apart(_added, self.election, self.total, counting)
            self._keep()
        self._require_the_board()
        self.writer.end_ballots()

    def write_sum(self) -> None:
        """The sealed sum, in the transaction that makes the archive readable."""
        data = write_tally(self.election.group, self.total)
        self.writer.encrypted_tally(data, self.counted, self.counted)
        position = self.writer.position
        done = Tally(data.decode(), self.counted, self.date, position.parent, position.height)
        with self.resources.uow() as tx:
            rest = self.parts.full(rest=True)
            tx.boards.add_parts(self.sealed.election_id, self.parts.written, rest)
            tx.boards.save_tally(self.sealed.election_id, done)

    def _chunks(self) -> Iterator[list[OnBoard]]:
        after = (0, 0, b"")
        while True:
            with self.resources.uow() as tx:
                ballots = tx.boards.next(self.sealed.election_id, after, AT_ONCE)
            if ballots:
                yield ballots
            if len(ballots) < AT_ONCE:
                return
            after = (ballots[-1].batch, ballots[-1].cast, ballots[-1].tracker)

    def _keep(self) -> None:
        parts = self.parts.full()
        if parts:
            with self.resources.uow() as tx:
                tx.boards.add_parts(self.sealed.election_id, self.parts.written, parts)
            self.parts.written += len(parts)

    def _require_the_board(self) -> None:
        with self.resources.uow() as tx:
            last = tx.boards.last(self.sealed.election_id)
        published = (last.number, last.hash) if last else (0, "")
        if self.chain.end() != published:
            raise BoardBrokenError(str(self.sealed.election_id))


def _added(election: Election, total: EncryptedTally, ballots: Sequence[str]) -> EncryptedTally:
    sums = [of_answers(read_ballot(election, text.encode()).answers) for text in ballots]
    return product(election, [total, product_of_batch(election, sums)]) if sums else total
