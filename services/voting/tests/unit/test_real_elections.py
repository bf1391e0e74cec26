"""Elections that were really held: Pabulib's files and published winners, Orsay's ballots by majority judgment.

The data is not ours to publish. It is read from the folder that ``DECIDER_DATA`` names.
"""

import csv
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from contracts.voting import Ballot, DraftElection
from pydantic import TypeAdapter
from voting import methods
from voting.domain import count
from voting.domain.award import Verdict, award
from voting.domain.ballots import JudgmentBallot, check
from voting.domain.reproduction import Account, Difference, Entry, account_for
from voting.domain.rules import Approval, Blanks, Candidate, Fill, Grade, MajorityJudgment, Rules
from voting.pabulib import Frame, Reader, ballot_of, command, draft_of, opened, write

from services.voting.tests.real_data import folder
from services.voting.tests.unit.test_award import RULES
from services.voting.tests.world import PARIS

BALLOT: TypeAdapter[Ballot] = TypeAdapter(Ballot)
FRAME = Frame(str(UUID(int=1)), "vote", RULES.opens_at, RULES.closes_at)
GRADES = ("tres-bien", "bien", "assez-bien", "passable", "insuffisant", "a-rejeter")


def test_toulouse_2024_is_read_as_it_is() -> None:
    path = folder("pabulib") / "toulouse" / "France_Toulouse_2024.pb.gz"

    with opened(path) as reader:
        ballots = sum(1 for _ in reader.votes())

    assert (ballots, len(reader.projects), reader.meta.budget, reader.problems) == (7260, 183, 8_000_000, [])


def files() -> list[Path]:
    return sorted(folder("pabulib").glob("*/*.pb.gz"))


def test_every_file_parses_and_its_numbers_hold(tmp_path: Path) -> None:
    """META's numbers and the published votes are right everywhere; 24 ballots name a project twice and are refused."""
    ballots = 0
    refused: Counter[str] = Counter()
    for path in files():
        with opened(path) as reader:
            ballots += sum(1 for _ in reader.votes())
            refused.update(problem.reason for problem in reader.problems)

    assert len(files()) == 153
    assert (ballots, refused) == (616_388, {"the ballot names a project twice": 24})


@pytest.mark.parametrize("group", ["toulouse", "gdynia_2024", "zurich_formats"])
def test_what_is_written_of_a_real_file_reads_the_same(group: str, tmp_path: Path) -> None:
    for path in sorted((folder("pabulib") / group).glob("*.pb.gz")):
        target = tmp_path / path.name
        with opened(path) as reader:
            projects = (reader.project_columns, (one.fields for one in reader.projects.values()))
            write(target, reader.meta.values, projects, (reader.vote_columns, (one.fields for one in reader.votes())))
        with opened(path) as reader, opened(target) as again:
            assert (again.meta, again.projects) == (reader.meta, reader.projects)
            assert all(one.fields == two.fields for one, two in zip(reader.votes(), again.votes(), strict=True))


