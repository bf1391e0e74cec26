"""Ed25519 with the native helper (native/edwards.c), for public data: several times quicker than libsodium.

The helper is compiled when the package is installed; where that was not possible `load` answers None and everything
runs with libsodium alone. Secret exponents stay with libsodium in either case.
"""

import ctypes
import secrets
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

from belenios.groups.ed25519 import Ed25519Group
from belenios.groups.interface import Branch, Element, NotAnElement

_INTERFACE = 2
_POINT = 32
_COORDINATES = 64
_REMEMBERED = 20_000


def load() -> ctypes.CDLL | None:
    """Find the compiled helper beside this module; None when it was not built or speaks another interface."""
    for suffix in EXTENSION_SUFFIXES:
        path = Path(__file__).with_name(f"_edwards{suffix}")
        if path.exists():
            library = ctypes.CDLL(str(path))
            return library if library.edwards_interface() == _INTERFACE else None
    return None


def _succeeded(status: int) -> None:
    if status != 1:
        raise MemoryError


class NativeEd25519Group(Ed25519Group):
    """The same group as its parent; powers, products, proofs and membership of public data in C."""

    def __init__(self, library: ctypes.CDLL) -> None:
        super().__init__()
        self._library = library
        self._fixed: dict[Element, ctypes.Array[ctypes.c_char]] = {}
        # Decoding takes a square root and every point is used several times: the latest are remembered.
        self._coordinates = lru_cache(_REMEMBERED)(self._decode)
        self.prepare(self.generator)

    def _decode(self, element: Element) -> bytes:
        """Coordinates x and y of a point; NotAnElement when the bytes are not those of one."""
        out = ctypes.create_string_buffer(_COORDINATES)
        if not self._library.edwards_decode(element, out):
            raise NotAnElement("not the encoding of a point")
        return out.raw

    def prepare(self, base: Element) -> None:
        """Tabulate d·256^i·P, half a megabyte."""
        if base not in self._fixed:
            table = ctypes.create_string_buffer(self._library.edwards_table_size())
            _succeeded(self._library.edwards_table(table, self._coordinates(base)))
            self._fixed[base] = table

    def power(self, base: Element, exponent: int) -> Element:
        """Compute base^exponent, exponent public."""
        out = ctypes.create_string_buffer(_POINT)
        _succeeded(self._library.edwards_power(self._coordinates(base), self._scalar(exponent), out))
        return Element(out.raw)

    def product(self, elements: Iterable[Element]) -> Element:
        """Multiply members."""
        points = b"".join(map(self._coordinates, elements))
        out = ctypes.create_string_buffer(_POINT)
        _succeeded(self._library.edwards_product(len(points) // _COORDINATES, points, out))
        return Element(out.raw)

    def is_member(self, element: Element) -> bool:
        """Tell whether this is a member."""
        return self.are_members((element,))

    def are_members(self, elements: Sequence[Element]) -> bool:
        """Test all at once, by random subset sums."""
        try:
            points = b"".join(map(self._coordinates, elements))
        except NotAnElement:
            return False
        words = secrets.token_bytes(8 * len(elements))
        return bool(self._library.edwards_members(len(elements), points, words))

    def commitments(self, key: Element, branches: Sequence[Branch]) -> list[Element]:
        """B_j = y^r g^(-M c) β^c: only β and α, shared by neighbouring branches, are not fixed bases."""
        self.prepare(key)
        known, fixed = self._coordinates, self._fixed
        out = ctypes.create_string_buffer(2 * _POINT * len(branches))
        pairs = b"".join([known(branch.alpha) + known(branch.beta) for branch in branches])
        scalars = b"".join([self._exponents(branch) for branch in branches])
        _succeeded(
            self._library.edwards_commitments(len(branches), pairs, scalars, fixed[self.generator], fixed[key], out)
        )
        data = out.raw
        return [Element(data[start : start + _POINT]) for start in range(0, len(data), _POINT)]

    def _scalar(self, exponent: int) -> bytes:
        return (exponent % self.order).to_bytes(_POINT, "little")

    def _exponents(self, branch: Branch) -> bytes:
        _, _, value, challenge, response = branch
        order = self.order
        shift = -value * challenge % order if value else 0
        return (challenge % order + (response % order << 256) + (shift << 512)).to_bytes(3 * _POINT, "little")
