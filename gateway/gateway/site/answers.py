"""What a page function gives back: a page, a redirection after a post, or a document of another kind."""

from dataclasses import dataclass, field
from typing import Any

from gateway.http.files import File

ATOM = "application/atom+xml"


@dataclass(frozen=True, slots=True)
class Page:
    """A template with what it shows. ``cache``: seconds for which the anonymous page stays good."""

    template: str
    shows: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    cache: int = 0
    alone: bool = False
    """It seals, opens or verifies votes: no script of another page, and a policy of its own."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """See another address (303): always after a post that did something."""

    to: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file: export, feed, picture."""

    body: bytes
    content_type: str
    filename: str = ""
    cache: int = 0


Answer = Page | Redirect | Document | File


def page(template: str, *, status: int = 200, cache: int = 0, **shows: Any) -> Page:  # noqa: ANN401
    """A page; the keywords are what the template sees."""
    return Page(template, shows, status, cache)


def page_alone(template: str, **shows: Any) -> Page:  # noqa: ANN401
    """A page that stands alone."""
    return Page(template, shows, alone=True)