def held() -> Iterator[dict[str, Any]]:
    with gzip.open(folder("pabulib") / "published_winners.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def winners_here(row: dict[str, Any], fill: Fill, minimum: int) -> set[str]:
    rules = replace(
        RULES,
        method=Approval(1, minimum_votes=minimum),
        candidates=tuple(Candidate(one["id"], {"fr": one["id"]}, cost=int(one["cost"])) for one in row["projects"]),
        envelope=int(row["budget"]),
        fill=fill,
    )
    votes = Counter({one["id"]: int(one["score"]) for one in row["projects"]})
    result = count.approval_result(rules, Approval(1, minimum_votes=minimum), votes, row["num_votes"], 0)
    return {one.candidate.id for one in result.award.placed if one.verdict is Verdict.WON}


def test_the_winners_are_those_that_cities_published() -> None:
    """Wherever a simple rule gives the official winners, our engine gives them by that rule."""
    fills = {"greedy_skip": Fill.SKIP, "greedy_stop": Fill.STOP}
    different = []
    compared = 0
    for row in held():
        for name in row["reproduced_by"]:
            minimum = int(float(row["threshold"] or 0)) if name.endswith("_threshold") else 0
            compared += 1
            if winners_here(row, fills[name.removesuffix("_threshold")], minimum) != official(row):
                different.append((row["file"], name))
    assert compared > 1000
    assert different == []


def official(row: dict[str, Any]) -> frozenset[str]:
    return frozenset(one["id"] for one in row["projects"] if one["selected"] not in {"0", None})


def accounts() -> Iterator[tuple[dict[str, Any], Account]]:
    for row in held():
        entries = [Entry(one["id"], int(one["cost"]), int(one["score"])) for one in row["projects"]]
        threshold = int(float(row["threshold"])) if row["threshold"] else None
        yield row, account_for(entries, int(row["budget"]), official(row), threshold=threshold)


def test_every_city_is_accounted_for_by_its_rule_or_by_what_is_different() -> None:
    found: Counter[str] = Counter()
    for row, account in accounts():
        found[account.difference] += 1
        assert set(account.rules) == set(row["reproduced_by"]), row["file"]
        assert bool(account.rules) == (account.difference is Difference.NONE)
    assert found == {"none": 679, "added": 21, "left_out": 6, "other_rule": 4, "tie": 2}


def test_what_is_different_is_said_and_not_guessed() -> None:
    """Two projects of Katedralna have 206 votes; Gdynia adds one project beyond its envelope; Las leaves one out."""
    by_file = {row["file"]: (row, account) for row, account in accounts()}
    _, katedralna = by_file["Poland_Lodz_2024_Katedralna.pb"]
    row, gdynia = by_file["Poland_Gdynia_2024_Wielki_Kack__large.pb"]
    _, las = by_file["Poland_Warszawa_2018_Las.pb"]

    assert (katedralna.difference, katedralna.missing, katedralna.extra) == (Difference.TIE, ("S039KA",), ("S004KA",))
    assert (gdynia.difference, gdynia.missing, gdynia.extra) == (Difference.ADDED, (), ("2024/WIK/0003",))
    assert sum(one["cost"] for one in row["projects"] if one["id"] in official(row)) > row["budget"]
    assert (las.difference, las.missing, las.extra) == (Difference.LEFT_OUT, ("1649",), ())


def test_the_command_tells_the_rule_of_real_files(capsys: pytest.CaptureFixture[str]) -> None:
    large = folder("pabulib") / "large"
    files = [large / f"{name}.pb.gz" for name in ("Netherlands_Assen_2024", "Poland_Katowice_2023")]

    assert command.main(["winners", *map(str, files)]) == 0

    told = capsys.readouterr().out.splitlines()
    assert told[0] == "Netherlands_Assen_2024.pb.gz: equal shares, adding one"
    assert "greedy_skip" in told[1]


def voted_here(path: Path) -> tuple[Rules, count.Result, Reader]:
    """The ballots of a file, imported as ours and counted by our rules."""
    with opened(path) as reader:
        body = draft_of(reader, FRAME)
        asked = DraftElection.model_validate(body)
        rules = replace(
            RULES,
            method=methods.method_of(asked.method, PARIS),
            candidates=tuple(Candidate(one.id, dict(one.title), cost=one.cost) for one in asked.candidates),
            envelope=asked.envelope,
        )
        imported = (BALLOT.validate_python(ballot_of(asked.method.kind, vote)) for vote in reader.votes())
        ballots = [methods.ballot_of(ballot) for ballot in imported]
        for ballot in ballots:
            check(rules, ballot)
        return rules, count.count(rules, ballots), reader


def test_katowice_2023_by_points_gives_the_published_scores_and_winners() -> None:
    _, result, reader = voted_here(folder("pabulib") / "large" / "Poland_Katowice_2023.pb.gz")

    assert result.ballots == 39_828
    assert {id_: str(given) for id_, given in result.points.items()} == scores(reader)
    assert result.award.winners == {id_ for id_, one in reader.projects.items() if one.fields["selected"] == "1"}


def test_krakow_2024_by_ranking_gives_the_published_scores_and_winners() -> None:
    _, result, reader = voted_here(folder("pabulib") / "large" / "Poland_Krakow_2024.pb.gz")

    assert result.ballots == 65_101
    assert {id_: str(given) for id_, given in result.points.items()} == scores(reader)
    assert result.award.winners == {id_ for id_, one in reader.projects.items() if one.fields["selected"] == "1"}


@pytest.mark.parametrize("name", ["Switzerland_Zurich_D10", "Switzerland_Zurich_D5", "Switzerland_Zurich_S5D10"])
def test_points_are_those_of_another_program(name: str) -> None:
    rules, result, reader = voted_here(folder("pabulib") / "zurich_formats" / f"{name}.pb.gz")

    assert {id_: str(given) for id_, given in result.points.items()} == scores(reader)
    assert most_for_the_money(rules, result) == elsewhere(f"{name}.pb", "greedy_points")


def test_a_short_ranking_gives_its_first_as_many_points_as_a_long_one() -> None:
    """One ballot of Zurich ranks a single project: 5 points here, 1 in the published scores."""
    rules, result, reader = voted_here(folder("pabulib") / "zurich_formats" / "Switzerland_Zurich_S5R.pb.gz")
    published = {id_: int(score) for id_, score in scores(reader).items()}

    different = {id_: given - published[id_] for id_, given in result.points.items() if given != published[id_]}

    assert different == {"24": 4}
    assert most_for_the_money(rules, result) == elsewhere("Switzerland_Zurich_S5R.pb", "greedy_borda")


def most_for_the_money(rules: Rules, result: count.Result) -> frozenset[str]:
    """The winners if the most points for the money came first, which no rule here does: our points, our envelope."""

    def worth(place: int) -> float:
        candidate = rules.candidates[place]
        return -result.points[candidate.id] / (candidate.cost or 1)

    return award(rules, [[place] for place in sorted(range(len(rules.candidates)), key=worth)], lambda _: None).winners


def scores(reader: Reader) -> dict[str, str]:
    """The published scores."""
    return {id_: one.fields["score"] for id_, one in reader.projects.items()}


def elsewhere(file: str, rule: str) -> set[str]:
    """The winners that another program found."""
    with gzip.open(folder("conformance") / "pabutools_1.2.3_outcomes.jsonl.gz", "rt", encoding="utf-8") as lines:
        row = next(row for row in map(json.loads, lines) if row["file"] == file)
    return set(row["rules"][rule]["winners"])


def orsay(blanks: Blanks) -> MajorityJudgment:
    return MajorityJudgment(tuple(Grade(code, {"fr": code}) for code in GRADES), blanks)


def ballots_of(bureau: str) -> Iterator[JudgmentBallot]:
    path = folder("majority_judgment") / f"orsay2007_bureau_{bureau}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            grades = {name: GRADES[6 - int(mark)] for name, mark in row.items() if name and int(mark)}
            yield JudgmentBallot(grades)


@pytest.mark.parametrize("bureau", ["01", "06"])
@pytest.mark.parametrize(
    ("blanks", "key"), [(Blanks.WORST, "blank_counted_as_lowest"), (Blanks.IGNORED, "blank_ignored")]
)
def test_orsay_2007_in_both_readings_of_blanks(bureau: str, blanks: Blanks, key: str) -> None:
    expected = json.loads((folder("majority_judgment") / "orsay2007_expected_recomputed.json").read_text())[key][bureau]
    names = [one["candidate"] for one in expected]
    candidates = tuple(Candidate(name, {"fr": name}) for name in sorted(names))
    rules = replace(RULES, method=orsay(blanks), candidates=candidates, envelope=None)

    result = count.count(rules, ballots_of(bureau))

    assert [placed.candidate.id for placed in result.award.placed] == names
    for one in expected:
        judged = result.judgments[one["candidate"]]
        assert list(reversed(judged.profile)) == one["tally_worst_to_best"]
        assert judged.blanks == one["blank"]
        assert judged.gauge.grade == 6 - one["majority_grade"]
        assert judged.gauge.above == one["above"]
