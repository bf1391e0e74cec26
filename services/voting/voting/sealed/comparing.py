"""Two counts of a place side by side, for the agents who entered them: nobody sees another's before their own."""

from collections.abc import Iterator, Sequence
from typing import Any

from chassis.auth import Caller
from contracts.voting import MANAGER_ROLE
from contracts.voting.sealed_paper import PaperDifference, PaperEntries, PaperEntry, ReadPaperEntries

from voting import translate
from voting.resources import Resources
from voting.sealed.paper import OFFICER_ROLE, Document, Entry, entries_of, state_of
from voting.sealed.views import found


@translate.speaks_faults
def read_paper_entries(resources: Resources, caller: Caller, request: ReadPaperEntries) -> PaperEntries:
    """The caller's entry and, once there is one, those of the others with every number that differs."""
    agent = caller.require(MANAGER_ROLE, OFFICER_ROLE, place=request.place)
    with resources.uow() as tx:
        election, _ = found(tx, str(request.election_id))
        entries = [one for one in entries_of(tx, election.rules.election_id) if one.place == request.place]
    entries.sort(key=lambda one: one.agent != agent)
    shown = entries if any(one.agent == agent for one in entries) else []
    return PaperEntries(
        election_id=request.election_id,
        place=request.place,
        state=state_of(entries) if entries else None,
        entered=len(entries),
        entries=tuple(PaperEntry(mine=one.agent == agent, **one.document) for one in shown),
        differences=tuple(_differences(shown)),
    )


def _differences(entries: Sequence[Entry]) -> Iterator[PaperDifference]:
    flat = [dict(_numbers("", one.document)) for one in entries]
    for pointer in sorted({pointer for numbers in flat for pointer in numbers}):
        numbers = tuple(one.get(pointer, 0) for one in flat)
        if len(set(numbers)) > 1:
            yield PaperDifference(pointer=pointer, numbers=numbers)


def _numbers(pointer: str, part: Document | Any) -> Iterator[tuple[str, int]]:  # noqa: ANN401 -- any part of it
    """Every number of a count with its pointer; what was left out is none."""
    if isinstance(part, dict):
        for name, inside in part.items():
            yield from _numbers(f"{pointer}/{name}", inside)
    elif part is not None:
        yield pointer, part
