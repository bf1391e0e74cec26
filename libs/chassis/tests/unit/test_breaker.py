"""The circuit breaker, with a clock to turn."""

from concurrent.futures import ThreadPoolExecutor

from chassis.breaker import Breaker


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def opened(clock: Clock) -> Breaker:
    breaker = Breaker(threshold=3, cooldown=5, clock=clock)
    for _ in range(3):
        breaker.failed()
    return breaker


def test_it_opens_after_failures_in_a_row_only() -> None:
    breaker = Breaker(threshold=3, cooldown=5, clock=Clock())
    for _ in range(5):
        breaker.failed()
        breaker.failed()
        breaker.succeeded()
    assert breaker.wait() == 0
    for _ in range(3):
        breaker.failed()
    assert breaker.wait() == 5


def test_after_the_cooldown_one_caller_tries_and_the_others_wait() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += 5
    assert [breaker.wait() for _ in range(3)] == [0, 5, 5]
    breaker.failed()
    clock.now += 4
    assert breaker.wait() == 1
    clock.now += 1
    assert breaker.wait() == 0
    breaker.succeeded()
    assert [breaker.wait() for _ in range(3)] == [0, 0, 0]


def test_of_many_threads_one_tries() -> None:
    clock = Clock()
    breaker = opened(clock)
    clock.now += 6
    with ThreadPoolExecutor(16) as pool:
        waits = list(pool.map(lambda _: breaker.wait(), range(200)))
    assert waits.count(0) == 1
