"""Checking ballots in batches, in this process or in several, results in order.

A batch is a few hundred kilobytes of ballots with their weights; checking it gives its encrypted tally. What is not
yet checked is bounded, so the memory needed does not depend on the number of ballots.
"""

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache

from belenios.checking import check_ballots
from belenios.election import Election, read_election
from belenios.refusal import Refused
from belenios.tally import EncryptedTally, of_answers, product_of_batch, weighted

Batch = list[tuple[bytes, int]]

_WAITING_PER_PROCESS = 3


def check_batch(election: Election, batch: Batch) -> EncryptedTally:
    """Check every ballot of the batch and return the tally of all of them."""
    ballots = check_ballots(election, [data for data, _ in batch])
    return product_of_batch(
        election,
        [
            weighted(election.group, of_answers(ballot.answers), weight)
            for ballot, (_, weight) in zip(ballots, batch, strict=True)
        ],
    )


def check_batches(election: Election, batches: Iterable[Batch], jobs: int) -> Iterator[EncryptedTally]:
    """Check batches with so many processes; tallies in order, Refused for the first ballot that fails.

    A refusal raised by `batches` itself comes after the checks of all that it gave before.
    """
    _prepare(election)
    source = _Source(batches)
    if jobs == 1:
        yield from (check_batch(election, batch) for batch in source)
    else:
        yield from _check_in_processes(election, source, jobs)
    if source.refusal:
        raise source.refusal


class _Source:
    """Iterates over batches and keeps the refusal that ends them, if one does."""

    def __init__(self, batches: Iterable[Batch]) -> None:
        self.refusal: Refused | None = None
        self._batches = batches

    def __iter__(self) -> Iterator[Batch]:
        try:
            yield from self._batches
        except Refused as refusal:
            self.refusal = refusal


def _prepare(election: Election) -> None:
    election.group.prepare(election.group.generator)
    election.group.prepare(election.public_key)


@cache
def _election_of(data: bytes) -> Election:
    """In a worker: the election, read and prepared once."""
    election = read_election(data)
    _prepare(election)
    return election


def _work(election: bytes, batch: Batch) -> EncryptedTally:
    return check_batch(_election_of(election), batch)


def _check_in_processes(election: Election, batches: Iterable[Batch], jobs: int) -> Iterator[EncryptedTally]:
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
    waiting: deque[Future[EncryptedTally]] = deque()
    try:
        for batch in batches:
            waiting.append(pool.submit(_work, election.data, batch))
            if len(waiting) > jobs * _WAITING_PER_PROCESS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
