"""Every way of voting, end to end: rules are frozen, ballots cast, counted, published, counted again, exported."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from contracts.base import Reply
from contracts.errors import Fault
from contracts.voting import BallotReceipt, CastBallot, CheckReceipt, ElectionRef, GetRules
from voting import queries, recount
from voting.pabulib import ballot_of, draft_of, export, opened

from services.voting.tests.unit.test_pabulib import frame, publish
from services.voting.tests.world import World, citizen


@dataclass(frozen=True)
class Way:
    """A way of voting, ballots, and what must come of them: project, tally and verdict in the order of the result."""

    method: dict[str, Any]
    ballots: tuple[dict[str, Any], ...]
    published: tuple[str, ...]
    """The ballots as they stand in the file, in some order."""
    result: tuple[tuple[Any, ...], ...]
    wrong: dict[str, Any]
    problems: frozenset[tuple[str, str]]
    more: dict[str, Any] = field(default_factory=dict)
    """What else is different from the draft of all tests."""


def points(**given: int) -> dict[str, Any]:
    return {"kind": "points", "points": given}


def opinions(**given: str) -> dict[str, Any]:
    return {"kind": "for_against", "opinions": given}


def knapsack(*choices: str) -> dict[str, Any]:
    return {"kind": "knapsack", "choices": list(choices)}


def ranking(*projects: str) -> dict[str, Any]:
    return {"kind": "ranking", "ranking": list(projects)}


FOR_AGAINST: dict[str, Any] = {"kind": "for_against", "majority_percent": 50, "minimum_votes": 1}
OPINIONS = (
    opinions(shade="for", bikes="against", books="for"),
    opinions(shade="for", bikes="for", books="abstain"),
    opinions(bikes="for", books="against"),
    opinions(),
)
PUBLISHED = ("bikes=against,books=for,shade=for", "bikes=for,books=abstain,shade=for", "bikes=for,books=against", "")
WRONG = opinions(shade="for", nowhere="for", elsewhere="against")
UNKNOWN = frozenset({(f"/ballot/opinions/{one}", "unknown-project") for one in ("nowhere", "elsewhere")})
WAYS = {
    "points": Way(
        {"kind": "points", "points": 5, "max_per_project": 3, "minimum_points": 2},
        (points(shade=3, bikes=2), points(shade=1, books=3), points(benches=1), points()),
        ("bikes=2,shade=3", "books=3,shade=1", "benches=1", ""),
        (
            ("shade", 2, 4, "won"),
            ("books", 1, 3, "won"),
            ("bikes", 1, 2, "too_expensive"),
            ("benches", 1, 1, "below_minimum"),
        ),
        points(shade=4, nowhere=3, books=1),
        frozenset(
            {
                ("/ballot/points/nowhere", "unknown-project"),
                ("/ballot/points/shade", "points-out-of-range"),
                ("/ballot/points", "too-many-points"),
            }
        ),
    ),
    "for and against": Way(
        FOR_AGAINST,
        OPINIONS,
        PUBLISHED,
        (
            ("shade", 2, None, "adopted"),
            ("bikes", 2, None, "adopted"),
            ("benches", 0, None, "below_minimum"),
            ("books", 1, None, "rejected"),
        ),
        WRONG,
        UNKNOWN,
        {"envelope": None},
    ),
    "for and against under an envelope": Way(
        FOR_AGAINST,
        OPINIONS,
        PUBLISHED,
        (
            ("shade", 2, None, "won"),
            ("bikes", 2, None, "too_expensive"),
            ("benches", 0, None, "below_minimum"),
            ("books", 1, None, "rejected"),
        ),
        WRONG,
        UNKNOWN,
    ),
    "knapsack": Way(
        {"kind": "knapsack", "minimum_votes": 1},
        (knapsack("books", "shade"), knapsack("benches", "bikes", "books"), knapsack("books"), knapsack()),
        ("books,shade", "benches,bikes,books", "books", ""),
        (
            ("books", 3, None, "won"),
            ("benches", 1, None, "won"),
            ("bikes", 1, None, "won"),
            ("shade", 1, None, "too_expensive"),
        ),
        knapsack("shade", "bikes", "nowhere"),
        frozenset({("/ballot/choices", "unknown-project"), ("/ballot/choices", "too-expensive")}),
    ),
    "ranking": Way(
        {"kind": "ranking", "max_ranks": 3, "minimum_votes": 1},
        (ranking("shade", "bikes"), ranking("books", "shade", "bikes"), ranking("books"), ranking()),
        ("shade>bikes", "books>shade>bikes", "books", ""),
        (
            ("books", 2, 6, "won"),
            ("shade", 2, 5, "won"),
            ("bikes", 2, 3, "too_expensive"),
            ("benches", 0, 0, "below_minimum"),
        ),
        ranking("shade", "nowhere", "books", "bikes"),
        frozenset({("/ballot/ranking/1", "unknown-project"), ("/ballot/ranking", "too-many-ranks")}),
    ),
}
EVERY = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())


def cast(world: World, election_id: object, content: dict[str, Any]) -> Reply | Fault:
    request = CastBallot.model_validate({"election_id": election_id, "cast_id": uuid4(), "ballot": content})
    (answer,) = world.cast((citizen(), request))
    return answer


def held(world: World, way: Way) -> tuple[str, list[BallotReceipt]]:
    """The election of a way of voting, counted; its address and its receipts."""
    election = world.open(method=way.method, **way.more)
    receipts = [cast(world, election.id, content) for content in way.ballots]
    world.count(election.id)
    assert all(isinstance(one, BallotReceipt) for one in receipts), receipts
    return election.slug, receipts  # type: ignore[return-value]


@EVERY
def test_ballots_are_counted_by_the_rules_and_every_project_is_explained(world: World, way: Way) -> None:
    slug, receipts = held(world, way)
    found = queries.get_result(world.resources, citizen(), ElectionRef(election=slug))
    shown = [
        queries.check_receipt(world.resources, citizen(), CheckReceipt(election=slug, receipt=one.receipt)).ballot
        for one in receipts
    ]

    assert tuple((one.candidate_id, one.votes, one.points, one.verdict.value) for one in found.ranking) == way.result
    assert (found.ballots, found.blank_ballots) == (len(way.ballots), 1)
    assert [one.model_dump(mode="json") for one in shown if one] == list(way.ballots)


@EVERY
def test_the_rules_that_are_published_say_how_one_votes(world: World, way: Way) -> None:
    election = world.open(method=way.method, **way.more)
    rules = queries.get_rules(world.resources, citizen(), GetRules(election=election.slug))

    assert election.method.model_dump(mode="json").items() >= way.method.items()
    assert json.loads(rules.canonical)["method"].items() >= way.method.items()


@EVERY
def test_everything_wrong_with_a_ballot_is_said_at_once_in_its_place(world: World, way: Way) -> None:
    election = world.open(method=way.method, **way.more)

    refused = cast(world, election.id, way.wrong)

    assert isinstance(refused, Fault)
    assert {(one.pointer, one.code) for one in refused.errors} == way.problems


@EVERY
def test_another_kind_of_ballot_is_refused(world: World, way: Way) -> None:
    election = world.open(method=way.method, **way.more)

    refused = cast(world, election.id, {"kind": "majority_judgment", "grades": {}})

    assert isinstance(refused, Fault)
    assert [(one.pointer, one.code) for one in refused.errors] == [("/ballot/kind", "wrong-method")]


@EVERY
def test_the_published_ballots_are_counted_again_by_anybody(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], way: Way
) -> None:
    slug, _ = held(world, way)
    published = publish(world, slug, tmp_path / "published.json")
    document = json.loads(published.read_text(encoding="utf-8"))
    document["ballots"][0][2] = next(one for one in way.published if one != document["ballots"][0][2])
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(document), encoding="utf-8")

    assert sorted(row[2] for row in json.loads(published.read_text(encoding="utf-8"))["ballots"]) == sorted(
        way.published
    )
    assert recount.main([str(published)]) == 0
    assert recount.main([str(changed)]) == 1
    assert "DIFFERENT" in capsys.readouterr().out


@EVERY
def test_what_is_exported_is_imported_as_the_same_election(world: World, tmp_path: Path, way: Way) -> None:
    slug, _ = held(world, way)
    export(publish(world, slug, tmp_path / "published.json"), tmp_path / "export.pb")

    with opened(tmp_path / "export.pb") as reader:
        again = draft_of(reader, frame())
        ballots = [ballot_of(again["method"]["kind"], vote) for vote in reader.votes()]

    assert reader.problems == []
    assert again["method"] == way.method
    assert sorted(map(written, ballots)) == sorted(map(written, way.ballots))


def written(content: dict[str, Any]) -> str:
    """A ballot as one text, in whatever order it names its projects, unless the order counts."""
    return json.dumps(content, sort_keys=True)
