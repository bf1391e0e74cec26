"""Ed25519 (§2.2): the subgroup of prime order of edwards25519, with libsodium (PyNaCl).

An element is its 32 bytes of RFC 8032; its text is those bytes reversed, in hexadecimal. libsodium refuses the
neutral element and the exponent 0, which are legitimate here, so both are answered before it is asked. It also
refuses to multiply a point outside the subgroup: a point that it has multiplied is known to be a member.
"""

import re
from collections.abc import Iterable
from hmac import compare_digest

from nacl.bindings import (
    crypto_core_ed25519_add,
    crypto_core_ed25519_is_valid_point,
    crypto_scalarmult_ed25519_base_noclamp,
    crypto_scalarmult_ed25519_noclamp,
)
from nacl.exceptions import RuntimeError as SodiumError

from belenios.groups import edwards
from belenios.groups.interface import Element, Group, NotAnElement

_REMEMBERED = 20_000
_TEXT = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Ed25519Group(Group):
    """The group of prime order of edwards25519; every public operation is libsodium's, in constant time."""

    name = "Ed25519"
    order = edwards.ORDER
    identity = Element((1).to_bytes(32, "little"))
    generator = Element(crypto_scalarmult_ed25519_base_noclamp((1).to_bytes(32, "little")))

    def __init__(self) -> None:
        self._tables: dict[Element, list[list[edwards.Affine]]] = {}
        self._multiplied: set[Element] = set()

    def parse(self, text: str) -> Element:
        """Read the text of an element."""
        if not _TEXT.fullmatch(text):
            raise NotAnElement("not 64 lower-case hexadecimal digits")
        data = bytes.fromhex(text)[::-1]
        if int.from_bytes(data, "little") % 2**255 >= edwards.P:
            raise NotAnElement("ordinate not below 2^255 - 19")
        return Element(data)

    def text(self, element: Element) -> str:
        """Write the text of an element."""
        return element[::-1].hex()

    def is_member(self, element: Element) -> bool:
        """Tell whether this is a member."""
        if element in self._multiplied or element == self.identity:
            return True
        return crypto_core_ed25519_is_valid_point(element)

    def product(self, elements: Iterable[Element]) -> Element:
        """Multiply members."""
        total = self.identity
        for element in elements:
            if total == self.identity:
                total = element
            elif element != self.identity:
                total = self._sum(total, element)
        return total

    @staticmethod
    def _sum(left: Element, right: Element) -> Element:
        try:
            return Element(crypto_core_ed25519_add(left, right))
        except SodiumError as error:
            raise NotAnElement("not a point of the curve") from error

    def inverse(self, element: Element) -> Element:
        """Change the sign of x, which is the last bit; the neutral element has x = 0."""
        if element == self.identity:
            return element
        return Element(element[:31] + bytes([element[31] ^ 0x80]))

    def power(self, base: Element, exponent: int) -> Element:
        """Compute base^exponent, exponent public."""
        table = self._tables.get(base)
        if table is None:
            return self.secret_power(base, exponent)
        return Element(edwards.encode(edwards.multiply_fixed(table, exponent % self.order)))

    def secret_power(self, base: Element, exponent: int) -> Element:
        """Compute base^exponent in constant time."""
        scalar = (exponent % self.order).to_bytes(32, "little")
        if compare_digest(scalar, bytes(32)) or base == self.identity:
            return self.identity
        if base == self.generator:
            return Element(crypto_scalarmult_ed25519_base_noclamp(scalar))
        try:
            power = crypto_scalarmult_ed25519_noclamp(scalar, base)
        except SodiumError as error:
            raise NotAnElement("not a member of the group") from error
        self._remember(base)
        return Element(power)

    def _remember(self, member: Element) -> None:
        """Keep that libsodium accepted this point; a bounded number of them."""
        if len(self._multiplied) >= _REMEMBERED:
            self._multiplied.clear()
        self._multiplied.add(member)

    def prepare(self, base: Element) -> None:
        """Tabulate the multiples of a base in plain integers: libsodium knows one fixed base only."""
        point = edwards.decode(base)
        if base != self.generator and point is not None:
            self._tables[base] = edwards.fixed_base_table(point)
