"""The subgroups of prime order q of F_p* that the protocol knows (§2.1).

An element is written in decimal; here it is the big-endian bytes of the number, as long as p. Arithmetic: gmpy2.
"""

import secrets
from collections.abc import Iterable, Sequence
from functools import cache

from gmpy2 import invert, jacobi, mpz, powmod, powmod_sec

from belenios.groups.interface import Branch, Element, Group, NotAnElement

_SUBSETS = 64
_TOGETHER = 5


class FieldGroup(Group):
    """A multiplicative subgroup of F_p*: p and q prime, q divides p - 1, g of order q."""

    def __init__(self, name: str, p: int, q: int, g: int) -> None:
        self.name = name
        self.order = q
        self._p = mpz(p)
        self._size = (p.bit_length() + 7) // 8
        self._digits = len(str(p))
        self._tables: dict[Element, list[list[mpz]]] = {}
        self._shift = cache(self._negative_power)
        self.generator = self._pack(mpz(g))
        self.identity = self._pack(mpz(1))

    def _pack(self, number: mpz) -> Element:
        return Element(number.to_bytes(self._size, "big"))

    def parse(self, text: str) -> Element:
        """Read the text of an element."""
        if not (text.isascii() and text.isdigit() and len(text) <= self._digits) or (text[0] == "0" and text != "0"):
            raise NotAnElement("not a decimal number in canonical form")
        number = mpz(text)
        if number >= self._p:
            raise NotAnElement("not below the modulus")
        return self._pack(number)

    def text(self, element: Element) -> str:
        """Write the text of an element."""
        return str(mpz.from_bytes(element, "big"))

    def is_member(self, element: Element) -> bool:
        """Tell whether this is a member."""
        return self._contains(mpz.from_bytes(element, "big"))

    def _contains(self, number: mpz) -> bool:
        """Membership: 0 < x < p and x^q = 1; with q = (p - 1)/2, Euler's criterion makes it a Jacobi symbol."""
        if not 0 < number < self._p:
            return False
        if 2 * self.order + 1 == self._p:
            return jacobi(number, self._p) == 1
        return powmod(number, self.order, self._p) == 1

    def are_members(self, elements: Sequence[Element]) -> bool:
        """Test 64 random subset products: an element outside the subgroup is missed with probability 2^-64 at most."""
        numbers = [mpz.from_bytes(element, "big") for element in elements]
        if len(numbers) <= _SUBSETS or 2 * self.order + 1 == self._p:
            return all(map(self._contains, numbers))
        return all(map(self._contains, self._subset_products(numbers)))

    def _subset_products(self, numbers: list[mpz]) -> list[mpz]:
        p = self._p
        products = [mpz(1)] * _SUBSETS
        for start in range(0, len(numbers), _TOGETHER):
            partial = [mpz(1)]
            for number in numbers[start : start + _TOGETHER]:
                partial += [product * number % p for product in partial]
            choices = secrets.token_bytes(_SUBSETS)
            products = [
                product * partial[choice % len(partial)] % p for product, choice in zip(products, choices, strict=True)
            ]
        return products

    def product(self, elements: Iterable[Element]) -> Element:
        """Multiply members."""
        total = mpz(1)
        for element in elements:
            total = total * mpz.from_bytes(element, "big") % self._p
        return self._pack(total)

    def inverse(self, element: Element) -> Element:
        """Invert a member."""
        return self._pack(invert(mpz.from_bytes(element, "big"), self._p))

    def power(self, base: Element, exponent: int) -> Element:
        """Compute base^exponent, exponent public."""
        return self._pack(self._power(base, exponent))

    def _power(self, base: Element, exponent: int) -> mpz:
        table = self._tables.get(base)
        if table is None:
            return powmod(mpz.from_bytes(base, "big"), exponent % self.order, self._p)
        return self._power_of_fixed(table, exponent)

    def secret_power(self, base: Element, exponent: int) -> Element:
        """Compute base^exponent in constant time."""
        exponent %= self.order
        if exponent == 0:
            return self.identity
        return self._pack(powmod_sec(mpz.from_bytes(base, "big"), exponent, self._p))

    def prepare(self, base: Element) -> None:
        """Table of b^(d 256^i), d < 256: a power is then one product for each byte of the exponent."""
        if base in self._tables:
            return
        table, step = [], mpz.from_bytes(base, "big")
        for _ in range((self.order.bit_length() + 7) // 8):
            row = [mpz(1)]
            while len(row) < 256:
                row.append(row[-1] * step % self._p)
            table.append(row)
            step = row[-1] * step % self._p
        self._tables[base] = table

    def _power_of_fixed(self, table: list[list[mpz]], exponent: int) -> mpz:
        p, total = self._p, mpz(1)
        for row, digit in zip(table, (exponent % self.order).to_bytes(len(table), "little"), strict=True):
            if digit:
                total = total * row[digit] % p
        return total

    def combine(self, base: Element, response: int, key: Element, challenge: int) -> Element:
        """Compute base^response · key^challenge."""
        return self._pack(self._power(base, response) * self._power(key, challenge) % self._p)

    def _negative_power(self, value: int) -> mpz:
        return invert(self._power(self.generator, value), self._p)

    def commitments(self, key: Element, branches: Sequence[Branch]) -> list[Element]:
        """Compute A_j and B_j of each branch; β is divided by g^M first, which is tabulated."""
        p, g, found = self._p, self.generator, []
        for alpha, beta, value, challenge, response in branches:
            a = powmod(mpz.from_bytes(alpha, "big"), challenge, p)
            b = powmod(mpz.from_bytes(beta, "big") * self._shift(value) % p, challenge, p)
            found.append(self._pack(self._power(g, response) * a % p))
            found.append(self._pack(self._power(key, response) * b % p))
        return found
