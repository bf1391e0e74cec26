"""Crossing two questions without telling about few people.

A cell under the threshold is hidden. So that it cannot be found by subtraction from the counts per option, which are
public, what is hidden in any one row or column is always more than one cell and at least the threshold together.
"""

from collections.abc import Sequence

Cells = tuple[tuple[int | None, ...], ...]
_Lines = list[list[tuple[int, int]]]


def hide_small(counts: Sequence[Sequence[int]], threshold: int) -> Cells:
    """The table with every cell that would tell too much replaced by ``None``."""
    hidden = {
        (row, column) for row, cells in enumerate(counts) for column, count in enumerate(cells) if count < threshold
    }
    lines = _lines(counts)
    while more := _too_little_hidden(counts, lines, hidden, threshold):
        hidden |= more
    return tuple(
        tuple(None if (row, column) in hidden else count for column, count in enumerate(cells))
        for row, cells in enumerate(counts)
    )


def _lines(counts: Sequence[Sequence[int]]) -> _Lines:
    if not counts:
        return []
    rows, columns = range(len(counts)), range(len(counts[0]))
    return [[(row, column) for column in columns] for row in rows] + [
        [(row, column) for row in rows] for column in columns
    ]


def _too_little_hidden(
    counts: Sequence[Sequence[int]], lines: _Lines, hidden: set[tuple[int, int]], threshold: int
) -> set[tuple[int, int]]:
    """In each row or column that could be worked out, its smallest cell still shown."""
    found: set[tuple[int, int]] = set()
    for line in lines:
        away = [cell for cell in line if cell in hidden]
        left = [cell for cell in line if cell not in hidden]
        together = sum(counts[row][column] for row, column in away)
        if away and left and (len(away) == 1 or together < threshold):
            found.add(min(left, key=lambda cell: (counts[cell[0]][cell[1]], cell)))
    return found
