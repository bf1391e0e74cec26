"""The geometry of the charts: numbers in, attributes of SVG shapes out. A table with the same numbers stands beside."""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.consultations import Bar

WIDTH, HEIGHT = 480, 190
FLOOR, CEILING = 160, 28
"""Where the bars stand, and how high the highest goes."""
GAP = 0.28
FULL = 100


@dataclass(frozen=True, slots=True)
class Column:
    """One bar of a histogram, with where its count and its value are written."""

    value: int
    count: int
    x: float
    y: float
    width: float
    height: float
    middle: float
    hot: bool
    """The tallest, or one of the tallest."""


def histogram(bars: Sequence[Bar]) -> tuple[Column, ...]:
    """The columns of a scale, left to right; all flat when nobody answered."""
    most = max((bar.count for bar in bars), default=0)
    step = WIDTH / max(1, len(bars))
    return tuple(_column(bar, position * step, step, most) for position, bar in enumerate(bars))


def _column(bar: Bar, left: float, step: float, most: int) -> Column:
    height = (FLOOR - CEILING) * bar.count / most if most else 0
    return Column(
        value=bar.value,
        count=bar.count,
        x=round(left + step * GAP / 2, 1),
        y=round(FLOOR - height, 1),
        width=round(step * (1 - GAP), 1),
        height=round(height, 1),
        middle=round(left + step / 2, 1),
        hot=most > 0 and bar.count == most,
    )


def shares(counts: Sequence[int], whole: int) -> tuple[float, ...]:
    """The lengths of horizontal bars, of ``FULL``, when ``whole`` is a full one."""
    return tuple(round(FULL * count / whole, 2) if whole else 0.0 for count in counts)
