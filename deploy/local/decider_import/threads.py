"""Messages of an export, each put where it belongs. Threads here have one level: deeper answers join it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from decider_demo.source import Refusal, Row

from decider_import.rows import Comment

SIDES = {"1": "pro", "-1": "con", "0": "question", "": "question"}
"""What says neither yes nor no stands with the questions."""
Owner = tuple[str, str]
"""What a thread is about: ``("proposal", "345")``."""


@dataclass(slots=True)
class Threads:
    """The messages of every proposal and debate, what could not be placed, and what was placed differently."""

    of: Mapping[Owner, list[dict[str, Any]]]
    refused: list[Refusal] = field(default_factory=list)
    changed: list[Refusal] = field(default_factory=list)


def arrange(rows: Iterable[Row[Comment]], owners: frozenset[Owner]) -> Threads:
    """Every message with its dossier, in the order in which they were written."""
    ordered = sorted(rows, key=lambda row: row.values.created_at)
    known = {(row.values.on, row.values.id): row for row in ordered}
    of: dict[Owner, list[dict[str, Any]]] = defaultdict(list)
    found = Threads(of)
    for row in ordered:
        root = _root(row, known)
        if isinstance(root, str):
            found.refused.append(Refusal(row.spot, f"message {row.values.id}: {root}"))
            continue
        owner = (root.values.about, root.values.about_id)
        if owner not in owners:
            found.refused.append(
                Refusal(row.spot, f"message {row.values.id}: it is about {' '.join(owner)}, which was not taken over")
            )
            continue
        of[owner].append(_message(row, root))
        if row is not root and row.values.about_id != root.values.id:
            found.changed.append(Refusal(row.spot, f"message {row.values.id}: answers an answer; it joins the thread"))
    return found


def _root(row: Row[Comment], known: Mapping[tuple[str, str], Row[Comment]]) -> Row[Comment] | str:
    """The message that begins the thread, or why there is none."""
    seen = set()
    while row.values.about == "comment":
        key = (row.values.on, row.values.about_id)
        if key in seen:
            return "it answers itself"
        seen.add(key)
        if key not in known:
            return f"it answers message {row.values.about_id}, which the export does not hold"
        row = known[key]
    return row


def _message(row: Row[Comment], root: Row[Comment]) -> dict[str, Any]:
    one = row.values
    body = {
        "reference": _reference(row),
        "side": SIDES[one.alignment],
        "text": one.body,
        "written_at": one.created_at.isoformat(),
    }
    return body if row is root else body | {"parent": _reference(root)}


def _reference(row: Row[Comment]) -> str:
    return f"comment-{row.values.on or 'all'}-{row.values.id}"
