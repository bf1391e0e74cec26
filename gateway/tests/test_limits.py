"""The territory's rules are counted by address and by person, told in headers, and lifted for exempt networks."""

from collections.abc import Callable
from ipaddress import ip_network

import falcon.testing
import pytest
from contracts.errors import Fault
from contracts.territory import Limit as Rule
from gateway.http.limits import Limit, Limiter, Visitor

TABLE = {
    "sign_in": (Rule(count=2, seconds=10, per="address"),),
    "comment": (Rule(count=3, seconds=60, per="person"), Rule(count=4, seconds=600, per="person")),
}
HERE = Visitor("192.0.2.1")


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limiter(clock: Clock) -> Limiter:
    return Limiter(TABLE, now=clock, exempt=(ip_network("198.51.100.0/24"),))


def refused(act: Callable[[], object]) -> int:
    with pytest.raises(Fault) as caught:
        act()
    assert caught.value.status == 429
    return caught.value.retry_after or 0


def test_what_is_left_is_told_and_the_wait_is_right(limiter: Limiter, clock: Clock) -> None:
    first, second = limiter.take(Limit.SIGN_IN, HERE), limiter.take(Limit.SIGN_IN, HERE)
    assert first is not None
    assert second is not None
    assert (first.limit, first.remaining, second.remaining) == (2, 1, 0)
    assert refused(lambda: limiter.take(Limit.SIGN_IN, HERE)) == 5
    clock.now = 5.0
    assert limiter.take(Limit.SIGN_IN, HERE)


def test_another_address_has_its_own_count(limiter: Limiter) -> None:
    for _ in range(2):
        limiter.take(Limit.SIGN_IN, HERE)
    assert limiter.take(Limit.SIGN_IN, Visitor("192.0.2.2"))


def test_a_person_is_counted_wherever_they_are(limiter: Limiter) -> None:
    for number in range(3):
        limiter.take(Limit.COMMENT, Visitor(f"192.0.2.{number}", "somebody"))
    refused(lambda: limiter.take(Limit.COMMENT, Visitor("192.0.2.9", "somebody")))
    assert limiter.take(Limit.COMMENT, Visitor("192.0.2.9", "somebody else"))


def test_every_rule_of_a_kind_counts(limiter: Limiter, clock: Clock) -> None:
    for moment in (0.0, 0.0, 0.0, 60.0):
        clock.now = moment
        limiter.take(Limit.COMMENT, Visitor("192.0.2.1", "somebody"))
    assert refused(lambda: limiter.take(Limit.COMMENT, Visitor("192.0.2.1", "somebody"))) > 60


def test_an_exempt_network_is_not_limited(limiter: Limiter) -> None:
    for _ in range(10):
        assert limiter.take(Limit.SIGN_IN, Visitor("198.51.100.7")) is None


def test_a_factor_of_nought_lifts_every_rule(clock: Clock) -> None:
    free = Limiter(TABLE, 0, now=clock)
    assert all(free.take(Limit.SIGN_IN, HERE) is None for _ in range(10))


def test_the_api_tells_what_is_left(api: falcon.testing.TestClient) -> None:
    headers = api.simulate_get("/api/v1/ideas").headers

    assert headers["ratelimit-limit"] == "1000"
    assert int(headers["ratelimit-remaining"]) < 1000
    assert int(headers["ratelimit-reset"]) >= 1
