"""Toulouse 2024 as a booth would show it: a sealed vote for each district; a voter's choices are parted among them."""

import re
from datetime import datetime
from pathlib import Path

from voting.pabulib import Frame, Vote, draft_of, opened

from decider_demo.sealed_input import LEFT, Cast, Input
from decider_demo.toulouse import FILE

GROUP = "Ed25519"
MAXIMUM = 3
NOTHING = Frame("", "", datetime.min, datetime.min)  # noqa: DTZ901 -- of the whole file's draft only the projects are used


def read(data: Path, voters: int | None = None) -> list[Input]:
    """The districts in which somebody chose something; of all voters or of the first ones. ValueError for a bad row."""
    with opened(data / FILE) as reader:
        candidates = draft_of(reader, NOTHING)["candidates"]
        votes = list(reader.votes())[:voters]
        if reader.problems:
            raise ValueError("; ".join(f"{FILE}:{one.line}: {one.reason}" for one in reader.problems))
    by_district: dict[str, list[dict[str, object]]] = {}
    for one in candidates:
        by_district.setdefault(str(one["district"]), []).append(one)
    held = [_district(name, projects, votes) for name, projects in sorted(by_district.items(), key=_number)]
    return [one for one in held if one.casts]


def _number(named: tuple[str, object]) -> int:
    found = re.match(r"\d+", named[0])
    return int(found[0]) if found else 0


def _district(name: str, projects: list[dict[str, object]], votes: list[Vote]) -> Input:
    ids = {str(one["id"]) for one in projects}
    chosen = [(vote.voter, ids.intersection(vote.choices)) for vote in votes]
    return Input(
        slug=f"toulouse-2024-{_number((name, None))}",
        title={"fr": f"Toulouse 2024, {name}"[:300]},
        group=GROUP,
        method={"kind": "approval", "max_choices": min(MAXIMUM, len(projects))},
        candidates=projects,
        casts=[Cast(f"toulouse-{voter}", dict.fromkeys(sorted(some), LEFT)) for voter, some in chosen if some],
    )
