"""The ballot box as the verifier sees it (§7): who may vote, which ballots came, which one counts for each credential.

It keeps one entry per voter and the digest of each ballot, never a ballot.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from belenios.archive.reader import Step
from belenios.ballots import read_ballot, tracker
from belenios.election import Election
from belenios.refusal import Check, Refused
from belenios.verifier.batches import Batch
from belenios.verifier.report import BallotReport

_BATCH_BYTES = 1_000_000
_BATCH_BALLOTS = 64


@dataclass(frozen=True, slots=True)
class Cast:
    """Where a ballot is: its number from 1, its event's height, its offset in the archive."""

    number: int
    height: int
    position: int


class Board:
    """Follows the ballots of an archive as they pass; `replaced` lists those that a later one supersedes."""

    def __init__(self, election: Election, weights: dict[str, int], wanted: str | None) -> None:
        self.replaced: list[tuple[int, int]] = []
        self.ballots = 0
        self._election = election
        self._weights = weights
        self._last: dict[str, Cast] = {}
        self._seen: set[bytes] = set()
        self._wanted = wanted
        self._found: tuple[str, Cast] | None = None
        self._successor: str | None = None
        self._start = self._common_start()

    @property
    def counted(self) -> int:
        """Number of ballots in the count: one for each credential that voted."""
        return len(self._last)

    @property
    def total_weight(self) -> int:
        """Total weight of the ballots in the count."""
        return sum(self._weights[credential] for credential in self._last)

    def batches(self, steps: Iterator[Step]) -> Iterator[Batch]:
        """Admit each ballot and group them; what came before a refusal is given out before it is raised."""
        batch: Batch = []
        size = 0
        try:
            for step in steps:
                data = step.records[0].data
                batch.append((data, self._admit(step)))
                size += len(data)
                if size > _BATCH_BYTES or len(batch) == _BATCH_BALLOTS:
                    yield batch
                    batch, size = [], 0
        except Refused:
            if batch:
                yield batch
            raise
        if batch:
            yield batch

    def _admit(self, step: Step) -> int:
        """Note a ballot; return its weight. Refused when it is there twice or its credential is not on the roll."""
        record = step.records[0]
        cast = Cast(self.ballots + 1, step.height, record.position)
        where = f"ballot {tracker(record.data)}"
        digest = sha256(record.data).digest()
        if digest in self._seen:
            raise Refused(Check.DUPLICATE, "the same ballot stands twice", where)
        credential = self._credential(record.data, where)
        if credential not in self._weights:
            raise Refused(Check.CREDENTIAL, "the credential is not on the roll", where)
        self._seen.add(digest)
        self.ballots = cast.number
        self._replace(credential, cast, tracker(record.data))
        return self._weights[credential]

    def _replace(self, credential: str, cast: Cast, name: str) -> None:
        before = self._last.get(credential)
        if before is not None:
            self.replaced.append((before.position, self._weights[credential]))
        if self._found and self._found[0] == credential:
            self._successor = name
        if name == self._wanted:
            self._found, self._successor = (credential, cast), None
        self._last[credential] = cast

    def _common_start(self) -> bytes:
        """All the ballots of an election have the same bytes before their credential."""
        election = self._election
        return (f'{{"election_uuid":"{election.uuid}","election_hash":"{election.fingerprint}","credential":"').encode()

    def _credential(self, data: bytes, where: str) -> str:
        """Find the credential without parsing the ballot, which is done, strictly, when it is checked."""
        start = len(self._start)
        end = data.find(b'"', start)
        if data.startswith(self._start) and end > 0:
            return data[start:end].decode("ascii", "replace")
        try:
            read_ballot(self._election, data)
        except Refused as refusal:
            raise refusal.at(where) from None
        raise Refused(Check.CANONICAL, "the ballot does not begin as it should", where)

    def explain(self) -> BallotReport:
        """Say what became of the wanted ballot; Refused when it is not in the box."""
        if self._found is None or self._wanted is None:
            raise Refused(Check.TRACKER, f"no ballot bears the tracker {self._wanted}")
        credential, cast = self._found
        return BallotReport(
            tracker=self._wanted,
            number=cast.number,
            height=cast.height,
            credential=credential,
            weight=self._weights[credential],
            counted=self._successor is None,
            replaced_by=self._successor,
        )
