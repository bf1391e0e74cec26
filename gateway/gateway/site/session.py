"""Who is signed in on the site: the access token and its refresh token, in two HttpOnly cookies."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from chassis.auth import Grant

from gateway.tokens import claims

ACCESS = "access"
REFRESH = "refresh"
MARGIN = 20
"""Seconds before its end at which an access token counts as over."""


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in person, as far as the page needs to know. The services verify the token themselves."""

    token: str
    account: UUID
    expires: float
    grants: tuple[Grant, ...] = ()

    def has(self, role: str) -> bool:
        """Whether the person holds a role somewhere today."""
        today = datetime.now(UTC).date()
        return any(grant.covers(role, None, today) for grant in self.grants)

    @property
    def agent(self) -> bool:
        """Whether the person has a place at the desk."""
        return bool(self.grants)


def read(token: str) -> Session | None:
    """The session of an access token that is not over; none for anything else."""
    found = claims(token) if token else {}
    if found.get("exp", 0) < time.time() + MARGIN:
        return None
    grants = tuple(
        Grant(raw["r"], frozenset(raw.get("p", ())), datetime.fromisoformat(raw["u"]).date() if raw.get("u") else None)
        for raw in found.get("roles", ())
    )
    return Session(token, UUID(found["sub"]), found["exp"], grants)
