"""Equal shares: the quick count agrees with the definition in rationals, with another program, and with two cities."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from voting.domain import ledger
from voting.domain.equal_shares import Market, Shares, group, share, share_adding_one
from voting.pabulib import opened

from services.voting.tests.real_data import folder


@dataclass
class Definition:
    """The method as it is published (docs/counting.md), one voter after the other, in rationals."""

    costs: list[int]
    ballots: list[frozenset[int]]
    beginning: Fraction

    def price(self, project: int, money: list[Fraction]) -> Fraction | None:
        """The least price at which the supporters together pay the cost, each the price or all that is left."""
        left = sorted(money[voter] for voter, ballot in enumerate(self.ballots) if project in ballot)
        if not left or sum(left) < self.costs[project]:
            return None
        rest = Fraction(self.costs[project])
        for place, one in enumerate(left):
            price = rest / (len(left) - place)
            if one >= price:
                return price
            rest -= one
        raise AssertionError("they can pay it")

    def bought(self) -> list[int]:
        """The projects in the order in which they are chosen; between equals the first on the ballot."""
        return self.run()[0]

    def left(self) -> dict[int, int]:
        """What the supporters of each project that was not chosen have together in the end, rounded down."""
        chosen, money = self.run()
        return {
            p: floor(sum(left for left, ballot in zip(money, self.ballots, strict=True) if p in ballot))
            for p in frozenset().union(*self.ballots) - set(chosen)
        }

    def run(self) -> tuple[list[int], list[Fraction]]:
        money = [self.beginning] * len(self.ballots)
        chosen: list[int] = []
        while True:
            prices = {p: self.price(p, money) for p in range(len(self.costs)) if p not in chosen}
            asked = {p: price / self.costs[p] for p, price in prices.items() if price is not None}
            if not asked:
                return chosen, money
            best = min(asked, key=lambda p: (asked[p], p))
            chosen.append(best)
            for voter, ballot in enumerate(self.ballots):
                if best in ballot:
                    money[voter] -= min(money[voter], asked[best] * self.costs[best])


BALLOTS = st.lists(st.frozensets(st.integers(0, 5), max_size=6), min_size=1, max_size=12)
COSTS = st.lists(st.integers(1, 40), min_size=6, max_size=6)


def counted(costs: list[int], ballots: list[frozenset[int]], envelope: int) -> tuple[Market, Any]:
    names = Counter(frozenset(map(str, ballot)) for ballot in ballots)
    return Market(costs, envelope, range(6)), group(names, [str(place) for place in range(6)])


def bought(shares: Shares) -> list[int]:
    return [one.project for one in shares.bought]


@given(COSTS, BALLOTS, st.integers(0, 120))
@example([1, 1, 1, 1, 1, 1], [frozenset({0, 1}), frozenset({1, 2}), frozenset({2, 3})], 3)
@settings(max_examples=150, deadline=None)
def test_agrees_with_the_definition(costs: list[int], ballots: list[frozenset[int]], envelope: int) -> None:
    market, groups = counted(costs, ballots, envelope)

    shares = share(market, groups)
    definition = Definition(costs, ballots, Fraction(envelope, len(ballots)))

    assert bought(shares) == definition.bought()
    assert shares.left == definition.left()
    assert sum(costs[one] for one in bought(shares)) <= envelope


@pytest.mark.parametrize(("bits", "loosest"), [(40, 20), (20, 8), (12, 4)])
@given(costs=COSTS, ballots=BALLOTS, envelope=st.integers(1, 60))
@settings(max_examples=60, deadline=None)
def test_coarse_money_changes_no_outcome(
    bits: int, loosest: int, costs: list[int], ballots: list[frozenset[int]], envelope: int
) -> None:
    """The less the quick money can tell apart, the more is worked out in rationals; what is chosen stays."""
    market, groups = counted(costs, ballots, envelope)
    fine = share_adding_one(market, groups)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "_BITS", bits)
        patch.setattr(ledger, "_LOOSEST", loosest)
        assert share_adding_one(market, groups) == fine


@given(COSTS, BALLOTS, st.integers(1, 60))
@settings(max_examples=40, deadline=None)
def test_adding_one_is_the_first_step_before_too_much(
    costs: list[int], ballots: list[frozenset[int]], envelope: int
) -> None:
    market, groups = counted(costs, ballots, envelope)

    shares = share_adding_one(market, groups)

    def at(added: int) -> list[int]:
        return Definition(costs, ballots, Fraction(envelope, len(ballots)) + added).bought()

    def spent(added: int) -> int:
        return sum(costs[one] for one in at(added))

    assert bought(shares) == at(shares.added)
    assert all(spent(added) <= envelope for added in range(shares.added + 1))
    others = frozenset().union(*ballots) - set(bought(shares))
    assert all(costs[one] > envelope - spent(shares.added) for one in others) or spent(shares.added + 1) > envelope


def test_a_price_is_exact_where_binary_fractions_are_not() -> None:
    """Three thirds of the envelope pay exactly for what costs all of it; a tenth of a unit would not be enough."""
    together = [frozenset({0})] * 3
    market, groups = counted([10, 1, 1, 1, 1, 1], together, 10)

    assert bought(share(market, groups)) == [0]
    assert bought(share(Market([10, 1, 1, 1, 1, 1], 9, range(6)), groups)) == []


def test_equal_projects_are_told_and_the_order_decides() -> None:
    ballots = [frozenset({0, 1})] * 4
    market, groups = counted([6, 6, 1, 1, 1, 1], ballots, 8)
    reverse = Market(market.costs, market.envelope, [5, 4, 3, 2, 1, 0])

    first, second = share(market, groups), share(reverse, groups)

    assert [(one.project, one.equals) for one in first.bought] == [(0, (0, 1))]
    assert [(one.project, one.equals) for one in second.bought] == [(1, (1, 0))]
    assert first.left[1] == 2


def test_what_is_barred_or_excluded_is_not_bought() -> None:
    ballots = [frozenset({0, 1, 2})] * 4
    market, groups = counted([2, 2, 2, 1, 1, 1], ballots, 8)
    strict = Market(market.costs, 8, range(6), frozenset({2}), {0: [1], 1: [0]})

    assert bought(share(market, groups)) == [0, 1, 2]
    assert bought(share(strict, groups)) == [0]


def test_no_ballots_buy_nothing() -> None:
    market, groups = counted([1] * 6, [], 5)

    assert bought(share_adding_one(market, groups)) == []


def computed() -> Iterator[Mapping[str, Any]]:
    path = folder("conformance") / "pabutools_1.2.3_outcomes.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def held(path: Path) -> tuple[list[str], Market, Any]:
    """An election in the order of its identifiers, which is how the other program decides between equals."""
    with opened(path) as reader:
        ballots = Counter(frozenset(vote.choices) for vote in reader.votes())
        names = sorted(reader.projects)
        costs = [reader.projects[name].cost for name in names]
        return names, Market(costs, reader.meta.budget, range(len(names))), group(ballots, names)


def test_chooses_what_another_program_chooses_in_the_same_order() -> None:
    """Every approval election of up to 20,000 ballots whose file is there, by exact fractions (pabutools 1.2.3)."""
    files = {path.name.removesuffix(".gz"): path for path in folder("pabulib").glob("*/*.pb.gz")}
    compared = 0
    for row in computed():
        if row["n"] > 20_000 or "mes_cost" not in row["rules"] or row["file"] not in files:
            continue
        names, market, groups = held(files[row["file"]])
        compared += 1
        assert [names[one] for one in bought(share(market, groups))] == row["rules"]["mes_cost"]["order"], row["file"]
    assert compared == 35


ADDED = ("Netherlands_Assen_2024", "Poland_Swiecie_2023", "Switzerland_Zurich_S5", "Switzerland_Zurich_SN")


@pytest.mark.parametrize("name", ADDED)
def test_adding_one_chooses_what_another_program_chooses(name: str) -> None:
    (path,) = folder("pabulib").glob(f"*/{name}.pb.gz")
    names, market, groups = held(path)
    (expected,) = (row["rules"]["mes_cost_add1"]["winners"] for row in computed() if row["file"] == f"{name}.pb")

    assert {names[one] for one in bought(share_adding_one(market, groups))} == set(expected)


@pytest.mark.parametrize(("name", "many"), [("Netherlands_Assen_2024", 9), ("Poland_Swiecie_2023", 17)])
def test_the_two_cities_that_decided_so_decided_the_same(name: str, many: int) -> None:
    path = folder("pabulib") / "large" / f"{name}.pb.gz"
    names, market, groups = held(path)
    with opened(path) as reader:
        official = {id_ for id_, project in reader.projects.items() if project.fields["selected"] == "1"}

    assert {names[one] for one in bought(share_adding_one(market, groups))} == official
    assert len(official) == many
