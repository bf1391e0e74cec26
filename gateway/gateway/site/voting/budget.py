"""What a ballot can give away, and what is left of it: said by the server, kept up by a script where there is one."""

from dataclasses import dataclass

from contracts.voting import ElectionView

from gateway.i18n import N_
from gateway.site.visit import Visit
from gateway.site.voting.filling import Filled

LEFT = N_("Points left: {left} of {total}")
OVER = N_("{over} points too many: you have {total}")


@dataclass(frozen=True, slots=True)
class Budget:
    """``left`` and ``over`` are sentences in which a script puts the numbers; ``said`` is the one that holds now."""

    total: int
    used: int
    left: str
    over: str
    said: str
    currency: str = ""

    @property
    def exceeded(self) -> bool:
        """Whether more is given than there is."""
        return self.used > self.total


def budget(visit: Visit, one: ElectionView, found: Filled) -> Budget | None:
    """What this ballot can give away; ``None`` where nothing is."""
    if one.method.kind != "points" or found.used is None:
        return None
    total, used, number = one.method.points, found.used, visit.words.number
    left, over = visit.text(LEFT), visit.text(OVER)
    numbers = {"left": number(total - used), "over": number(used - total), "total": number(total)}
    return Budget(total, used, left, over, (over if used > total else left).format_map(numbers))
