"""The Method of Equal Shares (Peters and Skowron) on approval ballots, where a project is worth its cost.

Each ballot gets the same part of the envelope. Again and again the project is chosen that asks the smallest part of its
cost of each of its supporters, if together they can pay it; whoever cannot pay the price pays all that is left. Results
are those of exact arithmetic: see ``ledger``. The published pseudocode is in docs/counting.md.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import inf

import numpy as np
from numpy.typing import NDArray

from voting.domain.ledger import Groups, Ledger, Offer

_DOWN = 1 - 2.0**-50


@dataclass(frozen=True, slots=True)
class Ballots:
    """Equal ballots together: how many there are of each kind, and which kinds support each project."""

    many: int
    """Ballots in all, the blank ones too: each has its share of the envelope."""
    weights: NDArray[np.int64]
    supporters: tuple[Groups, ...]

    def supported(self, project: int) -> int:
        """By how many ballots."""
        return int(self.weights[self.supporters[project]].sum())


@dataclass(frozen=True, slots=True)
class Market:
    """Projects by their positions: costs, the order between equal ones (a smaller number first), who excludes whom."""

    costs: Sequence[int]
    envelope: int
    order: Sequence[int]
    barred: frozenset[int] = frozenset()
    """Projects that may not win, whatever their supporters pay."""
    exclusions: Mapping[int, Collection[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Purchase:
    """A chosen project, what each supporter who could paid (rounded), and the projects that asked exactly as much."""

    project: int
    price: int
    equals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """What was bought, in this order."""

    bought: tuple[Purchase, ...]
    left: Mapping[int, int]
    """What the supporters of each project that they could not pay had together in the end, rounded down."""
    added: int
    """Whole units of money that were added to each ballot's share before the last count (0 without that completion)."""


def group(ballots: Mapping[frozenset[str], int], candidates: Sequence[str]) -> Ballots:
    """Ballots and how often each was cast, as groups."""
    places = {id_: place for place, id_ in enumerate(candidates)}
    supporters: list[list[int]] = [[] for _ in candidates]
    for number, ballot in enumerate(ballots):
        for id_ in ballot:
            supporters[places[id_]].append(number)
    weights = np.fromiter(ballots.values(), np.int64, len(ballots))
    return Ballots(sum(ballots.values()), weights, tuple(np.array(groups, np.intp) for groups in supporters))


def share(market: Market, ballots: Ballots) -> Shares:
    """The projects that the ballots choose with equal parts of the envelope."""
    return _count(market, ballots, 0).shares if ballots.many else Shares((), {}, 0)


