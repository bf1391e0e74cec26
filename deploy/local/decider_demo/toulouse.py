"""The participatory budget of Toulouse 2024, held again: its 183 projects, its 7,260 ballots, each by an account.

The table printed at the end compares the published votes of each project with what was counted here.
"""

import math
from dataclasses import dataclass, field

FILE = "pabulib/toulouse/France_Toulouse_2024.pb.gz"
SLUG = "toulouse-2024"
DISTRICTS = [f"750{number:02d}" for number in range(5, 21)]
SETTLERS, VOTERS = 16, 64
"""How many do it at once: accounts cost a password hash each; ballots travel together."""


@dataclass(slots=True)
class Poll:
    """What happened when the ballots were cast and counted."""

    expected: dict[str, int]
    counted: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def equal(self) -> bool:
        """Whether every project was counted as published."""
        return self.expected == self.counted

    def percentile(self, share: float) -> float:
        """The latency in milliseconds that this share of the casts did not exceed."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)] if ordered else math.nan
