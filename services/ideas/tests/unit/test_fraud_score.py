"""The score of supports given together, alone: from 0 to 100, said in signals, and never from one signal only."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from ideas.domain import fraud
from ideas.domain.fraud import Given
from ideas.domain.rules import FraudRules

RULES = FraudRules(timedelta(minutes=10), 15, 5, timedelta(hours=24), 50)
NOON = datetime(2026, 9, 1, 10, tzinfo=UTC)


def account(made: datetime, number: int) -> UUID:
    """An identifier that begins with its time, as identity makes them."""
    return UUID(int=(int(made.timestamp() * 1000) << 80) | (7 << 76) | (2 << 62) | number)


def support(number: int, minutes: float, *, age: timedelta = timedelta(days=90), others: int = 3) -> Given:
    at = NOON + timedelta(minutes=minutes)
    return Given(account(at - age, number), at, others)


def calm(days: int = 3) -> list[Given]:
    """Two supports an hour by people who have been here for long."""
    return [support(n, -30 * n - 100) for n in range(days * 48)]


def robots(number: int = 60, every: float = 10) -> list[Given]:
    return [support(10_000 + n, n * every / 60, age=timedelta(minutes=30), others=0) for n in range(number)]


def signals(found: Iterable[fraud.Scored]) -> list[set[str]]:
    return [{reason.signal for reason in one.reasons} for one in found]


def test_accounts_made_for_one_dossier_that_support_like_a_clock_are_one_group() -> None:
    (found,) = fraud.groups(calm() + robots(), RULES)
    assert {one.account for one in found.given} == {one.account for one in robots()}
    assert signals([found]) == [{"burst", "young", "one_purpose", "regular"}]
    assert found.score == 100
    burst = next(reason for reason in found.reasons if reason.signal == "burst")
    assert (burst.found, burst.usual) == (60, 1)


def test_an_evening_on_television_is_no_group() -> None:
    crowd = [support(20_000 + n, (n * n) % 97 / 10, others=n % 3) for n in range(400)]
    newcomers = [support(30_000 + n, (n * 7) % 95 / 10, age=timedelta(minutes=5), others=0) for n in range(300)]
    assert fraud.groups(calm() + crowd + newcomers, RULES) == []


def test_a_dossier_that_only_robots_support_has_no_rhythm_of_its_own_to_hide_in() -> None:
    only = [support(n, n * 0.5, age=timedelta(minutes=30), others=0) for n in range(200)]
    (found,) = fraud.groups(only, RULES)
    assert signals([found]) == [{"young", "one_purpose", "regular"}]
    assert len(found.given) == len(only)


def test_a_slow_dossier_with_few_supports_has_none() -> None:
    assert fraud.groups([support(n, n, age=timedelta(minutes=1), others=0) for n in range(10)], RULES) == []
    assert fraud.groups([], RULES) == []


def test_an_identifier_without_a_time_is_not_young() -> None:
    unknown = [Given(UUID(int=n), one.at, 0) for n, one in enumerate(robots())]
    found = fraud.score(unknown, 60, 1, RULES)
    assert "young" not in {reason.signal for reason in found.reasons}
    assert fraud.made_at(account(NOON, 1)) == NOON


GIVEN = st.builds(
    support,
    st.integers(0, 10**6),
    st.floats(0, 600),
    age=st.timedeltas(timedelta(), timedelta(days=400)),
    others=st.integers(0, 5),
)


@given(st.lists(GIVEN, min_size=1, max_size=60), st.integers(1, 10_000), st.integers(1, 50))
def test_a_score_lies_between_0_and_100_and_says_all_its_reasons(given: list[Given], most: int, usual: int) -> None:
    found = fraud.score(given, most, usual, RULES)
    assert 0 <= found.score <= 100
    assert found.score == sum(reason.points for reason in found.reasons)
    assert all(0 < reason.points <= fraud.MOST[reason.signal] for reason in found.reasons)
    assert max(fraud.MOST.values()) < RULES.review_from, "no signal alone shows a group"


@given(st.lists(GIVEN, max_size=60, unique_by=lambda one: one.account))
def test_groups_share_nobody_and_come_from_the_supports(given: list[Given]) -> None:
    rules = FraudRules(timedelta(minutes=10), 3, 2, timedelta(hours=24), 1)
    found = fraud.groups(given, rules)
    members = [one for group in found for one in group.given]
    assert len(members) == len(set(members))
    assert set(members) <= set(given)
    assert all(len(group.given) >= rules.least for group in found)
