"""``/idees``: search, filters, order, pages; the same as a list or beside a map."""

from collections.abc import Callable
from typing import Any

from contracts.errors import Fault
from contracts.ideas import COUNT_IDEAS, LIST_IDEAS, CountIdeas, ListIdeas, Sort, State
from pydantic import ValidationError

from gateway.site import maps
from gateway.site.answers import Answer, Document, page
from gateway.site.ideas.labels import SORTS, Labels
from gateway.site.render import render
from gateway.site.visit import Visit

ATOM = "application/atom+xml"
ON_MAP = 60
IN_LIST = 20
FILTERS = {"themes": "theme", "districts": "lieu", "states": "etat", "kinds": "nature"}
"""The filters of the contract and their names in the address."""


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
    return {**_chosen(visit), **whole, "search": visit.query("q")}


def search(visit: Visit) -> Answer:
    """The page. A search that cannot be read shows everything, with a word about it."""
    filters, unreadable = asked(visit), False
    as_map = visit.query("vue") == "carte"
    paging = {"after": visit.query("after") or None, "limit": ON_MAP if as_map else IN_LIST}
    try:
        request = ListIdeas.model_validate({**filters, **paging, "sort": _sort(visit)})
        counts_of = CountIdeas.model_validate(filters)
    except ValidationError:
        request, counts_of, unreadable = ListIdeas(), CountIdeas(), True
    return page(
        "ideas/list.html",
        cache=10,
        found=visit.call(LIST_IDEAS, request),
        counts=visit.call(COUNT_IDEAS, counts_of),
        labels=Labels(visit),
        sorts=SORTS,
        chips=_chips(visit),
        as_map=as_map,
        unreadable=unreadable,
        drawing=maps.drawing(visit) if as_map else None,
    )


def feed(visit: Visit) -> Answer:
    """``/idees.atom``: the last dossiers that satisfy the filters of the address, for feed readers."""
    try:
        request = ListIdeas.model_validate({**asked(visit), "sort": Sort.RECENT})
    except ValidationError:
        raise Fault.not_found() from None
    found = visit.call(LIST_IDEAS, request)
    return Document(render(visit, "ideas/feed.xml", {"found": found}).encode(), ATOM, cache=300)


def _sort(visit: Visit) -> Sort | None:
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
    search_words = visit.query("q")
    return [*found, (f"« {search_words} »", visit.with_query(q=None))] if search_words else found
