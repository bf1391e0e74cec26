"""Money in the Method of Equal Shares: quick in whole small parts with a proven doubt, exact in rationals otherwise.

Each ballot begins with the same money and pays its share of every project that it helps to choose. What a ballot has
left is therefore its beginning less the prices it paid in full, or nothing once it could not pay one in full. Prices
are rationals whose digits grow with every purchase, so they are worked out only where the doubt leaves a comparison
open. Otherwise money is counted in parts: 2 ** ``shift`` of them are a unit, as many as let all money of all ballots
together fit into 64 bits. Sums of parts have no rounding; what is in doubt is only what prices were rounded by.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

import numpy as np
from numpy.typing import NDArray

_BITS = 62
_LOOSEST = 30
"""A price is worked out exactly as soon as its doubt is more than this power of two's part of it."""
_UP, _DOWN = 1 + 2.0**-50, 1 - 2.0**-50

Groups = NDArray[np.intp]
"""Some groups of equal ballots, by their numbers."""
_Parts = NDArray[np.int64]


@dataclass(slots=True, eq=False)
class Offer:
    """What supporters would pay for a project now: ``poor`` all they have, each ``rich`` one the price.

    The price is ``price`` ± ``doubt`` parts, ``exact`` in units of money where it was worked out. Who is
    poor is certain.
    """

    project: int
    cost: int
    price: int
    doubt: int
    poor: Groups
    rich: Groups
    unit: float
    """Parts in a unit of money."""
    exact: Fraction | None = None

    @property
    def least(self) -> float:
        """At most what a unit of the project's cost asks of a supporter."""
        return (self.price - self.doubt) / self.cost / self.unit * _DOWN

    @property
    def most(self) -> float:
        """At least what a unit of the project's cost asks of a supporter."""
        return (self.price + self.doubt) / self.cost / self.unit * _UP


