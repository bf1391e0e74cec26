"""Cookies of the site: HttpOnly, SameSite, and ``__Host-`` when people come over https."""

from dataclasses import dataclass
from datetime import UTC, datetime

import falcon

PAST = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Jar:
    """Reads and writes the cookies of one site."""

    secure: bool

    def _full(self, name: str) -> str:
        return f"__Host-{name}" if self.secure else name

    def read(self, request: falcon.Request, name: str) -> str:
        """The value, or an empty string."""
        values = request.get_cookie_values(self._full(name))
        return values[0] if values else ""

    def write(self, response: falcon.Response, name: str, value: str, *, max_age: int) -> None:
        """Keep a value for ``max_age`` seconds; an empty value removes the cookie."""
        response.set_cookie(
            self._full(name),
            value,
            max_age=max_age or None,
            expires=None if value else PAST,
            path="/",
            secure=self.secure,
            http_only=True,
            same_site="Lax",
        )
