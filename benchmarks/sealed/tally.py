"""A hundred thousand sealed ballots, closed and added up by the product: how long, and in how much memory.

    .venv/bin/python -m benchmarks.sealed.tally [--ballots 100000] [--pool 5000]

The ballots of a pool are sealed; each is put on the board for several voters, every time with another credential and
so with another tracker. The count does the same work for each as for a ballot of its own: it reads it, follows the
board's chain, decodes and multiplies every ciphertext (the points of the pool are more than it remembers) and writes
it into the archive. What it does not do, with any ballot, is to check proofs: that was done when it was cast, and is
measured by `benchmarks.sealed.casting`. The proofs of a repeated ballot are those of the first credential, so that
nobody could verify this archive. The sum is opened by a trustee and compared with what was sealed.
Writes the table between the marks of docs/performance-sealed.md.
"""

import argparse
import os
import platform
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from itertools import cycle
from pathlib import Path
from time import monotonic, sleep

import sqlalchemy as sa
from belenios.ceremony import decryption_key
from belenios.credentials import derive, new_credential, public_credential
from belenios.decryption import decrypt
from belenios.election import read_election
from belenios.sealing import seal
from belenios.tally import read_tally
from contracts.voting import CLOSE_ELECTION, GET_RESULT, CloseElection, ElectionRef
from contracts.voting.sealed import SEND_TRUSTEE_MESSAGE, Phase, SendTrusteeMessage, Step
from tqdm import tqdm
from voting.sealed.boards import Batch, Boards
from voting.sealed.chain import batch_hash
from voting.sealed.tables import sealed_ballots, sealed_credentials

from benchmarks.sealed.casting import PAGE, SMALL, Shape, town
from services.voting.tests.integration.sealed_suite import Suite, Vote

BEGIN, END = "<!-- tally -->\n", "<!-- end of tally -->\n"
BATCH, CHUNK = 1_000, 50
RECEIPT = bytes(64)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A ballot, the credential that it was sealed for, and what is in it."""

    credential: str
    ballot: str
    bits: tuple[int, ...]

    def of(self, credential: str) -> "Sealed":
        """The same for somebody else."""
        return Sealed(credential, self.ballot.replace(self.credential, credential, 1), self.bits)


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds, bytes, and megabytes of the largest process of the service before the closing and after the count."""

    tally: float
    archive: int
    memory: tuple[float, float]
    equal: bool


def choices(shape: Shape, number: int) -> tuple[int, ...]:
    """What a voter chooses: none to as many as are allowed, in turn."""
    chosen = {(number + n) % shape.projects for n in range(number % (shape.choices + 1))}
    return tuple(int(n in chosen) for n in range(shape.projects))


def sealed(start: int, election_json: bytes, shape: Shape, many: int) -> list[Sealed]:
    """Some ballots."""
    election = read_election(election_json)
    made = []
    for number in range(start, start + many):
        secret = derive(election.group, election.uuid, new_credential())
        bits = choices(shape, number)
        credential = election.group.text(public_credential(election.group, secret))
        made.append(Sealed(credential, seal(election, secret, [bits]).decode(), bits))
    return made


