"""The tree of services: who is above whom, and which way something is passed on."""

from collections.abc import Iterable, Mapping

Parents = Mapping[str, str]
"""By service, the one directly above it. No service is above itself: the territory's check refuses that."""


def branch(parents: Parents, service: str) -> tuple[str, ...]:
    """The service and those above it, from the nearest."""
    found = [service]
    while (above := parents.get(found[-1])) is not None:
        found.append(above)
    return tuple(found)


def beneath(parents: Parents, services: Iterable[str]) -> frozenset[str]:
    """The services and everything under them."""
    tops = frozenset(services)
    return tops | {one for one in parents if not tops.isdisjoint(branch(parents, one))}


def direction(parents: Parents, *, source: str, target: str) -> str:
    """``up``, ``down`` or ``across`` the tree."""
    if target in branch(parents, source):
        return "up"
    return "down" if source in branch(parents, target) else "across"
