"""Money in the Method of Equal Shares: quick in binary fractions with a proven bound, exact in rationals when in doubt.

Each ballot begins with the same money and pays its share of every project that it helps to choose. What a ballot has
left is therefore its beginning less the prices it paid in full, or nothing once it could not pay one in full. Prices
are rationals whose digits grow with every purchase: they are worked out only when the bound cannot decide a comparison.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import fsum, ulp
from operator import mul

_ROUNDING = 2.0**-53
_LOOSEST = 2.0**-30
"""A price is worked out exactly as soon as its bound is not better than this part of it."""


@dataclass(slots=True)
class Offer:
    """What supporters would pay for a project now: ``poor`` all they have, each ``rich`` one the price.

    The price is ``price`` ± ``bound``, or ``exact`` where it was worked out; ``clear``: who is poor is beyond doubt.
    """

    project: int
    cost: int
    price: float
    bound: float
    poor: list[int]
    rich: list[int]
    clear: bool = False
    exact: Fraction | None = None

    @property
    def least(self) -> float:
        """At most what a unit of the project's cost asks of a supporter."""
        return (self.price - self.bound) / self.cost * (1 - 4 * _ROUNDING)

    @property
    def most(self) -> float:
        """At least what a unit of the project's cost asks of a supporter."""
        return (self.price + self.bound) / self.cost * (1 + 4 * _ROUNDING)


@dataclass(slots=True)
class Ledger:
    """What each group of equal ballots has left; ``weights`` is how many ballots a group holds.

    ``money`` is right to within ``bound``; a group that is no longer in ``active`` lists has exactly nothing.
    """

    weights: Sequence[int]
    beginning: Fraction
    money: list[float] = field(init=False)
    bound: float = field(init=False)
    paid: list[Offer] = field(default_factory=list)
    _paid_in_full: list[int] = field(init=False)
    """The purchases that a group paid in full, as bits; filled in up to ``_worked_out``."""
    _worked_out: int = 0

    def __post_init__(self) -> None:
        start = float(self.beginning)
        self.money = [start] * len(self.weights)
        self.bound = ulp(start)
        self._paid_in_full = [0] * len(self.weights)

    def weight(self, groups: Iterable[int]) -> int:
        """How many ballots these groups hold."""
        return sum(map(self.weights.__getitem__, groups))

    def offer(self, project: int, cost: int, supporters: Sequence[int]) -> Offer | None:
        """What these supporters, none of whom has nothing, would pay; ``None`` if they cannot pay it together."""
        if not self._can_pay(cost, supporters):
            return None
        rich, poor, rest, weight = supporters, [], float(cost), self.weight(supporters)
        while True:
            price = rest / weight
            poorer = [one for one in rich if self.money[one] < price]
            if not poorer or len(poorer) == len(rich):
                break
            poor += poorer
            rich = [one for one in rich if self.money[one] >= price]
            rest, weight = cost - self._sum(poor), self.weight(rich)
        return self._certain(Offer(project, cost, price, 0.0, poor, list(rich)))

    def pay(self, offer: Offer) -> None:
        """Let the supporters pay."""
        money, price = self.money, offer.price
        for one in offer.poor:
            money[one] = 0.0
        for one in offer.rich:
            money[one] -= price
        self.bound += offer.bound + ulp(float(self.beginning))
        self.paid.append(offer)

    def exact_price(self, offer: Offer) -> Fraction:
        """The price without any rounding; afterwards the offer says who is poor without any doubt."""
        if offer.exact is None:
            if not offer.clear:
                offer.exact, offer.poor, offer.rich = self._solve(offer.cost, [*offer.poor, *offer.rich])
            else:
                offer.exact = (offer.cost - self.exact_sum(offer.poor)) / self.weight(offer.rich)
            offer.price, offer.bound, offer.clear = float(offer.exact), ulp(float(offer.exact)), True
        return offer.exact

    def exact_sum(self, groups: Sequence[int]) -> Fraction:
        """What these groups, none of which has nothing, have left together, without any rounding."""
        if not groups:
            return Fraction(0)
        self._work_out()
        return sum((weight * self._left(bits) for bits, weight in self._histories(groups).items()), Fraction(0))

    def _sum(self, groups: Sequence[int]) -> float:
        return fsum(map(mul, map(self.money.__getitem__, groups), map(self.weights.__getitem__, groups)))

    def _can_pay(self, cost: int, supporters: Sequence[int]) -> bool:
        together = self._sum(supporters)
        doubt = self.weight(supporters) * self.bound + 4 * _ROUNDING * (together + cost)
        if abs(together - cost) > doubt:
            return together > cost
        return bool(supporters) and self.exact_sum(supporters) >= cost

    def _certain(self, offer: Offer) -> Offer:
        """The offer with its bound; worked out exactly if the bound leaves in doubt who is poor."""
        poor, rich = offer.poor, offer.rich
        everybody = self.weight(poor) + (weight := self.weight(rich))
        offer.bound = (everybody * self.bound + 8 * _ROUNDING * offer.cost) / weight + 8 * _ROUNDING * offer.price
        doubt = offer.bound + self.bound
        money = self.money.__getitem__
        offer.clear = min(map(money, rich)) > offer.price + doubt and (
            not poor or max(map(money, poor)) < offer.price - doubt
        )
        if not offer.clear or offer.bound > _LOOSEST * offer.price:
            self.exact_price(offer)
        return offer

    def _solve(self, cost: int, supporters: list[int]) -> tuple[Fraction, list[int], list[int]]:
        self._work_out()
        by_history: dict[int, list[int]] = {}
        for one in supporters:
            by_history.setdefault(self._paid_in_full[one], []).append(one)
        alike = sorted(((self._left(bits), groups) for bits, groups in by_history.items()), key=lambda pair: pair[0])
        rest, weight, price = Fraction(cost), self.weight(supporters), Fraction(0)
        poor: list[int] = []
        while alike:
            left, groups = alike[0]
            price = rest / weight
            if left > price:
                break
            rest, weight = rest - left * self.weight(groups), weight - self.weight(groups)
            poor += groups
            del alike[0]
        return price, poor, [one for _, groups in alike for one in groups]

    def _work_out(self) -> None:
        """Make every price so far exact, in order, and note who paid it in full."""
        while self._worked_out < len(self.paid):
            offer, bit = self.paid[self._worked_out], 1 << self._worked_out
            if offer.exact is None:
                poor = sum((w * self._left(bits) for bits, w in self._histories(offer.poor).items()), Fraction(0))
                offer.exact = (offer.cost - poor) / self.weight(offer.rich)
            for one in offer.rich:
                self._paid_in_full[one] |= bit
            self._worked_out += 1

    def _histories(self, groups: Iterable[int]) -> Counter[int]:
        histories: Counter[int] = Counter()
        for one in groups:
            histories[self._paid_in_full[one]] += self.weights[one]
        return histories

    def _left(self, bits: int) -> Fraction:
        paid = (offer.exact for place, offer in enumerate(self.paid) if bits >> place & 1)
        return self.beginning - sum((price for price in paid if price is not None), Fraction(0))