def pooled(vote: Vote, shape: Shape, pool: int) -> list[Sealed]:
    """The ballots of the pool, sealed in as many processes as there are cores."""
    one = partial(sealed, election_json=vote.election.data, shape=shape, many=CHUNK)
    with ProcessPoolExecutor() as workers:
        parts = tqdm(workers.map(one, range(0, pool, CHUNK)), desc="sealing", total=pool // CHUNK, mininterval=10)
        return [each for part in parts for each in part]


def batches(vote: Vote, pool: Sequence[Sealed], ballots: int) -> Iterator[list[Sealed]]:
    """The ballots in the order of the board, a batch at a time, each for a credential of its own."""
    group, uuid = vote.election.group, vote.election.uuid
    around = cycle(pool)
    for start in tqdm(range(0, ballots, BATCH), desc="batches recorded", mininterval=10):
        credentials = (
            group.text(public_credential(group, derive(group, uuid, new_credential())))
            for _ in range(min(BATCH, ballots - start))
        )
        yield [next(around).of(credential) for credential in credentials]


def record(suite: Suite, vote: Vote, made: Sequence[Sealed], batch: Batch) -> Batch:
    """Put a batch on the board and close it; the batch as it is then. ``batch`` is the one before."""
    election_id, number = vote.drafted.id, batch.number + 1
    credentials, rows = [], []
    for one in made:
        digest = sha256(one.credential.encode()).digest()
        known = {"election_id": election_id, "digest": digest}
        credentials.append({**known, "credential": one.credential, "casts": 1, "casts_in_window": 0})
        tracker = sha256(one.ballot.encode()).digest()
        kept = {"tracker": tracker, "ballot": one.ballot, "cast": 1, "state": "recorded"}
        rows.append({**known, **kept, "batch": number, "receipt": RECEIPT})
    with suite.database.transaction() as connection:
        connection.execute(sa.insert(sealed_credentials), credentials)
        connection.execute(sa.insert(sealed_ballots), rows)
        boards = Boards(connection)
        chained = batch_hash(vote.election.uuid, number, batch.hash, boards.trackers(election_id, number))
        closed = Batch(number, batch.hash, chained, batch.ballots + len(made))
        boards.close_batch(election_id, closed)
    return closed


def measure(suite: Suite, shape: Shape, ballots: int, pool: int) -> Measured:
    """Fill the board, close the vote, open its sum."""
    vote = suite.open_vote(trustees=2, threshold=1, **shape.content())
    expected: Counter[str] = Counter()
    last = Batch(0, "", "", 0)
    for made in batches(vote, pooled(vote, shape, pool), ballots):
        last = record(suite, vote, made, last)
        expected.update(f"p{n}" for one in made for n, bit in enumerate(one.bits) if bit)
    memory = partial(peak, suite.runner.processes["voting"].pid)
    before = memory()
    request = CloseElection(id=vote.drafted.id, reason="Tout le monde a voté.")
    suite.client.call(CLOSE_ELECTION, request, context=suite.manager(), deadline=60)
    tally = until(suite, vote, Phase.DECRYPTING)
    after = memory()
    open_sum(suite, vote)
    result = suite.client.call(GET_RESULT, ElectionRef(election=str(vote.drafted.id)), deadline=30)
    counted = Counter({one.candidate_id: one.votes or 0 for one in result.ranking})
    archive = suite.scalar("SELECT sum(octet_length(data)) FROM sealed_archives")
    return Measured(tally, int(archive), (before, after), counted == expected and result.ballots == ballots)


def open_sum(suite: Suite, vote: Vote) -> None:
    """A trustee opens the sum as it is: without verifying the archive, which could not be."""
    view, group = suite.look(vote.drafted.id), vote.election.group
    certificates = [(one.certificate or "").encode() for one in view.trustees]
    own = (view.trustees[0].key or "").encode()
    secret = decryption_key(group, vote.trustees.seeds[0], certificates, own)
    tally = read_tally(vote.election, str(suite.scalar("SELECT tally FROM sealed_tallies")).encode())
    message = decrypt(vote.election, tally, secret).decode()
    code, step = vote.trustees.codes[0], Step.DECRYPTION
    sent = SendTrusteeMessage(election_id=vote.drafted.id, place=1, code=code, step=step, message=message)
    suite.client.call(SEND_TRUSTEE_MESSAGE, sent, deadline=60)
    until(suite, vote, Phase.PUBLISHED)


def until(suite: Suite, vote: Vote, phase: Phase) -> float:
    """The seconds until the vote is in this phase."""
    began = monotonic()
    while suite.look(vote.drafted.id).phase is not phase:
        sleep(0.5)
    return monotonic() - began


def peak(pid: int) -> float:
    """The largest memory, in megabytes, that this process or one of its children has ever held."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    found = [Path(f"/proc/{one}/status").read_text() for one in (pid, *children)]
    return max(int(re.search(r"VmHWM:\s+(\d+)", text)[1]) for text in found) / 1024  # type: ignore[index]


def table(ballots: int, pool: int) -> str:
    """The measurement, as a table."""
    with town(0) as suite:
        found = measure(suite, SMALL, ballots, pool)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    before, peaked = found.memory
    rows = [
        ("ballots on the board", f"{ballots:,}, of which {min(ballots, pool):,} sealed apart"),
        ("from the closing to the encrypted sum and its archive", f"**{found.tally:.0f} s**"),
        ("for a ballot", f"{1000 * found.tally / ballots:.2f} ms"),
        ("memory of the counting process before the closing, and at most", f"{before:.0f} MB, **{peaked:.0f} MB**"),
        ("the archive", f"{found.archive / 1e6:.0f} MB"),
        ("the result is that of a plain count", "yes" if found.equal else "**NO**"),
    ]
    lines = [f"Measured {datetime.now(UTC):%Y-%m-%d} on {machine}, ballots of {SMALL.name} on Ed25519.", ""]
    lines += ["| what | |", "|---|---|", *(f"| {what} | {value} |" for what, value in rows)]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ballots", type=int, default=100_000)
    parser.add_argument("--pool", type=int, default=5_000, help=f"a multiple of {CHUNK}")
    options = parser.parse_args(arguments)
    measured = table(options.ballots, options.pool)
    sys.stdout.write(measured)
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    PAGE.write_text(before + BEGIN + measured + END + rest.partition(END)[2], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
