"""Counting counted rows gives what counting every answer by hand gives."""

from collections import Counter
from collections.abc import Sequence
from statistics import fmean, median

from consultations.domain.crossing import hide_small
from consultations.domain.tally import Counted, answered, histogram, shares, standings
from hypothesis import given
from hypothesis import strategies as st

OPTIONS = ("a", "b", "c", "d")
RANKINGS = st.lists(st.lists(st.sampled_from(OPTIONS), min_size=1, unique=True), max_size=30)


def counted(answers: Sequence[Sequence[str | int]]) -> list[Counted]:
    """The rows that the database would count."""
    pairs: Counter[tuple[str | int, int]] = Counter()
    for answer in answers:
        pairs.update((value, position) for position, value in enumerate(answer))
    return [Counted(value, position, count) for (value, position), count in pairs.items()]


@given(RANKINGS)
def test_shares_count_people_not_choices(chosen: list[list[str]]) -> None:
    rows = counted(chosen)
    assert answered(rows) == len(chosen)
    for share in shares(OPTIONS, rows):
        expected = sum(share.option in answer for answer in chosen)
        assert share.count == expected
        assert share.percent == (round(100 * expected / len(chosen), 1) if chosen else 0.0)


@given(st.lists(st.integers(1, 7), max_size=50))
def test_mean_and_median_are_those_of_the_answers(values: list[int]) -> None:
    result = histogram(1, 7, counted([[value] for value in values]))
    assert dict(result.bars) == {value: values.count(value) for value in range(1, 8)}
    assert result.mean == (round(fmean(values), 2) if values else None)
    assert result.median == (median(values) if values else None)


@given(RANKINGS)
def test_points_are_bordas(rankings: list[list[str]]) -> None:
    found = standings(OPTIONS, counted(rankings))
    for one in found:
        places = [ranking.index(one.option) for ranking in rankings if one.option in ranking]
        assert one.points == sum(len(OPTIONS) - 1 - place for place in places)
        assert one.first_places == places.count(0)
    scores = [(one.points, one.first_places) for one in found]
    assert scores == sorted(scores, reverse=True)
    assert [one.place for one in found] == [scores.index(score) + 1 for score in scores]


TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 30), min_size=width, max_size=width), min_size=1, max_size=5)
)


@given(TABLES)
def test_no_small_cell_is_shown_and_none_can_be_subtracted(counts: list[list[int]]) -> None:
    cells = hide_small(counts, 5)
    for row, line in zip(counts, cells, strict=True):
        assert all(shown is None or shown == count for shown, count in zip(line, row, strict=True))
        assert all(shown is None or shown >= 5 for shown in line)
    lines = [list(zip(line, row, strict=True)) for line, row in zip(cells, counts, strict=True)]
    lines += [[line[column] for line in lines[: len(counts)]] for column in range(len(counts[0]))]
    for pairs in lines:
        hidden = [count for shown, count in pairs if shown is None]
        if hidden and len(hidden) < len(pairs):
            assert len(hidden) > 1
            assert sum(hidden) >= 5


@given(TABLES)
def test_a_table_of_large_cells_is_shown_whole(counts: list[list[int]]) -> None:
    large = [[count + 5 for count in row] for row in counts]
    assert hide_small(large, 5) == tuple(map(tuple, large))
