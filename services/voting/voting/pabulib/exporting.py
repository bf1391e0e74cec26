"""From our words to Pabulib's: a published election of ours as a file."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from pathlib import Path
from typing import Any

from voting.domain.award import WINS
from voting.domain.ballots import (
    Ballot,
    ChoiceBallot,
    JudgmentBallot,
    OpinionBallot,
    PointsBallot,
    RankingBallot,
    decode,
)
from voting.domain.rules import Approval, Fill, ForAgainst, Knapsack, Points, Ranking, Rules, SharesUse, judged_by
from voting.domain.rules_text import from_document
from voting.pabulib.mapping import OPINIONS
from voting.pabulib.writing import write

_COLUMNS = ("project_id", "cost", "votes", "score", "name", "category", "district", "selected")


def export(published: Path, target: Path) -> int:
    """Write the published ballots of one of our elections (its JSON file) as a Pabulib file; how many ballots."""
    document = json.loads(published.read_text(encoding="utf-8"))
    rules = from_document(json.loads(document["rules"]))
    meta, scored = _meta(rules, document), isinstance(rules.method, Points | Ranking)
    projects = tuple(one for one in _COLUMNS if scored or one != "score")
    columns = ("voter_id", "vote") if meta["vote_type"] in {"approval", "ordinal"} else ("voter_id", "vote", "points")
    rows = (_vote_row(number, decode(rules, ballot), rules) for number, _, ballot in document["ballots"])
    write(target, meta, (projects, _project_rows(rules, document)), (columns, rows))
    return len(document["ballots"])


def _meta(rules: Rules, document: Mapping[str, Any]) -> dict[str, str]:
    title = next(iter(rules.title.values()))
    meta = {
        "description": title,
        "unit": rules.perimeter or title,
        "instance": str(rules.opens_at.year),
        "num_projects": str(len(rules.candidates)),
        "num_votes": str(len(document["ballots"])),
        "budget": str(rules.envelope or 0),
        "rule": _rule(rules),
        "date_begin": rules.opens_at.astimezone(UTC).strftime("%d.%m.%Y"),
        "date_end": rules.closes_at.astimezone(UTC).strftime("%d.%m.%Y"),
    } | _method_meta(rules)
    return meta | {"language": next(iter(rules.title)), "comment": f"rules sha256 {document['result']['rules_sha256']}"}


def _method_meta(rules: Rules) -> dict[str, str]:
    method = rules.method
    if isinstance(method, Approval):
        least = str(method.minimum_votes)
        lengths = {"min_length": "0", "max_length": str(method.max_choices)}
        return {"vote_type": "approval"} | lengths | {"min_project_score_threshold": least}
    if isinstance(method, Knapsack):
        costs = {"min_sum_cost": "0", "max_sum_cost": str(rules.envelope or 0)}
        return {"vote_type": "approval"} | costs | {"min_project_score_threshold": str(method.minimum_votes)}
    if isinstance(method, Ranking):
        return {"vote_type": "ordinal", "min_length": "0", "max_length": str(method.max_ranks)}
    if isinstance(method, Points):
        cap = {} if method.max_per_project is None else {"max_points": str(method.max_per_project)}
        sums = {"min_sum_points": "0", "max_sum_points": str(method.points)}
        return {"vote_type": "cumulative"} | cap | sums | {"min_project_score_threshold": str(method.minimum_points)}
    if isinstance(method, ForAgainst):
        least = str(method.minimum_votes)
        return {"vote_type": "scoring", "min_points": "-1", "max_points": "1", "min_project_score_threshold": least}
    most = len(judged_by(method).grades) - 1
    return {"vote_type": "scoring", "min_points": "0", "max_points": str(most)}


def _rule(rules: Rules) -> str:
    if rules.equal_shares is not None and rules.equal_shares.use is SharesUse.RULE:
        return "equalshares/add1" if "add_one" in rules.equal_shares.completion else "equalshares"
    return "greedy" if rules.fill is Fill.SKIP else "greedy-no-skip"


def _project_rows(rules: Rules, document: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    ranked = {one["candidate_id"]: one for one in document["result"]["ranking"]}
    for candidate in rules.candidates:
        found = ranked[candidate.id]
        yield {
            "project_id": candidate.id,
            "cost": str(candidate.cost or 0),
            "votes": _number(found["votes"]),
            "score": _number(found.get("points")),
            "name": next(iter(candidate.title.values())),
            "category": candidate.category,
            "district": candidate.district,
            "selected": "1" if found["verdict"] in WINS else "0",
        }


def _number(found: int | None) -> str:
    return "" if found is None else str(found)


def _vote_row(number: int, ballot: Ballot, rules: Rules) -> dict[str, str]:
    row = {"voter_id": str(number)}
    if isinstance(ballot, ChoiceBallot):
        return row | {"vote": ",".join(sorted(ballot.choices))}
    if isinstance(ballot, RankingBallot):
        return row | {"vote": ",".join(ballot.ranking)}
    if isinstance(ballot, PointsBallot):
        return row | _pointed(sorted(ballot.points.items(), key=lambda one: (-one[1], one[0])))
    if isinstance(ballot, OpinionBallot):
        worth = {opinion: points for points, opinion in OPINIONS.items()}
        return row | _pointed([(project, worth[opinion]) for project, opinion in sorted(ballot.opinions.items())])
    return row | _pointed(_grade_points(rules, ballot))


def _grade_points(rules: Rules, ballot: JudgmentBallot) -> list[tuple[str, int]]:
    """The worst grade is worth nothing, the next one 1, and so on."""
    worst_first = list(reversed(judged_by(rules.method).codes))
    return [(project, worst_first.index(grade)) for project, grade in sorted(ballot.grades.items())]


def _pointed(given: Sequence[tuple[str, int]]) -> dict[str, str]:
    return {"vote": ",".join(project for project, _ in given), "points": ",".join(str(points) for _, points in given)}
