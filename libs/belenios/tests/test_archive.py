"""The archive is written and read byte for byte, as a stream, and a tally takes no more memory for more ballots."""

import gc
import tracemalloc
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from belenios.archive.reader import read_records, read_steps
from belenios.archive.record import encode
from belenios.archive.writer import ArchiveWriter
from belenios.ballots import read_ballot
from belenios.refusal import Check, Refused
from belenios.tally import EncryptedTally, of_answers, product
from belenios.testing.mutants import records_of, reseal, steps_of
from belenios.testing.trial import DATE, make_trial

from .conftest import QUESTIONS


def test_what_is_read_can_be_written_again_byte_for_byte(archive: bytes) -> None:
    assert b"".join(encode(name, data, DATE) for name, data in records_of(archive)) == archive
    assert reseal(steps_of(archive), DATE) == archive


def test_the_published_archives_too(vectors: Path) -> None:
    for path in sorted((vectors / "good").glob("*.bel")):
        data = path.read_bytes()
        date = int(data[136:147], 8)
        assert reseal(steps_of(data), date) == data


def test_events_out_of_order_are_not_written() -> None:
    writer = ArchiveWriter(BytesIO(), DATE)
    for attempt in (writer.end_ballots, lambda: writer.ballot(b"{}"), lambda: writer.result(b"{}")):
        with pytest.raises(ValueError, match="cannot follow"):
            attempt()
    with pytest.raises(ValueError, match="octal"):
        ArchiveWriter(BytesIO(), 8**11)


@pytest.mark.parametrize("end", [1, 100, 511, 512, 513, 1023, -1, -511, -512, -700])
def test_a_cut_archive_is_refused(archive: bytes, end: int) -> None:
    with pytest.raises(Refused) as refusal:
        list(read_steps(BytesIO(archive[:end])))
    assert refusal.value.check in (Check.TAR, Check.STRAY)


@pytest.mark.parametrize(
    ("position", "value"),
    [(124, b"-0000000001"), (124, b"00000000 46"), (124, b"0o000000046"), (136, b"+5301043027"), (100, b"0000600")],
)
def test_a_header_that_says_the_same_otherwise_is_refused(archive: bytes, position: int, value: bytes) -> None:
    changed = archive[:position] + value + archive[position + len(value) :]
    with pytest.raises(Refused):
        list(read_records(BytesIO(changed)))


def test_a_size_beyond_the_file_is_refused_without_being_allocated() -> None:
    first = encode("BELENIOS", b"x", DATE)[:512]
    huge = first[:124] + b"77777777777" + first[135:]
    tracemalloc.start()
    try:
        with pytest.raises(Refused):
            list(read_records(BytesIO(huge)))
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_the_tally_needs_the_same_memory_for_ten_times_the_ballots() -> None:
    """In a field; on the curve a bounded number of decoded points is remembered besides."""
    trial = make_trial("BELENIOS-2048", QUESTIONS[:1], [(1, 1)], [1])
    data = trial.vote(0, [[1, 0]])

    def ballots(count: int) -> Iterator[EncryptedTally]:
        for number in range(count):
            if number % 10 == 0:
                gc.collect()
            yield of_answers(read_ballot(trial.election, data).answers)

    def peak(count: int) -> int:
        tracemalloc.start()
        try:
            product(trial.election, ballots(count))
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)
    assert peak(200) < peak(20) + len(data)


def test_reading_keeps_one_event_in_memory() -> None:
    roll = b'["' + b"x" * 1000 + b'"]'
    stream = BytesIO()
    writer = ArchiveWriter(stream, DATE)
    writer.setup(b"{}", b"[]", roll)
    for number in range(300):
        writer.ballot(b'{"n":"' + str(number).zfill(20_000).encode() + b'"}')
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_steps(stream)) == 301
        assert tracemalloc.get_traced_memory()[1] < 400_000
    finally:
        tracemalloc.stop()
