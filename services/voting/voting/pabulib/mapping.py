"""Between Pabulib's words and ours: a file as the body of a new election and of its ballots, our result as a file."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from voting.domain.rules import Approval, Fill, MajorityJudgment, Rules, SharesUse
from voting.domain.rules_text import from_document
from voting.pabulib.reading import Reader, Vote
from voting.pabulib.writing import write


class NotOffered(ValueError):
    """The file holds ballots of a kind that is not voted here: ranked or with points."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a Pabulib file does not say of an election and we need."""

    id: str
    slug: str
    opens_at: datetime
    closes_at: datetime
    eligibility_action: str = "vote_budget"
    language: str = "fr"


def draft_of(reader: Reader, frame: Frame) -> dict[str, Any]:
    """The body of ``POST /elections`` for this file. Raises :class:`NotOffered` for ranked or points ballots."""
    if reader.meta.vote_type not in {"approval", "choose-1"}:
        raise NotOffered(f"ballots of the kind {reader.meta.vote_type} can be checked, not voted again")
    title = reader.meta.get("description") or f"{reader.meta.get('unit')} {reader.meta.get('instance')}"
    threshold = reader.meta.get("min_project_score_threshold")
    method = {
        "kind": "approval",
        "max_choices": reader.meta.max_length or len(reader.projects),
        "minimum_votes": int(threshold) if threshold.isdigit() else 1,
    }
    return {
        "id": frame.id,
        "slug": frame.slug,
        "title": {frame.language: title[:300]},
        "method": method,
        "candidates": [_candidate(reader, id_, frame.language) for id_ in reader.projects],
        "eligibility_action": frame.eligibility_action,
        "opens_at": frame.opens_at.isoformat(),
        "closes_at": frame.closes_at.isoformat(),
        "envelope": reader.meta.budget,
    }


def _candidate(reader: Reader, id_: str, language: str) -> dict[str, Any]:
    project = reader.projects[id_]
    name = " ".join(project.name.split())
    return {
        "id": id_,
        "title": {language: (name if len(name) >= 3 else f"Projet {id_}")[:300]},
        "cost": project.cost,
        "category": project.fields.get("category", "")[:200],
        "district": (project.fields.get("district") or project.fields.get("neighborhood") or "")[:200],
    }


def ballot_of(vote: Vote) -> dict[str, Any]:
    """The ballot of a vote, as in the body of ``POST /elections/{id}/ballots``."""
    return {"kind": "approval", "choices": list(vote.choices)}


def export(published: Path, target: Path) -> int:
    """Write the published ballots of one of our elections (its JSON file) as a Pabulib file; how many ballots."""
    document = json.loads(published.read_text(encoding="utf-8"))
    rules = from_document(json.loads(document["rules"]))
    columns = ("voter_id", "vote") if isinstance(rules.method, Approval) else ("voter_id", "vote", "points")
    rows = (_vote_row(rules, number, ballot) for number, _, ballot in document["ballots"])
    projects = ("project_id", "cost", "votes", "name", "category", "district", "selected")
    write(target, _meta(rules, document), (projects, _project_rows(rules, document)), (columns, rows))
    return len(document["ballots"])


def _meta(rules: Rules, document: Mapping[str, Any]) -> dict[str, str]:
    title = next(iter(rules.title.values()))
    approval = isinstance(rules.method, Approval)
    meta = {
        "description": title,
        "unit": rules.perimeter or title,
        "instance": str(rules.opens_at.year),
        "num_projects": str(len(rules.candidates)),
        "num_votes": str(len(document["ballots"])),
        "budget": str(rules.envelope or 0),
        "vote_type": "approval" if approval else "scoring",
        "rule": _rule(rules),
        "date_begin": rules.opens_at.astimezone(UTC).strftime("%d.%m.%Y"),
        "date_end": rules.closes_at.astimezone(UTC).strftime("%d.%m.%Y"),
    }
    if isinstance(rules.method, Approval):
        meta |= {"min_length": "0", "max_length": str(rules.method.max_choices)}
        meta |= {"min_project_score_threshold": str(rules.method.minimum_votes)}
    else:
        meta |= {"min_points": "0", "max_points": str(len(rules.method.grades) - 1)}
    return meta | {"language": next(iter(rules.title)), "comment": f"rules sha256 {document['result']['rules_sha256']}"}


def _rule(rules: Rules) -> str:
    if rules.equal_shares is not None and rules.equal_shares.use is SharesUse.RULE:
        return "equalshares/add1" if "add_one" in rules.equal_shares.completion else "equalshares"
    return "greedy" if rules.fill is Fill.SKIP else "greedy-no-skip"


def _project_rows(rules: Rules, document: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    ranked = {one["candidate_id"]: one for one in document["result"]["ranking"]}
    for candidate in rules.candidates:
        votes = ranked[candidate.id]["votes"]
        yield {
            "project_id": candidate.id,
            "cost": str(candidate.cost or 0),
            "votes": "" if votes is None else str(votes),
            "name": next(iter(candidate.title.values())),
            "category": candidate.category,
            "district": candidate.district,
            "selected": "1" if ranked[candidate.id]["verdict"] in {"won", "completed"} else "0",
        }


def _vote_row(rules: Rules, number: int, ballot: str) -> dict[str, str]:
    if not isinstance(rules.method, MajorityJudgment):
        return {"voter_id": str(number), "vote": ballot}
    worst_first = list(reversed(rules.method.codes))
    pairs = [part.split("=") for part in ballot.split(",") if part]
    points = ",".join(str(worst_first.index(grade)) for _, grade in pairs)
    return {"voter_id": str(number), "vote": ",".join(project for project, _ in pairs), "points": points}
