"""A route of the site, as data: which function answers which method and address, and for whom."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from gateway.http.limits import Limit
from gateway.site.answers import Answer
from gateway.site.visit import Visit


class Who(StrEnum):
    """For whom a page is. Others are asked to sign in first and come back."""

    ANYBODY = "anybody"
    CITIZEN = "citizen"
    AGENT = "agent"


View = Callable[[Visit], Answer]


@dataclass(frozen=True, slots=True)
class SiteRoute:
    """``method path`` is answered by ``view``."""

    method: str
    path: str
    view: View
    who: Who = Who.ANYBODY
    limit: Limit | None = None
    files: bool = False
    """Whether its form may hold files."""
    signed: bool = False
    """The address holds a signed token: mail programs post to it without having seen a page (RFC 8058)."""


def get(path: str, view: View, *, who: Who = Who.ANYBODY) -> SiteRoute:
    """A page that is read."""
    return SiteRoute("GET", path, view, who)


def post(path: str, view: View, *, who: Who = Who.ANYBODY, limit: Limit = Limit.API) -> SiteRoute:
    """A form that is sent: its token is checked before the view is called."""
    return SiteRoute("POST", path, view, who, limit)


def post_files(path: str, view: View, *, who: Who = Who.CITIZEN) -> SiteRoute:
    """A form that may hold files, within what the territory allows for each."""
    return SiteRoute("POST", path, view, who, Limit.API, files=True)


def post_from_mail(path: str, view: View) -> SiteRoute:
    """An act behind a signed link of a mail: no form token, any kind of body. The view checks the link."""
    return SiteRoute("POST", path, view, limit=Limit.API, signed=True)
