"""One request to the site, as page functions see it: who, in which language, with which fields, and how to ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qs, urlencode

from chassis.client import Context
from contracts.base import Reply, Request
from contracts.registry import Call
from contracts.territory import Territory

from gateway.frame import Frame
from gateway.i18n import translations
from gateway.site.session import Session
from gateway.words import Words

if TYPE_CHECKING:
    from gateway.modules import Module, NavEntry

Req = TypeVar("Req", bound=Request)
Rep = TypeVar("Rep", bound=Reply)


@lru_cache(maxsize=1024)
def _parsed(query_string: str) -> Mapping[str, list[str]]:
    """The parameters of an address: a page asks for them many times."""
    return parse_qs(query_string)


@dataclass(slots=True)
class Visit:
    """Made anew for each request."""

    frame: Frame
    language: str
    path: str
    query_string: str
    trace: str
    url: dict[str, str]
    """The fields of the address."""
    fields: dict[str, list[str]]
    """The fields of a submitted form."""
    files: dict[str, bytes] = field(default_factory=dict)
    """The files of a submitted form, by the field's name."""
    modules: tuple["Module", ...] = ()
    """What the declared services add."""
    session: Session | None = None
    refresh_token: str = field(default="", repr=False)
    device: str = ""
    """By which the person recognises the session later: the browser's name."""
    csrf: str = ""
    """The token that forms carry; asking for it (``visit.protect()``) makes the page a private one."""
    protected: bool = False
    cookies: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Cookies to set: name → value, seconds. An empty value removes."""
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def words(self) -> Words:
        """Says dates and numbers in the visitor's language."""
        return Words(self.language, self.frame.territory.zone)

    @property
    def today(self) -> date:
        """The day on the territory's clocks."""
        return self.words.local(self.now).date()

    @property
    def navigation(self) -> list["NavEntry"]:
        """The entries of the main menu, in order."""
        entries = (entry for module in self.modules for entry in module.navigation)
        known = {"", *(kind.code for kind in self.territory.kinds)}
        return sorted((entry for entry in entries if entry.kind in known), key=lambda e: e.order)

    @property
    def footer(self) -> list["NavEntry"]:
        """The entries of the footer's first column, in order."""
        return sorted((entry for module in self.modules for entry in module.footer), key=lambda e: e.order)

    @property
    def here(self) -> str:
        """The address with its query, to come back to."""
        return f"{self.path}?{self.query_string}" if self.query_string else self.path

    @property
    def territory(self) -> Territory:
        """The administration whose site this is."""
        return self.frame.territory

    def call(self, call: Call[Req, Rep], request: Req, *, deadline: float = 5.0) -> Rep:
        """Ask a service as the visitor. Raises ``Fault``, which becomes a page in words."""
        context = Context(self.session.token if self.session else None, self.trace, self.language)
        return self.frame.client.call(call, request, context=context, deadline=deadline)

    def text(self, message: str, **values: Any) -> str:  # noqa: ANN401
        """A message in the visitor's language: ``visit.text("Draft saved at %(time)s", time=…)``."""
        said = translations(self.language).gettext(message)
        return said % values if values else said

    def count(self, one: str, many: str, n: int, **values: Any) -> str:  # noqa: ANN401
        """A message that counts; ``%(n)s`` is the localised number."""
        said = translations(self.language).ngettext(one, many, n)
        return said % {"n": self.words.number(n), **values}

    def query(self, name: str, default: str = "") -> str:
        """A parameter of the address, stripped."""
        found = _parsed(self.query_string).get(name)
        return found[0].strip() if found else default

    def queries(self, name: str) -> list[str]:
        """All values of a parameter of the address."""
        return [*_parsed(self.query_string).get(name, ())]

    def with_query(self, **changes: str | None) -> str:
        """This address with some parameters changed; ``None`` removes one. Resets the page of a list."""
        kept = {**_parsed(self.query_string)} | {name: [value] for name, value in changes.items() if value is not None}
        gone = {name for name, value in changes.items() if value is None} | ({"after"} - changes.keys())
        query = urlencode([(n, v) for n, values in kept.items() if n not in gone for v in values])
        return f"{self.path}?{query}" if query else self.path

    def without(self, name: str, value: str) -> str:
        """This address without one of the values of a parameter."""
        kept = [(n, v) for n, values in _parsed(self.query_string).items() for v in values]
        query = urlencode([pair for pair in kept if pair != (name, value) and pair[0] != "after"])
        return f"{self.path}?{query}" if query else self.path

    def field(self, name: str) -> str:
        """A field of the submitted form, as it was typed."""
        return self.fields.get(name, [""])[0]

    def deployed(self, service: str) -> bool:
        """Whether a service is part of this site."""
        return service in self.frame.settings.services

    def protect(self) -> str:
        """The token of a form on this page."""
        self.protected = True
        return self.csrf

    def keep(self, name: str, value: str, *, max_age: int) -> None:
        """Set a cookie."""
        self.cookies[name] = (value, max_age)

    def forget(self, name: str) -> None:
        """Remove a cookie."""
        self.cookies[name] = ("", 0)


def local_path(wanted: str, default: str = "/") -> str:
    """An address of this site to go to, never of another: what a link or a form asked for, if it is safe."""
    inside = wanted.startswith("/") and not wanted.startswith("//")
    safe = inside and wanted.isprintable() and "\\" not in wanted
    return wanted if safe else default
