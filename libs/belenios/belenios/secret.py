"""A box for what must not be seen: a secret shows in no representation, log or message of an exception."""

import hmac
from typing import Generic, TypeVar

T = TypeVar("T", int, str)


class Secret(Generic[T]):
    """Holds a secret number or text. `reveal` takes it out; equality is compared in constant time."""

    __slots__ = ("_value",)

    def __init__(self, value: T) -> None:
        self._value: T = value

    def reveal(self) -> T:
        """Return the secret, for a computation that needs it."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(…)"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(str(self._value).encode(), str(other.reveal()).encode())

    def __hash__(self) -> int:
        raise TypeError("a secret is not hashable")

    def __reduce__(self) -> str:
        raise TypeError("a secret is not pickled")
