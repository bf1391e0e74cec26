"""Majority judgment: removing median grades one by one, in a fast form that must agree with the slow one."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from voting.domain.judgment import Profile, compare, gauge, ranking

PROFILES = st.lists(st.integers(0, 6), min_size=2, max_size=5).map(tuple)


def majority_value(profile: Profile) -> list[int]:
    """By the definition: take the lower median, note it, remove it, until no ballot is left."""
    ballots = [grade for grade, count in enumerate(profile) for _ in range(count)]
    value = []
    while ballots:
        value.append(ballots.pop(len(ballots) // 2))
    return value


@given(st.integers(2, 5).flatmap(lambda n: st.tuples(*[st.lists(st.integers(0, 6), min_size=n, max_size=n)] * 2)))
def test_agrees_with_the_definition_for_equal_totals(pair: tuple[list[int], list[int]]) -> None:
    first, second = (tuple(one) for one in pair)
    second = (*second[:-1], second[-1] + sum(first))
    first = (*first[:-1], first[-1] + sum(second) - sum(first))
    slow_first, slow_second = majority_value(first), majority_value(second)

    assert (compare(first, second) > 0) == (slow_first > slow_second)
    assert (compare(first, second) == 0) == (first == second)


@given(PROFILES, st.integers(1, 5), st.integers(1, 5))
def test_copying_every_ballot_changes_nothing(profile: Profile, times: int, other: int) -> None:
    copied = tuple(count * times for count in profile)
    again = tuple(count * other for count in profile)

    assert compare(copied, again) == 0


@given(st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4).map(tuple), min_size=1, max_size=8))
def test_ranking_is_an_order_of_all_profiles(profiles: list[Profile]) -> None:
    groups = ranking(profiles)
    order = [one for group in groups for one in group]

    assert sorted(order) == list(range(len(profiles)))
    assert all(compare(profiles[a], profiles[b]) <= 0 for a, b in pairwise(order))


@given(PROFILES)
def test_the_majority_grade_is_what_at_least_half_give_or_exceed(profile: Profile) -> None:
    found = gauge(profile)
    total = sum(profile)
    if total == 0:
        assert found.grade is None
        return
    assert found.grade is not None
    assert 2 * sum(profile[: found.grade + 1]) > total
    assert 2 * found.above <= total
    assert found.above + found.below + profile[found.grade] == total


def test_nobody_judged_comes_last() -> None:
    assert ranking([(0, 0), (0, 3), (1, 0)]) == [[2], [1], [0]]
