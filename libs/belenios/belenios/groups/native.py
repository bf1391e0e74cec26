"""Ed25519 with the native helper (native/edwards.c), for public data: several times quicker than libsodium.

The helper is compiled when the package is installed; where that was not possible `load` answers None and everything
runs with libsodium alone. Secret exponents stay with libsodium in either case.
"""

import ctypes
import secrets
from collections.abc import Iterable, Sequence
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

from belenios.groups.ed25519 import Ed25519Group
from belenios.groups.interface import Branch, Element

_INTERFACE = 1
_POINT = 32


def load() -> ctypes.CDLL | None:
    """Find the compiled helper beside this module; None when it was not built or speaks another interface."""
    for suffix in EXTENSION_SUFFIXES:
        path = Path(__file__).with_name(f"_edwards{suffix}")
        if path.exists():
            library = ctypes.CDLL(str(path))
            return library if library.edwards_interface() == _INTERFACE else None
    return None


def _succeeded(status: int) -> None:
    if status == -1:
        raise MemoryError
    if status != 1:
        raise ValueError("not the encoding of a point")


class NativeEd25519Group(Ed25519Group):
    """The same group as its parent; powers, products, proofs and membership of public data in C."""

    def __init__(self, library: ctypes.CDLL) -> None:
        super().__init__()
        self._library = library
        self._fixed: dict[Element, ctypes.Array[ctypes.c_char]] = {}
        self.prepare(self.generator)

    def prepare(self, base: Element) -> None:
        """Tabulate d·256^i·P, half a megabyte."""
        if base not in self._fixed:
            table = ctypes.create_string_buffer(self._library.edwards_table_size())
            _succeeded(self._library.edwards_table(table, base))
            self._fixed[base] = table

    def power(self, base: Element, exponent: int) -> Element:
        """Compute base^exponent, exponent public."""
        out = ctypes.create_string_buffer(_POINT)
        _succeeded(self._library.edwards_power(base, self._scalar(exponent), out))
        return Element(out.raw)

    def product(self, elements: Iterable[Element]) -> Element:
        """Multiply members."""
        points = b"".join(elements)
        out = ctypes.create_string_buffer(_POINT)
        _succeeded(self._library.edwards_product(len(points) // _POINT, points, out))
        return Element(out.raw)

    def is_member(self, element: Element) -> bool:
        """Tell whether this is a member."""
        return self.are_members((element,))

    def are_members(self, elements: Sequence[Element]) -> bool:
        """Test all at once, by random subset sums."""
        words = secrets.token_bytes(8 * len(elements))
        return bool(self._library.edwards_members(len(elements), b"".join(elements), words))

    def commitments(self, key: Element, branches: Sequence[Branch]) -> list[Element]:
        """B_j = y^r g^(-M c) β^c: only β and α, shared by neighbouring branches, are not fixed bases."""
        self.prepare(key)
        out = ctypes.create_string_buffer(2 * _POINT * len(branches))
        pairs = b"".join([branch.alpha + branch.beta for branch in branches])
        scalars = b"".join([self._exponents(branch) for branch in branches])
        fixed = self._fixed
        _succeeded(
            self._library.edwards_commitments(len(branches), pairs, scalars, fixed[self.generator], fixed[key], out)
        )
        data = out.raw
        return [Element(data[start : start + _POINT]) for start in range(0, len(data), _POINT)]

    def _scalar(self, exponent: int) -> bytes:
        return (exponent % self.order).to_bytes(_POINT, "little")

    def _exponents(self, branch: Branch) -> bytes:
        challenge, response = branch.challenge, branch.response
        return self._scalar(challenge) + self._scalar(response) + self._scalar(-branch.value * challenge)
