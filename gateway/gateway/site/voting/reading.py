"""The list of votes and the page of one."""

from typing import Any

from contracts.errors import Fault
from contracts.voting import (
    GET_ELECTION,
    GET_PARTICIPATION,
    GET_RULES,
    LIST_ELECTIONS,
    ElectionRef,
    ElectionView,
    GetParticipation,
    GetRules,
    ListElections,
    Participation,
    Secrecy,
    State,
)

from gateway.site.answers import Answer, Document, page
from gateway.site.visit import Visit
from gateway.site.voting.counting import counting
from gateway.site.voting.labels import Labels

GROUPS = {"open": (State.OPEN,), "announced": (State.ANNOUNCED,), "over": (State.CLOSED, State.PUBLISHED)}


def browse(visit: Visit) -> Answer:
    """All votes: open, announced, over."""
    lists = {name: [one for state in states for one in _list(visit, state)] for name, states in GROUPS.items()}
    return page("voting/list.html", cache=15, lists=lists, labels=Labels(visit))


def _list(visit: Visit, state: State) -> tuple[Any, ...]:
    return visit.call(LIST_ELECTIONS, ListElections(state=state, limit=50)).items


def open_now(visit: Visit) -> dict[str, Any]:
    """For the home page: the votes that are open."""
    return {"found": _list(visit, State.OPEN)[:5], "labels": Labels(visit)}


def read(visit: Visit) -> ElectionView:
    """The election of the address. Raises *not-found*."""
    slug = visit.url["slug"]
    if len(slug) > 80 or not slug.replace("-", "").isalnum() or not slug.isascii() or slug != slug.lower():
        raise Fault.not_found()
    return visit.call(GET_ELECTION, ElectionRef(election=slug))


def participation(visit: Visit, one: ElectionView) -> Participation | None:
    """May the visitor vote, and have they? ``None`` for somebody who is not signed in."""
    if visit.session is None or one.state not in {State.OPEN, State.CLOSED, State.PUBLISHED}:
        return None
    return visit.call(GET_PARTICIPATION, GetParticipation(election_id=one.id))


def siblings(visit: Visit, campaign: str | None) -> tuple[Any, ...]:
    """The votes of the same campaign, for the tabs between perimeters."""
    if campaign is None:
        return ()
    found = visit.call(LIST_ELECTIONS, ListElections(campaign=campaign, limit=50)).items
    return tuple(sorted(found, key=lambda one: one.perimeter or "")) if len(found) > 1 else ()


def show(visit: Visit) -> Answer:
    """The rules, the projects, the calendar, and what the visitor can do."""
    one = read(visit)
    asks = one.state is State.OPEN and one.secrecy is Secrecy.OPEN
    mine = participation(visit, one) if asks else None
    tabs = siblings(visit, one.campaign)
    labels = Labels(visit)
    how = counting(labels, one)
    return page("voting/election.html", cache=10, one=one, mine=mine, siblings=tabs, counting=how, labels=labels)


def rules(visit: Visit) -> Answer:
    """The published rules, byte for byte."""
    one = read(visit)
    version = visit.query("version")
    wanted = int(version) if version.isdigit() and len(version) < 6 and int(version) else None
    found = visit.call(GET_RULES, GetRules(election=one.slug, version=wanted))
    name = f"{one.slug}-regles-v{found.version}.json"
    return Document(found.canonical.encode(), "application/json; charset=utf-8", name, cache=60)
