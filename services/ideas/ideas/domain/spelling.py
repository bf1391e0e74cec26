"""Which of some known words was meant by a mistyped one."""

from collections.abc import Iterable


def nearest(typed: str, known: Iterable[str]) -> str | None:
    """The first of the known words that is few enough keystrokes away; the fewest win. All without accents."""
    ranked = [(distance(typed, one), place, one) for place, one in enumerate(known)]
    best = min(ranked, default=None)
    return best[2] if best is not None and best[0] <= allowed(typed) else None


def allowed(typed: str) -> int:
    """How many mistakes a word of this length may hold: one, and one more for every five letters."""
    return 1 + len(typed) // 5


def distance(one: str, other: str) -> int:
    """Letters added, dropped, replaced or swapped with their neighbour between two words.

    The row before the last one is kept for the swaps: restricted Damerau-Levenshtein distance.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [i] + [0] * len(other)
        for j, wanted in enumerate(other, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                row[j] = min(row[j], last[j - 2] + 1)
    return row[-1]
