"""The memory of anonymous reads: what many want is made once, nobody waits for a renewal or gets an old answer."""

import gzip
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from threading import Event

import pytest
from gateway.http.caching import GRACE, Kept, Memory

SOON = 30
"""Seconds after which a test that waits has failed."""


@dataclass
class Clock:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def memory(clock: Clock) -> Memory:
    return Memory(size=2, now=clock)


def keep(memory: Memory, body: bytes, key: str = "page", max_age: int = 10) -> Kept:
    return memory.keep(key, body, "text/html", max_age)


def never() -> None:
    raise AssertionError("nothing is to be renewed")


def test_an_answer_is_good_for_as_long_as_it_was_kept(memory: Memory, clock: Clock) -> None:
    assert memory.find("page", never) is None
    kept = keep(memory, b"one")
    clock.now += 9.9
    assert memory.find("page", never) is kept


def test_when_it_is_over_it_is_made_anew_once_and_no_reader_waits(memory: Memory, clock: Clock) -> None:
    kept = keep(memory, b"one")
    clock.now += 10
    may, done = Event(), Event()

    def renew() -> None:
        assert may.wait(SOON)
        keep(memory, b"two")
        done.set()

    assert memory.find("page", renew) is memory.find("page", never) is kept
    may.set()
    assert done.wait(SOON)
    found = memory.find("page", never)
    assert found is not None
    assert found.body == b"two"


def test_after_a_renewal_that_failed_another_is_begun(memory: Memory, clock: Clock) -> None:
    kept = keep(memory, b"one")
    clock.now += 10
    tried = Event()

    def renew() -> None:
        tried.set()
        raise ConnectionError

    assert memory.find("page", renew) is kept
    assert tried.wait(SOON)
    tried.clear()
    with memory.alone("page") as found:  # waits for the one that failed
        assert found is kept
    assert memory.find("page", renew) is kept
    assert tried.wait(SOON)


@pytest.mark.parametrize(("max_age", "given"), [(1, 1.0), (2, GRACE), (60, GRACE)])
def test_nobody_gets_an_answer_that_is_over_for_long(memory: Memory, clock: Clock, max_age: int, given: float) -> None:
    keep(memory, b"one", max_age=max_age)
    clock.now += max_age + given
    assert memory.find("page", never) is None


def at_once(readers: ThreadPoolExecutor, memory: Memory, make: Callable[[], Kept | None]) -> list[Future[Kept | None]]:
    """Ten who want what is not there."""

    def read() -> Kept | None:
        with memory.alone("page") as kept:
            return kept or make()

    return [readers.submit(read) for _ in range(10)]


def test_what_many_want_at_once_is_made_once(memory: Memory) -> None:
    may, made = Event(), list[Kept]()

    def make() -> Kept:
        assert may.wait(SOON)
        made.append(keep(memory, b"one"))
        return made[-1]

    with ThreadPoolExecutor(10) as readers:
        asked = at_once(readers, memory, make)
        may.set()
        answers = [one.result(SOON) for one in asked]
    assert len(made) == 1
    assert all(answer is made[0] for answer in answers)


def test_what_cannot_be_kept_everybody_makes_for_themselves(memory: Memory) -> None:
    made: list[None] = []
    with ThreadPoolExecutor(10) as readers:
        for one in at_once(readers, memory, lambda: made.append(None)):
            one.result(SOON)
    assert len(made) == 10


def test_whoever_fails_leaves_the_place_to_the_next(memory: Memory) -> None:
    with suppress(ConnectionError), memory.alone("page"):
        raise ConnectionError
    with memory.alone("page") as kept:
        assert kept is None


def test_an_answer_is_packed_when_somebody_wants_it_so(memory: Memory) -> None:
    kept = keep(memory, b"one")
    assert gzip.decompress(kept.packed()) == b"one"
    assert kept.packed() is kept.packed()


def test_the_oldest_go_first(memory: Memory) -> None:
    for key in ("a", "b", "c"):
        keep(memory, b"x", key)
    assert memory.find("a", never) is None
    assert memory.find("c", never) is not None
