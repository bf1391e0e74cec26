"""Forms are ours: a token signed from a nonce that only the visitor's cookie holds (signed double submit)."""

import hmac
import secrets
from hashlib import sha256

FIELD = "_csrf"
COOKIE = "nonce"


def new_nonce() -> str:
    """A fresh nonce for the cookie."""
    return secrets.token_urlsafe(24)


def token(secret: str, nonce: str) -> str:
    """What a form carries for this nonce."""
    return hmac.new(secret.encode(), nonce.encode(), sha256).hexdigest()


def matches(secret: str, nonce: str, given: str) -> bool:
    """Whether the form was written by us for the person who sends it."""
    return bool(nonce) and hmac.compare_digest(token(secret, nonce).encode(), given.encode())


def foreign(origin: str | None, fetch_site: str | None, public_origin: str) -> bool:
    """Whether the browser itself says that the form comes from another site."""
    if fetch_site is not None:
        return fetch_site not in {"same-origin", "none"}
    return origin is not None and origin not in {public_origin, "null"}
