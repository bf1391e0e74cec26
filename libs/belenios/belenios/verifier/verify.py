"""The verification itself, in the order of the archive (§13). Stops at the first thing that does not hold."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

from belenios.archive.events import Kind, read_owned, read_sized
from belenios.archive.reader import Step, read_at, read_steps
from belenios.ballots import read_ballot
from belenios.credentials import read_roll
from belenios.decryption import Factors, check_decryption, check_result, combine, read_result
from belenios.election import Election, read_election
from belenios.encoding import short_digest
from belenios.refusal import Check, Refused, require
from belenios.tally import (
    EncryptedTally,
    inverse,
    of_answers,
    product,
    read_tally,
    weighted,
    write_tally,
)
from belenios.trustees import check_trustees, decryption_keys, read_trustees
from belenios.verifier.batches import check_batches
from belenios.verifier.board import Board
from belenios.verifier.continuity import check_continuity
from belenios.verifier.report import Report

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of the verifier beside the archive itself.

    `jobs` processes check ballots; `unfinished` admits an archive that stops before its result; `ballot` is a tracker
    to explain; `previous` an earlier copy that must be the beginning of this one; `progress` is called with bytes
    done.
    """

    jobs: int = 1
    unfinished: bool = False
    ballot: str | None = None
    previous: Path | None = None
    progress: Callable[[int], object] | None = None


def verify(path: Path, request: Request | None = None) -> Report:
    """Verify an archive; the report says whether everything held, and if not, what failed first."""
    asked = request or Request()
    report = Report(file=path.name, size=path.stat().st_size)
    try:
        with path.open("rb") as stream:
            _Verification(stream, asked, report).run()
        if asked.previous:
            report.previous = check_continuity(asked.previous, path)
        report.accepted = True
    except Refused as refusal:
        report.refusal = refusal
    return report


