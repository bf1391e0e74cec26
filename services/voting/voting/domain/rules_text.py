"""The rules as plain JSON values, and their one canonical text whose SHA-256 is published.

The canonical text is JSON with sorted keys, no spaces, UTF-8 as it is, integers only: another program writes the same
bytes. It holds all that a recount needs. What is added to the rules later is written only where it is used, so that
the text and the hash of every election held before stay what they were.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from voting.domain.method_text import is_later, method_document, method_of
from voting.domain.rules import (
    FORMAT,
    LATER_FORMAT,
    Candidate,
    Completion,
    EqualShares,
    Fill,
    Rules,
    Sealed,
    SharesUse,
    TieBreak,
)

_LATER = frozenset({"exclusions", "equal_shares", "sealed"})


def canonical(rules: Rules, version: int) -> str:
    """The one text of these rules."""
    document = to_document(rules)
    later = _LATER & document.keys() or is_later(document["method"])
    document |= {"format": LATER_FORMAT if later else FORMAT, "version": version}
    document["secrecy"] = "sealed" if rules.sealed else "open"
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def to_document(rules: Rules) -> dict[str, Any]:
    """The rules as plain JSON values."""
    later: dict[str, Any] = {}
    if rules.exclusions:
        later["exclusions"] = [list(group) for group in rules.exclusions]
    if rules.equal_shares:
        shares = rules.equal_shares
        later["equal_shares"] = {"use": shares.use.value, "completion": shares.completion.value}
    if sealed := rules.sealed:
        later["sealed"] = {"trustees": list(sealed.trustees), "threshold": sealed.threshold, "group": sealed.group}
    return later | {
        "election_id": str(rules.election_id),
        "slug": rules.slug,
        "title": dict(rules.title),
        "description": dict(rules.description),
        "campaign": rules.campaign,
        "method": method_document(rules.method),
        "candidates": [_candidate_document(candidate) for candidate in rules.candidates],
        "perimeter": rules.perimeter,
        "eligibility_action": rules.eligibility_action,
        "opens_at": _instant(rules.opens_at),
        "closes_at": _instant(rules.closes_at),
        "tie_break": rules.tie_break.value,
        "lot_seed": rules.lot_seed,
        "envelope": rules.envelope,
        "fill": rules.fill.value,
    }


def from_document(document: Mapping[str, Any]) -> Rules:
    """The inverse of :func:`to_document`. Raises ``KeyError``, ``TypeError`` or ``ValueError`` for anything else."""
    return Rules(
        election_id=UUID(document["election_id"]),
        slug=document["slug"],
        title=document["title"],
        description=document["description"],
        campaign=document["campaign"],
        method=method_of(document["method"]),
        candidates=tuple(Candidate(**candidate) for candidate in document["candidates"]),
        perimeter=document["perimeter"],
        eligibility_action=document["eligibility_action"],
        opens_at=datetime.fromisoformat(document["opens_at"]),
        closes_at=datetime.fromisoformat(document["closes_at"]),
        tie_break=TieBreak(document["tie_break"]),
        lot_seed=document["lot_seed"],
        envelope=document["envelope"],
        fill=Fill(document["fill"]),
        exclusions=tuple(map(tuple, document.get("exclusions", ()))),
        equal_shares=_equal_shares(document.get("equal_shares")),
        sealed=_sealed(document.get("sealed")),
    )


def _equal_shares(document: Mapping[str, Any] | None) -> EqualShares | None:
    if document is None:
        return None
    return EqualShares(SharesUse(document["use"]), Completion(document["completion"]))


def _sealed(document: Mapping[str, Any] | None) -> Sealed | None:
    if document is None:
        return None
    return Sealed(tuple(document["trustees"]), document["threshold"], document["group"])


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _candidate_document(candidate: Candidate) -> dict[str, Any]:
    return {
        "id": candidate.id,
        "title": dict(candidate.title),
        "summary": dict(candidate.summary),
        "cost": candidate.cost,
        "category": candidate.category,
        "district": candidate.district,
        "dossier": candidate.dossier,
    }
