"""Bytes as they travel: base64url without padding."""

from base64 import urlsafe_b64decode, urlsafe_b64encode


def base64url(data: bytes) -> str:
    """Bytes as text."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def from_base64url(text: str) -> bytes:
    """The inverse. Raises ``ValueError`` for text that is not."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
