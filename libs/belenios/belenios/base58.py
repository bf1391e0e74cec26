"""The 58 digits that nobody mistakes for one another, for identifiers and private credentials (§1, §4)."""

import secrets

DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
UUID_LENGTH = 14


def random_digits(length: int) -> str:
    """Draw digits, uniform, from the system's generator: 5.86 bits each."""
    return "".join(secrets.choice(DIGITS) for _ in range(length))


def new_uuid() -> str:
    """Draw an election identifier."""
    return random_digits(UUID_LENGTH)


def is_uuid(text: str) -> bool:
    """Tell whether this is an election identifier: 14 digits at least."""
    return len(text) >= UUID_LENGTH and set(text) <= set(DIGITS)