def share_adding_one(market: Market, ballots: Ballots) -> Shares:
    """As :func:`share`, with one more unit of money for each ballot again and again.

    Ends with the first choice that leaves no project affordable, or with the last one before the first that costs more
    than the envelope. Steps that are proven to choose the same are not counted one by one.
    """
    if not ballots.many:
        return Shares((), {}, 0)
    now, stride = _count(market, ballots, 0), 1
    while not now.exhausts():
        ahead = [_count(market, ballots, now.added + stride)]
        stride *= 2
        while ahead:
            between = ahead[-1].added - now.added
            if between > 1 and not _same_between(now, ahead[-1]):
                ahead.append(_count(market, ballots, now.added + between // 2))
                stride = 1
            elif ahead[-1].cost > market.envelope:
                return now.shares
            else:
                now = ahead.pop()
                if now.exhausts():
                    break
    return now.shares


def _same_between(poorer: "_Count", richer: "_Count") -> bool:
    """Whether every beginning between these two surely buys the same.

    As long as the same is bought, more money at the beginning means more money and a lower price at every step. So a
    project bought by both is bought by all between if the others ask more with the most money than it does with the
    least, or if it asks the same in both and the tie-break puts it first.
    """
    return len(poorer.steps) == len(richer.steps) and all(
        one.project == two.project
        and one.most < two.others
        and (not two.tied or (one.asked is not None and one.asked == two.asked))
        for one, two in zip(poorer.steps, richer.steps, strict=True)
    )


def _count(market: Market, ballots: Ballots, added: int) -> "_Count":
    count = _Count(market, ballots, added)
    count.run()
    return count


@dataclass(frozen=True, slots=True)
class _Step:
    """A purchase, and what it and the others asked for a unit of cost: exactly where projects were ``tied``."""

    project: int
    most: float
    others: float
    tied: bool
    asked: Fraction | None


@dataclass(slots=True)
class _Count:
    """One count with a given beginning. A project's price never falls: an old price says what it costs at least."""

    market: Market
    ballots: Ballots
    added: int
    ledger: Ledger = field(init=False)
    supporters: dict[int, Groups] = field(init=False)
    at_least: list[tuple[float, int]] = field(init=False)
    bought: list[Purchase] = field(default_factory=list)
    steps: list[_Step] = field(default_factory=list)
    unpaid: dict[int, Groups] = field(default_factory=dict)
    """The supporters of projects that they cannot pay any more."""

    def __post_init__(self) -> None:
        beginning = Fraction(self.market.envelope, self.ballots.many) + self.added
        self.ledger = Ledger(self.ballots.weights, beginning)
        wanted = {
            place: groups
            for place, groups in enumerate(self.ballots.supporters)
            if len(groups) and place not in self.market.barred
        }
        self.supporters = {place: groups for place, groups in wanted.items() if self.market.costs[place]}
        self.at_least = [(_DOWN / self.ballots.supported(place), place) for place in self.supporters]
        heapify(self.at_least)
        for place in sorted(wanted.keys() - self.supporters.keys(), key=self.market.order.__getitem__):
            self._buy_for_nothing(place)

    @property
    def shares(self) -> Shares:
        """What was bought, and what is left."""
        left = {place: self.ledger.together(self.ledger.having(groups)) for place, groups in self.unpaid.items()}
        return Shares(tuple(self.bought), left, self.added)

    @property
    def cost(self) -> int:
        """What was bought costs this."""
        return sum(self.market.costs[one.project] for one in self.bought)

    def exhausts(self) -> bool:
        """Whether no other project that somebody supports and that may win fits into what is left of the envelope."""
        out = {place for place, groups in enumerate(self.ballots.supporters) if not len(groups)} | self.market.barred
        out |= {one.project for one in self.bought}
        out |= {other for one in self.bought for other in self.market.exclusions.get(one.project, ())}
        left = self.market.envelope - self.cost
        return all(place in out or cost > left for place, cost in enumerate(self.market.costs))

    def run(self) -> None:
        """Buy until nobody can."""
        while cheapest := self._cheapest():
            chosen = min(cheapest, key=lambda offer: self.market.order[offer.project])
            self._buy(chosen, tuple(sorted((one.project for one in cheapest), key=self.market.order.__getitem__)))

    def _cheapest(self) -> list[Offer]:
        """The projects that ask exactly the least; the others go back to wait."""
        offers: list[Offer] = []
        while self.at_least and (not offers or self.at_least[0][0] <= min(one.most for one in offers)):
            _, place = heappop(self.at_least)
            offer = self._offer(place)
            if offer is not None:
                offers.append(offer)
        least = _exactly_least(self.ledger, offers)
        for offer in offers:
            if offer not in least:
                heappush(self.at_least, (offer.least, offer.project))
        return least

    def _offer(self, place: int) -> Offer | None:
        if place not in self.supporters:
            return None
        groups = self.supporters[place] = self.ledger.having(self.supporters[place])
        offer = self.ledger.offer(place, self.market.costs[place], groups)
        if offer is None:
            self.unpaid[place] = self.supporters.pop(place)
        return offer

    def _buy(self, offer: Offer, equals: tuple[int, ...]) -> None:
        others = self.at_least[0][0] if self.at_least else inf
        asked = None if offer.exact is None else offer.exact / offer.cost
        self.steps.append(_Step(offer.project, offer.most, others, len(equals) > 1, asked))
        price = self.ledger.rounded_price(offer)
        self.ledger.pay(offer)
        self.bought.append(Purchase(offer.project, price, equals if len(equals) > 1 else ()))
        for other in equals:
            if other != offer.project:
                heappush(self.at_least, (0.0, other))
        self._remove(offer.project)

    def _buy_for_nothing(self, place: int) -> None:
        if not any(place in self.market.exclusions.get(one.project, ()) for one in self.bought):
            self.bought.append(Purchase(place, 0, ()))
            self._remove(place)

    def _remove(self, place: int) -> None:
        for one in (place, *self.market.exclusions.get(place, ())):
            self.supporters.pop(one, None)
            self.unpaid.pop(one, None)


def _exactly_least(ledger: Ledger, offers: Iterable[Offer]) -> list[Offer]:
    near = list(offers)
    if len(near) > 1:
        highest = min(one.most for one in near)
        near = [one for one in near if one.least <= highest]
    if len(near) < 2:
        return near
    asked = {one.project: ledger.exact_price(one) / one.cost for one in near}
    return [one for one in near if asked[one.project] == min(asked.values())]
