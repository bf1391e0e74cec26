"""What a ballot can give away, and what is left of it: said by the server, kept up by a script where there is one."""

from dataclasses import dataclass

from contracts.voting import ElectionView

from gateway.i18n import N_
from gateway.site.visit import Visit
from gateway.site.voting.filling import Filled

LEFT = N_("Points left: {left} of {total}")
OVER = N_("{over} points too many: you have {total}")
MONEY_LEFT = N_("Left to spend: {left} of {total}")
MONEY_OVER = N_("{over} too much: the envelope is {total}")


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
    if found.used is None:
        return None
    if one.method.kind == "points":
        return _said(visit, one.method.points, found.used, (LEFT, OVER), "")
    return _said(visit, one.envelope or 0, found.used, (MONEY_LEFT, MONEY_OVER), visit.territory.currency)


def _said(visit: Visit, total: int, used: int, sentences: tuple[str, str], currency: str) -> Budget:
    def written(amount: int) -> str:
        return visit.words.money(amount, currency) if currency else visit.words.number(amount)

    left, over = (visit.text(sentence) for sentence in sentences)
    numbers = {"left": written(total - used), "over": written(used - total), "total": written(total)}
    return Budget(total, used, left, over, (over if used > total else left).format_map(numbers), currency)
