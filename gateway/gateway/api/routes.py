"""A route of the API, as data: which call answers which method and address."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from contracts.registry import Call

from gateway.http.limits import Limit
from gateway.http.paths import variables


class Auth(StrEnum):
    """Who may use a route. The service verifies the token and the rights; the gateway only asks for one early."""

    PUBLIC = "public"
    CITIZEN = "citizen"
    AGENT = "agent"


class Carries(StrEnum):
    """What a request or an answer is made of."""

    JSON = "json"
    UPLOAD = "upload"
    """A form with a ``file``, whose bytes go ahead of the call in parts."""
    DOWNLOAD = "download"
    """The answer is the file itself."""


@dataclass(frozen=True, slots=True)
class ApiRoute:
    """``method path`` under ``/api/v1`` is answered by ``call``.

    Path, query and body fields are merged into the call's request model; body fields must not be unknown.
    """

    method: str
    path: str
    call: Call[Any, Any]
    tag: str
    summary: str
    auth: Auth = Auth.PUBLIC
    status: int = 200
    cache: int = 0
    """For how many seconds anonymous answers to a GET stay good; 0: always ask."""
    new_id: str = ""
    """The field that holds the client-made id: taken from ``Idempotency-Key`` if the body leaves it out."""
    location: str = ""
    """``Location`` of what was made, filled from the reply's fields: ``/ideas/{number}``."""
    limit: Limit | None = None
    """The rate limit that counts instead of the API's general one."""
    deadline: float = 5.0
    anonymous: bool = False
    """Nothing of who asks is read, kept, logged or passed on: no token, no cookie, no trace, no language."""
    max_body: int = 0
    """The longest body, in bytes, where it may be longer than what the settings allow everywhere."""
    carries: Carries = Carries.JSON

    @property
    def path_fields(self) -> tuple[str, ...]:
        """The fields that come from the address."""
        return variables(self.path)

    @property
    def reads(self) -> bool:
        """Whether the route only reads."""
        return self.method == "GET"

    @property
    def rate(self) -> Limit:
        """The limit that counts."""
        return self.limit or Limit.API
