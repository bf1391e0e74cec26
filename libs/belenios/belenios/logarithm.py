"""Small discrete logarithms (§10): baby steps and giant steps, in time and memory of the square root of the bound."""

from math import isqrt

from belenios.groups import Element, Group
from belenios.refusal import Check, Refused

_LARGEST_TABLE = 2**20


class Logarithms:
    """Finds r from g^r for 0 ≤ r ≤ bound. The table of baby steps is made once and serves for every logarithm."""

    def __init__(self, group: Group, bound: int) -> None:
        self._group = group
        self._bound = bound
        self._width = min(isqrt(bound) + 1, _LARGEST_TABLE)
        self._baby: dict[Element, int] = {}
        step = group.identity
        for exponent in range(self._width):
            self._baby[step] = exponent
            step = group.multiply(step, group.generator)
        self._giant = group.inverse(step)

    def of(self, power: Element) -> int:
        """Find r = i·width + j: power · (g^-width)^i is the baby step j. Refused when r is out of bounds."""
        for giant in range(self._bound // self._width + 1):
            exponent = giant * self._width + self._baby.get(power, self._bound + 1)
            if exponent <= self._bound:
                return exponent
            power = self._group.multiply(power, self._giant)
        raise Refused(Check.RESULT, "a decrypted cell holds no count within the total weight")
