"""What ideas shows on the shared pages: home, one's own space, transparency."""

from datetime import timedelta
from typing import Any

from contracts.ideas import (
    BROWSE_IDEAS,
    LIST_HEADS,
    LIST_IDEAS,
    LIST_MY_IDEAS,
    LIST_MY_MERGES,
    LIST_MY_SUPPORTS,
    READ_TRANSPARENCY,
    BrowseIdeas,
    ListHeads,
    ListIdeas,
    ListMyIdeas,
    ListMyMerges,
    ListMySupports,
    ReadTransparency,
    Sort,
    State,
)

from gateway.site.ideas.labels import ENDED, Labels
from gateway.site.visit import Visit


def near_threshold(visit: Visit) -> dict[str, Any]:
    """Three open dossiers nearest to their threshold, and how many are open."""
    found = visit.call(BROWSE_IDEAS, BrowseIdeas(states=(State.OPEN,), sort=Sort.PROGRESS, limit=3))
    return {"near": found.page.items, "open": found.counts.total, "labels": Labels(visit)}


def outcomes(visit: Visit) -> dict[str, Any]:
    """What became of the last ones."""
    ended = visit.call(LIST_IDEAS, ListIdeas(states=ENDED, sort=Sort.CHANGED, limit=5))
    return {"ended": ended.items, "labels": Labels(visit)}


def mine(visit: Visit) -> dict[str, Any]:
    """One's dossiers and what one supports."""
    return {
        "mine": visit.call(LIST_MY_IDEAS, ListMyIdeas(limit=10)),
        "merges": visit.call(LIST_MY_MERGES, ListMyMerges()).items,
        "supported": visit.call(LIST_MY_SUPPORTS, ListMySupports(limit=10)),
        "labels": Labels(visit),
    }


def figures(visit: Visit) -> dict[str, Any]:
    """Delays promised and kept, reasons of refusals, the last head of the records."""
    return {
        "figures": visit.call(READ_TRANSPARENCY, ReadTransparency()),
        "heads": visit.call(LIST_HEADS, ListHeads(limit=7)),
        "labels": Labels(visit),
        "hours": lambda n: visit.words.span(timedelta(hours=n)),
    }
