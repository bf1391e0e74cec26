"""``/idees``: search, filters, order, pages; the same as a list or beside a map."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from contracts.errors import Fault
from contracts.ideas import BROWSE_IDEAS, LIST_IDEAS, BrowseIdeas, ListIdeas, Sort, State
from pydantic import ValidationError

from gateway.site import maps
from gateway.site.answers import ATOM, Answer, Document, page
from gateway.site.ideas.labels import SORTS, Labels
from gateway.site.render import render
from gateway.site.visit import Visit

ON_MAP = 60
IN_LIST = 20
FILTERS = {"themes": "theme", "districts": "lieu", "states": "etat", "kinds": "nature"}
"""The filters of the contract and their names in the address."""
DAYS = {"deposited_from": "du", "deposited_until": "au"}
FEED = ("q", "ville", *FILTERS.values(), *DAYS.values())
"""What of an address chooses dossiers, and not how they are shown."""


def _chosen(visit: Visit) -> dict[str, tuple[str, ...]]:
    """The filters of the address that mean something; the rest is ignored, as a mistyped address deserves."""
    known = {
        "themes": {one.code for one in visit.territory.themes},
        "districts": {one.code for one in visit.territory.districts},
        "states": {state.value for state in State},
        "kinds": {one.code for one in visit.territory.kinds},
    }
    return {
        name: tuple(dict.fromkeys(value for value in visit.queries(short) if value in known[name]))
        for name, short in FILTERS.items()
    }


def asked(visit: Visit) -> dict[str, Any]:
    """What the address asks for, in the contract's words."""
    whole = {"whole_city": True} if visit.query("ville") else {}
    days = {name: visit.query(short) for name, short in DAYS.items() if visit.query(short)}
    return {**_chosen(visit), **whole, **days, "search": visit.query("q")}


def _near(visit: Visit) -> dict[str, float]:
    """The middle of the district near which to look; nothing: the address names none."""
    district = visit.territory.district(visit.query("pres"))
    return {"latitude": district.centre.latitude, "longitude": district.centre.longitude} if district else {}


def search(visit: Visit) -> Answer:
    """The page. A search that cannot be read shows everything, with a word about it."""
    filters, unreadable = asked(visit), False
    as_map = visit.query("vue") == "carte"
    paging = {"after": visit.query("after") or None, "limit": ON_MAP if as_map else IN_LIST}
    try:
        request = BrowseIdeas.model_validate({**filters, **paging, "sort": _sort(visit), **_near(visit)})
    except ValidationError:
        request, unreadable = BrowseIdeas(), True
    found = visit.call(BROWSE_IDEAS, request)
    return page(
        "ideas/list.html",
        cache=10,
        found=found.page,
        counts=found.counts,
        labels=Labels(visit),
        sorts=SORTS,
        chips=_chips(visit),
        as_map=as_map,
        unreadable=unreadable,
        drawing=maps.drawing(visit) if as_map else None,
        feed_path=feed_path(visit),
    )


def feed(visit: Visit) -> Answer:
    """``/idees.atom``: the last dossiers that satisfy the filters of the address, for feed readers."""
    try:
        request = ListIdeas.model_validate({**asked(visit), "sort": Sort.RECENT})
    except ValidationError:
        raise Fault.not_found() from None
    shows = {"found": visit.call(LIST_IDEAS, request), "path": feed_path(visit), "about": about(visit)}
    return Document(render(visit, "ideas/feed.xml", shows).encode(), ATOM, cache=300)


def feed_path(visit: Visit) -> str:
    """Where the feed of these filters is: the same for every order, page and view, since it is what names the feed."""
    chosen = [(name, value) for name in FEED for value in visit.queries(name) if value.strip()]
    return f"/idees.atom?{urlencode(chosen)}" if chosen else "/idees.atom"


def about(visit: Visit) -> str:
    """What the filters say, in words: the title of the feed."""
    return ", ".join(label for label, _ in _chips(visit))


def _sort(visit: Visit) -> Sort | None:
    if _near(visit):
        return Sort.NEAR
    wanted = visit.query("tri")
    return Sort(wanted) if wanted in {sort.value for sort in SORTS} else None


def _chips(visit: Visit) -> list[tuple[str, str]]:
    """Each active filter: what it says, and the address without it."""
    labels = Labels(visit)
    say: dict[str, Callable[[str], str]] = {
        "themes": labels.theme,
        "districts": labels.district,
        "states": lambda value: labels.state(State(value)).label,
        "kinds": labels.kind,
    }
    found = [
        (say[name](value), visit.without(FILTERS[name], value))
        for name, values in _chosen(visit).items()
        for value in values
    ]
    if visit.query("du"):
        found.append((visit.text("From %(day)s", day=visit.query("du")), visit.with_query(du=None)))
    if visit.query("au"):
        found.append((visit.text("Until %(day)s", day=visit.query("au")), visit.with_query(au=None)))
    search_words = visit.query("q")
    return [*found, (f"« {search_words} »", visit.with_query(q=None))] if search_words else found
