"""What was done to the records since they were published: each finding names the dossier, the step and the day.

Three things are held against each other: the records, whose steps are chained; the heads of the days, which are chained
too; and what each head says of each record. Nothing else is needed, and nothing else is believed.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from ideas.domain.heads import Entry, Head, canonical
from ideas.domain.record import BEGINNING, Link, broken_links, digest

TOLERANCE = timedelta(minutes=10)
"""Between the moment that a step is dated and the moment that it can be read: longer than any transaction."""
Records = Mapping[str, Sequence[Link]]


def findings(records: Records, heads: Sequence[Head]) -> list[str]:
    """Everything that does not hold; empty: the records are what they were on each of the days."""
    broken = [f"{number}: {problem}" for number, links in records.items() for problem in broken_links(number, links)]
    return [*broken, *_chain_of(heads), *_against(records, heads)]


def _chain_of(heads: Sequence[Head]) -> Iterator[str]:
    previous, day = BEGINNING, None
    for head in heads:
        if head.previous != previous:
            yield f"head of {head.day}: does not follow the head before"
        if day is not None and head.day != day + timedelta(days=1):
            yield f"head of {head.day}: the head of {day + timedelta(days=1)} was expected here"
        if head.hash != digest(head.previous, canonical(head.day, head.until, head.records)):
            yield f"head of {head.day}: its content does not give its hash"
        previous, day = head.hash, head.day


def _against(records: Records, heads: Sequence[Head]) -> Iterator[str]:
    """What the heads say against what the records hold, and the dates of the steps against the days of the heads."""
    sealed: dict[str, int] = {}
    before: Head | None = None
    for head in heads:
        for entry in head.records:
            links = records.get(entry.number, ())
            known = sealed.get(entry.number, 0)
            yield from _entry(entry, links, known, head)
            yield from _dates(entry.number, links[known : entry.position], before, head)
            sealed[entry.number] = entry.position
        before = head
    for number, links in records.items():
        yield from _dates(number, links[sealed.get(number, 0) :], before, None)


def _entry(entry: Entry, links: Sequence[Link], known: int, head: Head) -> Iterator[str]:
    if not links:
        yield f"{entry.number}: the record is gone; it had {entry.position} steps on {head.day}"
    elif len(links) < entry.position:
        yield f"{entry.number}: steps are gone; there were {entry.position} on {head.day}, now {len(links)}"
    elif links[entry.position - 1].hash != entry.hash:
        which = "step" if entry.position == known + 1 else f"one of steps {known + 1} to"
        yield f"{entry.number}: {which} {entry.position}: is not what it was on {head.day}"


def _dates(number: str, links: Sequence[Link], before: Head | None, head: Head | None) -> Iterator[str]:
    """The steps that a head names first must be of its day (``None``: after the last head)."""
    for link in links:
        if before is not None and link.at < before.until - TOLERANCE:
            yield f"{number}: step {link.position}: dated {_day(link)}, but unknown to the head of {before.day}"
        if head is not None and link.at >= head.until + TOLERANCE:
            yield f"{number}: step {link.position}: dated {_day(link)}, but known to the head of {head.day}"


def _day(link: Link) -> str:
    return link.at.isoformat(timespec="seconds")