@dataclass(slots=True, eq=False)
class Ledger:
    """What each ballot of a group has left; ``weights`` is how many ballots a group holds.

    ``money`` is right to within ``doubt`` parts. A group without any doubt has nothing: the others always have some.
    """

    weights: _Parts
    beginning: Fraction
    money: _Parts = field(init=False)
    doubt: _Parts = field(init=False)
    shift: int = field(init=False)
    paid: list[Offer] = field(default_factory=list)
    _in_full: list[NDArray[np.bool_]] = field(default_factory=list)
    """For each purchase, which groups paid its price in full."""
    _prices: list[Fraction] = field(default_factory=list)
    """The exact prices of the first purchases, as many as were worked out."""

    def __post_init__(self) -> None:
        together = int(self.beginning * int(self.weights.sum())) + 1
        self.shift = _BITS - together.bit_length()
        self.money = np.full(len(self.weights), self._parts(self.beginning), np.int64)
        self.doubt = np.ones(len(self.weights), np.int64)

    def weight(self, groups: Groups) -> int:
        """How many ballots these groups hold."""
        return int(self.weights[groups].sum())

    def having(self, groups: Groups) -> Groups:
        """Those of the groups that have something left."""
        return groups[self.doubt[groups] > 0]

    def together(self, groups: Groups) -> int:
        """What these groups, none of which has nothing, have left together, in units and rounded down."""
        parts, doubt = self._sums(groups)
        least, most = floor(self._units(parts - doubt)), floor(self._units(parts + doubt))
        return least if least == most else int(self.exact_sum(groups))

    def offer(self, project: int, cost: int, supporters: Groups) -> Offer | None:
        """What these supporters, none of whom has nothing, would pay; ``None`` if they cannot pay it together."""
        if not self._can_pay(cost, supporters):
            return None
        money, weights, parts = self.money[supporters], self.weights[supporters], self._parts(cost)
        everybody = weight = int(weights.sum())
        poor, price, many = np.zeros(len(supporters), np.bool_), parts // everybody, 0
        while np.count_nonzero(poorer := money < price) > many:
            poor, many = poorer, int(np.count_nonzero(poorer))
            weight = everybody - int(weights[poor].sum())
            if not weight:
                return self._solved(project, cost, supporters)
            price = (parts - int((money[poor] * weights[poor]).sum())) // weight
        doubt = int((self.doubt[supporters[poor]] * weights[poor]).sum()) // weight + 2
        uncertain = np.abs(money - price) <= self.doubt[supporters] + doubt
        if uncertain.any() or doubt > price >> _LOOSEST:
            return self._solved(project, cost, supporters)
        return Offer(project, cost, price, doubt, supporters[poor], supporters[~poor], 2.0**self.shift)

    def pay(self, offer: Offer) -> None:
        """Let the supporters pay."""
        self.money[offer.poor] = self.doubt[offer.poor] = 0
        self.money[offer.rich] -= offer.price
        self.doubt[offer.rich] += offer.doubt
        in_full = np.zeros(len(self.weights), np.bool_)
        in_full[offer.rich] = True
        self._in_full.append(in_full)
        self.paid.append(offer)

    def exact_price(self, offer: Offer) -> Fraction:
        """The price without any rounding, in units of money."""
        if offer.exact is None:
            offer.exact = (offer.cost - self.exact_sum(offer.poor)) / self.weight(offer.rich)
            offer.price, offer.doubt = self._parts(offer.exact), 1
        return offer.exact

    def rounded_price(self, offer: Offer) -> int:
        """The price in whole units of money, the nearest."""
        least, most = (round(self._units(offer.price + doubt)) for doubt in (-offer.doubt, offer.doubt))
        return least if least == most else round(self.exact_price(offer))

    def exact_sum(self, groups: Groups) -> Fraction:
        """What these groups, none of which has nothing, have left together, without any rounding."""
        if not len(groups):
            return Fraction(0)
        while len(self._prices) < len(self.paid):
            offer = self.paid[len(self._prices)]
            if offer.exact is None:
                offer.exact = (offer.cost - self._left_of(offer.poor)) / self.weight(offer.rich)
            self._prices.append(offer.exact)
        return self._left_of(groups)

    def _left_of(self, groups: Groups) -> Fraction:
        """What these groups had left together after the purchases whose prices are worked out."""
        weights = self.weights[groups]
        payers = (int(weights[in_full[groups]].sum()) for in_full in self._in_full)
        paid = (price * many for price, many in zip(self._prices, payers, strict=False) if many)
        return self.beginning * int(weights.sum()) - sum(paid, Fraction(0))

    def _parts(self, units: Fraction | int) -> int:
        """In parts, rounded down."""
        return int(units * Fraction(2) ** self.shift)

    def _units(self, parts: int) -> Fraction:
        return parts / Fraction(2) ** self.shift

    def _sums(self, groups: Groups) -> tuple[int, int]:
        weights = self.weights[groups]
        return int((self.money[groups] * weights).sum()), int((self.doubt[groups] * weights).sum())

    def _can_pay(self, cost: int, supporters: Groups) -> bool:
        (parts, doubt), wanted = self._sums(supporters), self._parts(cost)
        if abs(parts - wanted) > doubt + 1:
            return parts > wanted
        return self.exact_sum(supporters) >= cost

    def _solved(self, project: int, cost: int, supporters: Groups) -> Offer:
        """The offer worked out exactly: groups that paid the same in full have the same left."""
        alike = self._alike(supporters)
        rest, weight, price = Fraction(cost), self.weight(supporters), Fraction(0)
        poor = list[Groups]()
        for left, groups in alike:
            price = rest / weight
            if left > price:
                break
            poor.append(groups)
            rest, weight = rest - left * self.weight(groups), weight - self.weight(groups)
        rich = [groups for _, groups in alike[len(poor) :]]
        none = supporters[:0]
        parts = self._parts(price)
        unit = 2.0**self.shift
        return Offer(project, cost, parts, 1, np.concatenate([none, *poor]), np.concatenate([none, *rich]), unit, price)

    def _alike(self, groups: Groups) -> Sequence[tuple[Fraction, Groups]]:
        """The groups together that have exactly as much left, and how much, beginning with the poorest."""
        everybody = np.ones(len(groups), np.bool_)
        histories = np.packbits([everybody, *(in_full[groups] for in_full in self._in_full)], axis=0).T
        _, first, kind = np.unique(histories, axis=0, return_index=True, return_inverse=True)
        lefts = [self.exact_sum(groups[[one]]) / int(self.weights[groups[one]]) for one in first]
        return sorted(
            ((left, groups[kind == number]) for number, left in enumerate(lefts)),
            key=lambda pair: pair[0],
        )
