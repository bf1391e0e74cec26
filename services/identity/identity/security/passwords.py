"""Passwords, hashed with argon2id outside of the green workers, always at the same price.

A login nobody has costs the same verification as one somebody has, so that time tells nothing.
"""

import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

T = TypeVar("T")


class Run(Protocol):
    """Runs a function with its arguments, somewhere, and gives its result."""

    def __call__(self, function: Callable[..., T], *arguments: str) -> T:
        """The result of the function."""
        ...


def run_here(function: Callable[..., T], *arguments: str) -> T:
    """Run in the calling thread."""
    return function(*arguments)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one hash costs. OWASP's minimum: 19456 KiB, 2 passes, 1 lane."""

    memory_kib: int
    passes: int
    lanes: int


class Passwords:
    """Hashes and checks passwords at one cost."""

    def __init__(self, cost: Cost, run: Run = run_here) -> None:
        self._hasher = PasswordHasher(cost.passes, cost.memory_kib, cost.lanes)
        self._run = run
        self._nobodys = self._hasher.hash(secrets.token_urlsafe())

    def hash(self, password: str) -> str:
        """The password as it is stored, in the PHC string format."""
        return self._run(self._hasher.hash, _unified(password))

    def matches(self, stored: str | None, password: str) -> bool:
        """Whether it is the password. ``None``: it is nobody's, which takes as long to find out."""
        genuine = self._run(self._verify, stored or self._nobodys, _unified(password))
        return genuine and stored is not None

    def outdated(self, stored: str) -> bool:
        """Whether the password should be hashed again, at today's cost."""
        return self._hasher.check_needs_rehash(stored)

    def _verify(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False


def _unified(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
