"""What the protocol asks of a group: a cyclic group of known prime order in which discrete logarithms are hard.

An element is its canonical byte string, so that it compares, hashes and travels between processes as it is. The
protocol writes groups multiplicatively, and so does this code: `power(g, x)` is g^x also on a curve.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import NamedTuple, NewType

Element = NewType("Element", bytes)


class NotAnElement(ValueError):
    """The text or bytes are not the canonical form of a group element."""


class Branch(NamedTuple):
    """One disjunct of a proof: (alpha, beta) encrypts `value`, shown by (challenge, response)."""

    alpha: Element
    beta: Element
    value: int
    challenge: int
    response: int


class Group(ABC):
    """A group: `name` as written in election.json, prime `order`, `generator`, `identity`.

    Exponents are integers, reduced modulo the order. Operations expect members; given anything else they raise
    NotAnElement or answer something meaningless, so membership is always checked too. `power` and everything built on
    it may take a time that depends on the exponent: an exponent that must stay secret goes through `secret_power`.
    """

    name: str
    order: int
    generator: Element
    identity: Element

    @abstractmethod
    def parse(self, text: str) -> Element:
        """Read the canonical text of an element; NotAnElement otherwise. Says nothing of membership."""

    @abstractmethod
    def text(self, element: Element) -> str:
        """Write an element as the protocol writes it."""

    @abstractmethod
    def is_member(self, element: Element) -> bool:
        """Tell whether the element belongs to the subgroup of prime order."""

    @abstractmethod
    def product(self, elements: Iterable[Element]) -> Element:
        """Multiply members; the empty product is the identity."""

    @abstractmethod
    def inverse(self, element: Element) -> Element:
        """Invert a member."""

    @abstractmethod
    def power(self, base: Element, exponent: int) -> Element:
        """Compute base^exponent, exponent public."""

    @abstractmethod
    def secret_power(self, base: Element, exponent: int) -> Element:
        """Compute base^exponent in a time that does not depend on the exponent."""

    @abstractmethod
    def prepare(self, base: Element) -> None:
        """Precompute what makes later public powers of this base quick; a few milliseconds, about a megabyte."""

    def are_members(self, elements: Sequence[Element]) -> bool:
        """Tell whether all the elements are members; may be wrong with probability 2^-64, saying yes."""
        return all(self.is_member(element) for element in elements)

    def multiply(self, left: Element, right: Element) -> Element:
        """Multiply two members."""
        return self.product((left, right))

    def combine(self, base: Element, response: int, key: Element, challenge: int) -> Element:
        """Compute base^response · key^challenge, the commitment that a proof of knowledge opens."""
        return self.multiply(self.power(base, response), self.power(key, challenge))

    def commitments(self, key: Element, branches: Sequence[Branch]) -> list[Element]:
        """Compute A_j = g^r α^c and B_j = y^r (β g^-M)^c of each branch, in order A_0, B_0, A_1, B_1, … (y = `key`)."""
        found = []
        shifts = {value: self.power(self.generator, -value) for value in {branch.value for branch in branches}}
        for alpha, beta, value, challenge, response in branches:
            shifted = self.multiply(beta, shifts[value]) if value else beta
            found.append(self.combine(self.generator, response, alpha, challenge))
            found.append(self.combine(key, response, shifted, challenge))
        return found
