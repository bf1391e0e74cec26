"""The memory of anonymous reads: one reader renews an answer, the others do not wait, and nobody gets an old one."""

from dataclasses import dataclass

import pytest
from gateway.http.caching import PATIENCE, Kept, Memory


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


def test_an_answer_is_good_for_as_long_as_it_was_kept(memory: Memory, clock: Clock) -> None:
    assert memory.find("page") is None
    kept = keep(memory, b"one")
    clock.now += 9.9
    assert memory.find("page") is kept


def test_when_it_is_over_the_first_reader_renews_it_and_the_others_do_not_wait(memory: Memory, clock: Clock) -> None:
    kept = keep(memory, b"one")
    clock.now += 10
    assert memory.find("page") is None, "the first makes it anew"
    assert memory.find("page") is memory.find("page") is kept
    renewed = keep(memory, b"two")
    assert memory.find("page") is renewed


def test_whoever_went_to_renew_and_did_not_come_back_is_followed_by_another(memory: Memory, clock: Clock) -> None:
    kept = keep(memory, b"one")
    clock.now += 10
    assert memory.find("page") is None
    clock.now += PATIENCE - 1
    assert memory.find("page") is kept
    clock.now += 1.5
    assert memory.find("page") is None


def test_nobody_gets_what_is_twice_as_old_as_it_may_be(memory: Memory, clock: Clock) -> None:
    keep(memory, b"one", max_age=2)
    clock.now += 2
    assert memory.find("page") is None
    clock.now += 2
    assert memory.find("page") is None
    assert memory.find("page") is None


def test_the_oldest_go_first(memory: Memory) -> None:
    for key in ("a", "b", "c"):
        keep(memory, b"x", key)
    assert memory.find("a") is None
    assert memory.find("c") is not None