class _Verification:
    """The state of one verification; each method treats one kind of event and counts what it checked."""

    def __init__(self, stream: BinaryIO, request: Request, report: Report) -> None:
        self._stream = stream
        self._request = request
        self._report = report
        self._count = report.checks
        self._steps = self._counted(read_steps(stream))
        self._partials: dict[int, Factors] = {}

    def run(self) -> None:
        """Go through the archive from beginning to end."""
        setup = next(self._steps, None)
        if setup is None:
            raise Refused(Check.UNFINISHED, "the archive has no election")
        self._open(setup)
        totals = self._ballots()
        for step in self._steps:
            if step.kind is Kind.ENCRYPTED_TALLY:
                self._encrypted_tally(step, totals)
            elif step.kind is Kind.PARTIAL_DECRYPTION:
                self._partial_decryption(step)
            elif step.kind is Kind.RESULT:
                self._result(step)
        finished = self._report.finished or self._request.unfinished
        require(finished, Check.UNFINISHED, "the archive stops before the result")
        if self._request.ballot:
            self._report.ballot = self._board.explain()

    def _counted(self, steps: Iterator[Step]) -> Iterator[Step]:
        """Count records and report progress as events pass."""
        self._report.records = 1
        for step in steps:
            self._report.records += len(step.records) + 1
            self._count["records"] = self._report.records
            self._count["events"] += 1
            if self._request.progress:
                self._request.progress(step.end)
            yield step

    def _open(self, step: Step) -> None:
        """Check the rules, the trustees, the election's key, and the roll."""
        election_data, trustees_data, roll, _ = (record.data for record in step.records)
        self._election = _located("election.json", lambda: read_election(election_data))
        self._report.election = self._election
        group = self._election.group
        self._trustees = _located("trustees.json", lambda: read_trustees(group, trustees_data))
        key = _located("trustees.json", lambda: check_trustees(group, self._trustees))
        require(key == self._election.public_key, Check.ELECTION_KEY, "the trustees' keys do not make the election's")
        weights = _located("public_creds.json", lambda: read_roll(group, roll))
        self._board = Board(self._election, weights, self._request.ballot)
        self._report.voters = len(weights)
        self._report.fingerprints = {"election": self._election.fingerprint, "voters": short_digest(roll)}
        self._keys = decryption_keys(self._trustees)
        self._report.trustee_fingerprints = [short_digest(group.text(key).encode()) for key in self._keys]
        self._count.update({"questions": len(self._election.questions), "credentials": len(weights)})
        self._count["trustees"] = len(self._keys)

    def _ballots(self) -> EncryptedTally:
        """Check all the ballots; return the tally of those that count."""
        ballots = self._until_end_of_ballots()
        tallies = check_batches(self._election, self._board.batches(ballots), self._request.jobs)
        total = product(self._election, self._count_checked(tallies))
        without = (self._superseded(position, weight) for position, weight in self._board.replaced)
        total = product(self._election, (part for parts in ([total], without) for part in parts))
        self._report.ballots = self._board.ballots
        self._report.counted = self._board.counted
        self._report.total_weight = self._board.total_weight
        return total

    def _count_checked(self, tallies: Iterator[EncryptedTally]) -> Iterator[EncryptedTally]:
        yield from tallies
        proofs = sum(_proofs(self._election))
        self._count["ballots"] = self._board.ballots
        self._count["ballot proofs"] = self._board.ballots * proofs

    def _until_end_of_ballots(self) -> Iterator[Step]:
        for step in self._steps:
            if step.kind is not Kind.BALLOT:
                return
            yield step

    def _superseded(self, position: int, weight: int) -> EncryptedTally:
        """What to multiply by to take out a ballot that a later one replaces."""
        group = self._election.group
        ballot = read_ballot(self._election, read_at(self._stream, position))
        return inverse(group, weighted(group, of_answers(ballot.answers), weight))

    def _encrypted_tally(self, step: Step, totals: EncryptedTally) -> None:
        data, sized_data = (record.data for record in step.records)
        sized = read_sized(sized_data)
        tally = _located("encrypted tally", lambda: read_tally(self._election, data))
        same = data == write_tally(self._election.group, totals)
        require(same and tally == totals, Check.TALLY, "not the product of the counted ballots")
        board = self._board
        require(
            sized.num_tallied == board.counted, Check.TALLY, f"{board.counted} ballots count, not as many as it says"
        )
        require(sized.total_weight == board.total_weight, Check.TALLY, f"the total weight is {board.total_weight}")
        self._tally = tally
        self._count["tally cells"] = sum(map(len, tally))

    def _partial_decryption(self, step: Step) -> None:
        data, owned_data = (record.data for record in step.records)
        owner = read_owned(owned_data).owner
        require(owner <= len(self._keys), Check.OWNER, f"there is no trustee {owner}")
        require(owner not in self._partials, Check.OWNER, f"trustee {owner} decrypted twice")
        key = self._keys[owner - 1]
        self._partials[owner] = _located(
            f"partial decryption of trustee {owner}", lambda: check_decryption(self._election, self._tally, key, data)
        )
        self._count["partial decryptions"] += 1
        self._count["decryption proofs"] += sum(map(len, self._tally))

    def _result(self, step: Step) -> None:
        group, trustees = self._election.group, self._trustees
        opened = combine(group, trustees, self._partials)
        result = _located("result", lambda: read_result(step.records[0].data))
        check_result(group, self._tally, opened, self._board.total_weight, result)
        self._report.result = result
        self._report.finished = True
        self._count["result cells"] = sum(map(len, result))


def _proofs(election: Election) -> Iterator[int]:
    """Number of proofs of each answer of a ballot, and one for its signature."""
    yield 1
    for question in election.questions:
        yield question.ciphertexts + 1 + bool(question.blank)


def _located(record: str, read: Callable[[], T]) -> T:
    try:
        return read()
    except Refused as refusal:
        raise refusal.at(record) from None
