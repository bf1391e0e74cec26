"""Pabulib files: read as they are, wrong rows named and left out, written so that they read the same."""

import gzip
import json
from pathlib import Path
from uuid import uuid4

import pytest
from chassis.auth import Caller
from contracts.voting import ApprovalBallot, BallotsFormat, CastBallot, DraftElection, GetBallotsFile
from voting import recount
from voting.pabulib import Frame, NotPabulib, Problem, ballot_of, command, draft_of, export, opened, write
from voting.queries import get_ballots_file

from services.voting.tests.world import JUDGMENT, NOW, World, citizen

SMALL = """META
key;value
description;Un petit budget
num_projects;4
num_votes;6
budget;1000.0
vote_type;approval
max_length;2
PROJECTS
project_id;cost;votes;name
1;600.0;3;Des arbres
2;500;2;"Des bancs; à l’ombre"
3;x;0;Sans prix
1;10;0;Encore des arbres
VOTES
voter_id;vote;age
a;1;30
b;1,2;41
c;2,1;
c;1;
d;9;
e;1;30;zu viel
"""


def written(folder: Path, text: str = SMALL, name: str = "small.pb") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def frame(slug: str = "petit-budget") -> Frame:
    draft = str(uuid4())
    return Frame(draft, slug, NOW, NOW.replace(year=NOW.year + 1))


def test_wrong_rows_are_named_with_their_line_and_the_rest_is_read(tmp_path: Path) -> None:
    with opened(written(tmp_path)) as reader:
        votes = list(reader.votes())

    assert [(vote.voter, vote.choices) for vote in votes] == [("a", ("1",)), ("b", ("1", "2")), ("c", ("2", "1"))]
    assert [project.cost for project in reader.projects.values()] == [600, 500]
    assert reader.projects["2"].name == "Des bancs; à l’ombre"
    assert reader.problems == [
        Problem(13, "the cost of project '3' is no whole amount: 'x'"),
        Problem(14, "project '1' is there twice"),
        Problem(20, "voter 'c' has a ballot already"),
        Problem(21, "the ballot names an unknown project: '9'"),
        Problem(22, "the row has 4 cells; 3 are expected"),
        Problem(0, "project '1' has 3 votes as published; counted: 4"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        SMALL.replace("META", "MATE", 1),
        SMALL.replace("budget;1000.0", "budget;1000.5"),
        SMALL.replace("vote_type;approval", "vote_type;shouting"),
        SMALL.replace("PROJECTS", "PROJETS"),
        SMALL.replace("voter_id;vote", "voter_id;choice"),
    ],
)
def test_what_is_not_pabulib_is_refused_as_a_whole(tmp_path: Path, text: str) -> None:
    with pytest.raises(NotPabulib), opened(written(tmp_path, text)):
        pass


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.pb.gz"
    path.write_bytes(gzip.compress(b"META\nkey;value\n\xff\xfe"))

    with pytest.raises(NotPabulib), opened(path):
        pass


def test_what_is_written_reads_the_same(tmp_path: Path) -> None:
    with opened(written(tmp_path)) as reader:
        votes = list(reader.votes())
        projects = (reader.project_columns, (one.fields for one in reader.projects.values()))
        target = tmp_path / "again.pb.gz"
        write(target, reader.meta.values, projects, (reader.vote_columns, (vote.fields for vote in votes)))
        first = reader

    with opened(target) as again:
        assert [vote.fields for vote in again.votes()] == [vote.fields for vote in votes]
        assert again.meta == first.meta
        assert again.projects == first.projects


def test_the_command_names_every_wrong_row_and_sums_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path)

    code = command.main(["check", str(path), str(tmp_path / "missing.pb")])

    printed = capsys.readouterr()
    assert code == 1
    assert f"{path}:14: project '1' is there twice\n" in printed.err
    assert "missing.pb" in printed.err
    assert printed.out.splitlines()[-1].split() == ["in", "all", "2", "3", "7"]


def test_import_writes_bodies_that_the_service_takes(tmp_path: Path) -> None:
    arguments = ["import", str(written(tmp_path)), "--slug", "petit-budget", "--out", str(tmp_path / "out")]

    command.main(arguments)

    draft = DraftElection.model_validate_json((tmp_path / "out" / "election.json").read_text())
    lines = (tmp_path / "out" / "ballots.jsonl").read_text().splitlines()
    assert draft.title == {"fr": "Un petit budget"}
    assert draft.envelope == 1000
    ballots = [ApprovalBallot.model_validate(json.loads(line)["ballot"]) for line in lines]
    assert [ballot.choices for ballot in ballots] == [("1",), ("1", "2"), ("2", "1")]


def test_ballots_that_are_not_voted_here_are_checked_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, SMALL.replace("vote_type;approval", "vote_type;scoring"))

    assert command.main(["import", str(path), "--slug", "x"]) == 1
    assert "ballots of the kind scoring" in capsys.readouterr().err


def test_an_imported_election_is_voted_published_exported_and_recounted(world: World, tmp_path: Path) -> None:
    with opened(written(tmp_path)) as reader:
        body = draft_of(reader, frame())
        content = {key: value for key, value in body.items() if key not in {"opens_at", "closes_at"}}
        election = world.open(**content)
        for vote in reader.votes():
            request = CastBallot.model_validate(
                {"election_id": election.id, "cast_id": uuid4(), "ballot": ballot_of("approval", vote)}
            )
            world.cast((citizen(), request))
    world.count(election.id)
    published = publish(world, election.slug, tmp_path / "published.json")

    export(published, tmp_path / "export.pb")

    with opened(tmp_path / "export.pb") as again:
        assert sorted(vote.choices for vote in again.votes()) == [("1",), ("1", "2"), ("1", "2")]
        assert again.problems == []
        assert {one.id: (one.votes, one.fields["selected"]) for one in again.projects.values()} == {
            "1": (3, "1"),
            "2": (2, "0"),
        }
    assert recount.main([str(published)]) == 0


def test_majority_judgment_is_exported_as_points(world: World, tmp_path: Path) -> None:
    election = world.open(method=JUDGMENT)
    world.vote(citizen(), election, shade="coup-de-coeur", bikes="pas-convaincu")
    world.count(election.id)

    export(publish(world, election.slug, tmp_path / "published.json"), tmp_path / "export.pb")

    with opened(tmp_path / "export.pb") as again:
        (vote,) = again.votes()
    assert dict(zip(vote.choices, vote.points or (), strict=True)) == {"shade": 3, "bikes": 0}


def publish(world: World, slug: str, path: Path) -> Path:
    request = GetBallotsFile(election=slug, format=BallotsFormat.JSON)
    path.write_text(get_ballots_file(world.resources, Caller(), request).text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"votes": 3', '"votes": 2'),
        (', "1,2"]', ', "1"]'),
        ("won", "below_minimum"),
        ('"ballots": 3,', '"ballots": 4,'),
        ('\\"envelope\\":1000', '\\"envelope\\":2000'),
    ],
)
def test_a_recount_notices_what_was_changed(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], before: str, after: str
) -> None:
    test_an_imported_election_is_voted_published_exported_and_recounted(world, tmp_path)
    published = tmp_path / "published.json"
    text = published.read_text(encoding="utf-8")
    assert before in text
    published.write_text(text.replace(before, after, 1), encoding="utf-8")

    assert recount.main([str(published)]) == 1
    assert "DIFFERENT" in capsys.readouterr().out


def test_a_recount_of_something_else_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "{}", "other.json")

    assert recount.main([str(path)]) == 2
    assert "cannot be recounted" in capsys.readouterr().out
